#!/usr/bin/env python3
"""Drives a stock ACA-Py (acapy-agent 1.4.0 of PyPI, Python 3.12 or later) against a ledger: acapy.py GENESIS TRUSTEE_KEY_FILE

Run it with the Python of a virtual environment in which acapy-agent is installed. The agent is started as its makers start it, opens the
pool, publishes its endpoint, a schema, a credential definition with revocation and its two registries, and reads them back; each answer
that is not what it must be ends the run with exit code 1.
"""
import asyncio
import http.server
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

from indy_vdr import ledger, open_pool

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "src/test/python"))
import ed25519  # noqa: E402

PATIENCE_SECONDS = 180


class Tails(http.server.BaseHTTPRequestHandler):
    """Takes what an agent uploads beside the ledger, and forgets it."""

    def do_PUT(self):
        if self.headers.get("Transfer-Encoding") == "chunked":
            while True:
                size = int(self.rfile.readline().strip() or b"0", 16)
                self.rfile.read(size)
                self.rfile.readline()
                if size == 0:
                    break
        else:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def register(genesis, key_file, seed):
    key = json.loads(pathlib.Path(key_file).read_text())
    public = ed25519.public_key(seed)
    did = ed25519.base58(public[:16])
    pool = await open_pool(transactions_path=genesis)
    request = ledger.build_nym_request(key["did"], did, ed25519.base58(public), None, "ENDORSER")
    request.set_signature(ed25519.sign(bytes.fromhex(key["seed"]), request.signature_input))
    await pool.submit_request(request)
    pool.close()
    return did


class Admin:
    def __init__(self, port):
        self.base = f"http://127.0.0.1:{port}"

    def call(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
            return json.load(answer)

    def wait(self, process):
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end and process.poll() is None:
            try:
                if self.call("/status/ready")["ready"]:
                    return
            except OSError:
                pass
            time.sleep(1)
        sys.exit("ACA-Py did not get ready")


def expect(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}: expected {wanted}, found {found}")
    print(what)


def play(admin, did):
    expect("posts its endpoint", admin.call("/wallet/did/public")["result"]["posture"], "posted")
    expect("reads its role", admin.call(f"/ledger/get-nym-role?did={did}")["role"], "ENDORSER")
    schema = admin.call(
        "/schemas", {"schema_name": "licence", "schema_version": "1.0", "attributes": ["name", "number"]}
    )["schema_id"]
    read = admin.call(f"/schemas/{schema}")["schema"]
    expect("writes and reads a schema", sorted(read["attrNames"]), ["name", "number"])
    definition = admin.call(
        "/credential-definitions",
        {"schema_id": schema, "tag": "t1", "support_revocation": True, "revocation_registry_size": 10},
    )["credential_definition_id"]
    read = admin.call(f"/credential-definitions/{definition}")["credential_definition"]
    expect("writes and reads a credential definition", read["schemaId"], str(admin.call(f"/schemas/{schema}")["schema"]["seqNo"]))
    end = time.monotonic() + PATIENCE_SECONDS
    registries = []
    while time.monotonic() < end and len(registries) < 2:
        registries = admin.call(f"/revocation/registries/created?cred_def_id={definition}&state=active")["rev_reg_ids"]
        registries += admin.call(f"/revocation/registries/created?cred_def_id={definition}&state=posted")["rev_reg_ids"]
        time.sleep(1)
    if not registries:
        sys.exit("no revocation registry was posted")
    print("writes revocation registries and their first entries")
    delta = admin.call(f"/revocation/registry/{registries[0]}/issued/indy_recs")["rev_reg_delta"]
    expect("reads a revocation registry's delta", "accum" in delta["value"], True)


def main():
    genesis, key_file = sys.argv[1:3]
    seed = os.urandom(16).hex()
    did = asyncio.run(register(genesis, key_file, seed.encode()))
    inbound, admin_port = free_port(), free_port()
    tails = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tails)
    threading.Thread(target=tails.serve_forever, daemon=True).start()
    command = [
        str(pathlib.Path(sys.executable).with_name("aca-py")),
        *("start", "--genesis-file", genesis, "--seed", seed, "--label", "issuer"),
        *("--wallet-type", "askar", "--wallet-name", "issuer", "--wallet-key", "key", "--auto-provision"),
        *("--inbound-transport", "http", "127.0.0.1", str(inbound), "--outbound-transport", "http"),
        *("--endpoint", f"http://127.0.0.1:{inbound}"),
        *("--admin", "127.0.0.1", str(admin_port), "--admin-insecure-mode"),
        *("--tails-server-base-url", f"http://127.0.0.1:{tails.server_port}"),
    ]
    with tempfile.TemporaryDirectory() as home:
        with open(os.path.join(home, "agent.log"), "w") as log:
            agent = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "HOME": home})
            try:
                admin = Admin(admin_port)
                admin.wait(agent)
                play(admin, did)
            finally:
                agent.terminate()
                agent.wait()
    print("done")


main()
