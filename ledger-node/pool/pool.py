#!/usr/bin/env python3
"""One node of a pool, or its genesis, in a folder of its own: pool.py genesis FOLDER PORT | pool.py run FOLDER PORT NODE

Node i listens on PORT + 2i - 1 for nodes and on PORT + 2i for clients, on 127.0.0.1. The keys are made at random. Max3PCBatchWait, the
time for which a primary gathers writes, comes from INDY_BATCH_WAIT (seconds; Indy's own default is 3).
"""
import json
import os
import secrets
import sys

NODES = 4
NETWORK = "sandbox"
HOST = "127.0.0.1"


def config(folder):
    import indy_common.config
    import plenum.config

    # Indy's code reads the defaults of these modules again and again, so the defaults themselves are set.
    places = {
        "GENERAL_CONFIG_DIR": "etc",
        "LOG_DIR": "log",
        "LEDGER_DIR": "lib",
        "KEYS_DIR": "lib",
        "GENESIS_DIR": "lib",
        "BACKUP_DIR": "backup",
        "PLUGINS_DIR": "plugins",
        "NODE_INFO_DIR": "lib",
        "CLI_BASE_DIR": "cli",
        "CLI_NETWORK_DIR": "cli/networks",
        "baseDir": "base",
    }
    settings = {name: os.path.join(folder, place) for name, place in places.items()}
    settings.update(NETWORK_NAME=NETWORK, logLevel=30, enableStdOutLogging=False)
    settings["Max3PCBatchWait"] = float(os.environ.get("INDY_BATCH_WAIT", "3"))
    for module in (plenum.config, indy_common.config):
        for name, value in settings.items():
            setattr(module, name, value)
    from indy_common.config_util import getConfig

    return getConfig()


def party(name):
    """A DID with a random key; what Indy's set-up wants to know of it."""
    from plenum.common.signer_did import DidSigner
    from stp_core.common.util import adict

    made = adict()
    made.name = name
    made.sigseed = secrets.token_bytes(32)
    signer = DidSigner(seed=made.sigseed)
    made.nym, made.verkey = signer.identifier, signer.verkey
    made.full_verkey = signer.full_verkey
    return made


def genesis(folder, port):
    settings = config(folder)
    from indy_common.config_helper import ConfigHelper, NodeConfigHelper
    from indy_common.txn_util import getTxnOrderedFields
    from plenum.common.test_network_setup import NodeDef, TestNetworkSetup
    from stp_core.crypto.nacl_wrappers import Signer

    trustee = party("Trustee1")
    stewards = [party(f"Steward{i}") for i in range(1, NODES + 1)]
    nodes = []
    for i, steward in enumerate(stewards, start=1):
        seed = secrets.token_bytes(32)
        nodes.append(
            NodeDef(
                name=f"Node{i}",
                ip=HOST,
                port=port + 2 * i - 1,
                client_port=port + 2 * i,
                idx=i,
                sigseed=seed,
                verkey=Signer(seed).verhex,
                steward_nym=steward.nym,
            )
        )
    TestNetworkSetup.bootstrapTestNodesCore(
        settings,
        NETWORK,
        False,
        getTxnOrderedFields(),
        trustee,
        stewards,
        nodes,
        [],
        set(range(1, NODES + 1)),
        "indy.env",
        ConfigHelper,
        NodeConfigHelper,
        chroot="/",
    )
    key = os.open(os.path.join(folder, "trustee.json"), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(key, "w") as file:
        json.dump({"did": trustee.nym, "verkey": trustee.full_verkey, "seed": trustee.sigseed.hex()}, file)


def run(folder, port, name):
    settings = config(folder)
    from indy_node.utils.node_runner import run_node

    i = int(name.removeprefix("Node"))
    run_node(settings, name, HOST, port + 2 * i - 1, HOST, port + 2 * i)


def main():
    folder = os.path.abspath(sys.argv[2])
    if sys.argv[1] == "genesis":
        genesis(folder, int(sys.argv[3]))
    else:
        run(folder, int(sys.argv[3]), sys.argv[4])


main()
