"""Drives a ledger node by the stock Python client of Indy: stock_client.py GENESIS TRUSTEE_KEY_FILE.

Each step prints one line; the first wrong answer ends the run with exit code 1. libindy_vdr writes to its standard error whether it
verified the state proof of a reply; every read here is checked to have been verified.
"""
import asyncio
import hashlib
import json
import os
import sys
import tempfile
import time

from indy_vdr import ledger, open_pool
from indy_vdr.error import VdrError

import ed25519


class Library:
    """Catches what the native library writes to standard error."""

    def __init__(self):
        self.file = tempfile.TemporaryFile()
        os.dup2(self.file.fileno(), 2)
        self.read_to = 0

    def said(self):
        self.file.seek(self.read_to)
        text = self.file.read().decode("utf-8", "replace")
        self.read_to = self.file.tell()
        return text


class Party:
    def __init__(self, seed):
        self.seed = seed
        public = ed25519.public_key(seed)
        self.verkey = ed25519.base58(public)
        self.did = ed25519.base58(public[:16])

    def sign(self, request):
        request.set_signature(ed25519.sign(self.seed, request.signature_input))
        return request

    def sign_with_others(self, request):
        request.set_multi_signature(self.did, ed25519.sign(self.seed, request.signature_input))
        return request


class Steps:
    def __init__(self, pool, library):
        self.pool, self.library = pool, library

    async def write(self, name, request):
        reply = await self.pool.submit_request(request)
        print("ok  ", name, "seqNo", reply["txnMetadata"]["seqNo"], flush=True)
        return reply

    async def refused(self, name, request):
        try:
            reply = await self.pool.submit_request(request)
        except VdrError as error:
            print("ok  ", name, "refused:", str(error)[:150], flush=True)
            return
        fail(name, "accepted", reply)

    async def read(self, name, request, proved=True):
        self.library.said()
        reply = await self.pool.submit_request(request)
        said = self.library.said()
        verified = "State proof verification succeeded" in said
        if verified != proved:
            fail(name, "proof verified: %s" % verified, reply, said[-2000:])
        print("ok  ", name, "proved" if verified else "no proof", flush=True)
        return reply


def fail(*what):
    print("FAIL", *what, flush=True)
    os._exit(1)


def expect(name, found, wanted):
    if found != wanted:
        fail(name, "expected", wanted, "found", found)


async def first_types(steps, trustee):
    """DIDs, attributes, schemas, transactions, agreements."""
    issuer = Party(hashlib.sha256(b"issuer " + os.urandom(8)).digest())
    absent = Party(os.urandom(32))
    reply = await steps.write(
        "NYM", trustee.sign(ledger.build_nym_request(trustee.did, issuer.did, issuer.verkey, None, "ENDORSER")))
    nym_seq = reply["txnMetadata"]["seqNo"]
    reply = await steps.read("GET_NYM", ledger.build_get_nym_request(None, issuer.did))
    expect("GET_NYM role", json.loads(reply["data"])["role"], "101")
    expect("GET_NYM verkey", json.loads(reply["data"])["verkey"], issuer.verkey)
    reply = await steps.read("GET_NYM of the trustee", ledger.build_get_nym_request(None, trustee.did))
    expect("GET_NYM role", json.loads(reply["data"])["role"], "0")
    reply = await steps.read("GET_NYM absent", ledger.build_get_nym_request(None, absent.did))
    expect("GET_NYM absent", reply["data"], None)
    await steps.read("GET_NYM signed", issuer.sign(ledger.build_get_nym_request(issuer.did, trustee.did)))

    raw = json.dumps({"endpoint": {"url": "https://issuer.example/地址", "n": 1}}, ensure_ascii=False)
    await steps.write(
        "ATTRIB", issuer.sign(ledger.build_attrib_request(issuer.did, issuer.did, None, raw, None)))
    reply = await steps.read("GET_ATTRIB", ledger.build_get_attrib_request(None, issuer.did, "endpoint", None, None))
    expect("GET_ATTRIB", json.loads(reply["data"]), json.loads(raw))
    reply = await steps.read(
        "GET_ATTRIB absent", ledger.build_get_attrib_request(None, issuer.did, "nothing", None, None))
    expect("GET_ATTRIB absent", reply["data"], None)
    await steps.refused(
        "ATTRIB by another",
        trustee.sign(ledger.build_attrib_request(trustee.did, issuer.did, None, raw, None)))

    schema = {"ver": "1.0", "id": issuer.did + ":2:licence:1.0", "name": "licence", "version": "1.0",
              "attrNames": ["number", "name", "dob"], "seqNo": None}
    reply = await steps.write("SCHEMA", issuer.sign(ledger.build_schema_request(issuer.did, schema)))
    schema_seq = reply["txnMetadata"]["seqNo"]
    reply = await steps.read("GET_SCHEMA", ledger.build_get_schema_request(None, issuer.did + ":2:licence:1.0"))
    expect("GET_SCHEMA", sorted(reply["data"]["attr_names"]), ["dob", "name", "number"])
    expect("GET_SCHEMA seqNo", reply["seqNo"], schema_seq)
    reply = await steps.read("GET_SCHEMA absent", ledger.build_get_schema_request(None, issuer.did + ":2:licence:9.9"))
    expect("GET_SCHEMA absent", reply["seqNo"], None)
    await steps.refused("SCHEMA again", issuer.sign(ledger.build_schema_request(issuer.did, schema)))

    for seq_no in (1, 2, nym_seq, nym_seq + 1, schema_seq):
        reply = await steps.read("GET_TXN %d" % seq_no, ledger.build_get_txn_request(None, 1, seq_no))
        expect("GET_TXN", reply["data"]["txnMetadata"]["seqNo"], seq_no)
    await steps.read("GET_TXN of the pool ledger", ledger.build_get_txn_request(None, 0, 1))
    reply = await steps.read("GET_TXN absent", ledger.build_get_txn_request(None, 1, 10**9), proved=False)
    expect("GET_TXN absent", reply["data"], None)

    stranger = Party(os.urandom(32))
    await steps.refused(
        "NYM by a stranger",
        absent.sign(ledger.build_nym_request(absent.did, stranger.did, stranger.verkey, None, None)))
    forged = ledger.build_nym_request(trustee.did, stranger.did, stranger.verkey, None, "TRUSTEE")
    forged.set_signature(bytes(64))
    await steps.refused("NYM with a forged signature", forged)
    await steps.refused(
        "NYM making a trustee by an endorser",
        issuer.sign(ledger.build_nym_request(issuer.did, stranger.did, stranger.verkey, None, "TRUSTEE")))
    return issuer


async def revocation(steps, trustee, issuer):
    """Claim definitions and revocation registries, now and at earlier times."""
    schema_id = issuer.did + ":2:revocable:1.0"
    schema = {"ver": "1.0", "id": schema_id, "name": "revocable", "version": "1.0", "attrNames": ["a"], "seqNo": None}
    reply = await steps.write("SCHEMA", issuer.sign(ledger.build_schema_request(issuer.did, schema)))
    schema_seq = reply["txnMetadata"]["seqNo"]
    keys = {"primary": {"n": "1", "s": "2", "r": {"a": "3", "master_secret": "4"}, "rctxt": "5", "z": "6"},
            "revocation": {"g": "1 0", "g_dash": "1 0", "h": "1 0", "h0": "1 0", "h1": "1 0", "h2": "1 0",
                           "htilde": "1 0", "h_cap": "1 0", "u": "1 0", "pk": "1 0", "y": "1 0"}}
    cred_def_id = "%s:3:CL:%d:tag1" % (issuer.did, schema_seq)
    cred_def = {"ver": "1.0", "id": cred_def_id, "schemaId": str(schema_seq), "type": "CL", "tag": "tag1",
                "value": keys}
    await steps.write("CLAIM_DEF", issuer.sign(ledger.build_cred_def_request(issuer.did, cred_def)))
    reply = await steps.read("GET_CLAIM_DEF", ledger.build_get_cred_def_request(None, cred_def_id))
    expect("GET_CLAIM_DEF", reply["data"], keys)
    reply = await steps.read(
        "GET_CLAIM_DEF absent", ledger.build_get_cred_def_request(None, cred_def_id.replace("tag1", "tag2")))
    expect("GET_CLAIM_DEF absent", reply["data"], None)

    registry_id = "%s:4:%s:CL_ACCUM:reg1" % (issuer.did, cred_def_id)
    registry = {"ver": "1.0", "id": registry_id, "revocDefType": "CL_ACCUM", "tag": "reg1", "credDefId": cred_def_id,
                "value": {"issuanceType": "ISSUANCE_BY_DEFAULT", "maxCredNum": 100,
                          "publicKeys": {"accumKey": {"z": "1 0"}}, "tailsHash": "hash", "tailsLocation": "here"}}
    await steps.write("REVOC_REG_DEF", issuer.sign(ledger.build_revoc_reg_def_request(issuer.did, registry)))
    reply = await steps.read("GET_REVOC_REG_DEF", ledger.build_get_revoc_reg_def_request(None, registry_id))
    expect("GET_REVOC_REG_DEF", reply["data"]["id"], registry_id)

    def entry(accum, prev, issued, revoked):
        value = {"accum": accum, "issued": issued, "revoked": revoked}
        if prev:
            value["prevAccum"] = prev
        return issuer.sign(ledger.build_revoc_reg_entry_request(
            issuer.did, registry_id, "CL_ACCUM", {"ver": "1.0", "value": value}))

    now = int(time.time())
    reply = await steps.read(
        "GET_REVOC_REG_DELTA before any entry",
        ledger.build_get_revoc_reg_delta_request(None, registry_id, None, now))
    expect("GET_REVOC_REG_DELTA before any entry", reply["data"], None)
    reply = await steps.write("REVOC_REG_ENTRY", entry("a0", None, [], []))
    first = reply["txnMetadata"]["txnTime"]
    time.sleep(1.1)
    reply = await steps.write("REVOC_REG_ENTRY", entry("a1", "a0", [], [1, 5]))
    second = reply["txnMetadata"]["txnTime"]
    await steps.refused("REVOC_REG_ENTRY on an old accumulator", entry("a9", "a0", [], [7]))
    await steps.refused("REVOC_REG_ENTRY revoking twice", entry("a9", "a1", [], [5]))
    time.sleep(1.1)
    reply = await steps.write("REVOC_REG_ENTRY", entry("a2", "a1", [5], [7]))
    third = reply["txnMetadata"]["txnTime"]

    reply = await steps.read("GET_REVOC_REG", ledger.build_get_revoc_reg_request(None, registry_id, third))
    expect("GET_REVOC_REG", reply["data"]["value"], {"accum": "a2"})
    reply = await steps.read(
        "GET_REVOC_REG earlier", ledger.build_get_revoc_reg_request(None, registry_id, second), proved=False)
    expect("GET_REVOC_REG earlier", reply["data"]["value"], {"accum": "a1"})
    reply = await steps.read(
        "GET_REVOC_REG before the first", ledger.build_get_revoc_reg_request(None, registry_id, first - 1),
        proved=False)
    expect("GET_REVOC_REG before the first", reply["data"], None)
    reply = await steps.read(
        "GET_REVOC_REG_DELTA", ledger.build_get_revoc_reg_delta_request(None, registry_id, None, third))
    expect("GET_REVOC_REG_DELTA", reply["data"]["value"]["revoked"], [1, 7])
    expect("GET_REVOC_REG_DELTA", reply["data"]["value"]["accum_to"]["value"]["accum"], "a2")
    reply = await steps.read(
        "GET_REVOC_REG_DELTA between", ledger.build_get_revoc_reg_delta_request(None, registry_id, second, third),
        proved=False)
    expect("GET_REVOC_REG_DELTA between", reply["data"]["value"]["revoked"], [7])
    expect("GET_REVOC_REG_DELTA between", reply["data"]["value"]["issued"], [5])
    reply = await steps.read(
        "GET_REVOC_REG_DELTA of nothing",
        ledger.build_get_revoc_reg_delta_request(None, registry_id, third, int(time.time())))
    expect("GET_REVOC_REG_DELTA of nothing", reply["data"]["value"]["revoked"], [])


async def rules(steps, trustee, issuer):
    """Rules, endorsed requests, the node's own state."""
    await steps.read(
        "GET_AUTH_RULE", ledger.build_get_auth_rule_request(None, "101", "ADD", "*", None, "*"))
    reply = await steps.read(
        "GET_AUTH_RULE all", ledger.build_get_auth_rule_request(None, None, None, None, None, None), proved=False)
    if len(reply["data"]) < 40:
        fail("GET_AUTH_RULE all", len(reply["data"]))
    rule = {"constraint_id": "ROLE", "role": "0", "sig_count": 1, "need_to_be_owner": False, "metadata": {}}
    await steps.refused(
        "AUTH_RULE by an endorser",
        issuer.sign(ledger.build_auth_rule_request(issuer.did, "101", "ADD", "*", None, "*", rule)))
    await steps.write(
        "AUTH_RULE", trustee.sign(ledger.build_auth_rule_request(trustee.did, "101", "ADD", "*", None, "*", rule)))
    reply = await steps.read(
        "GET_AUTH_RULE changed", ledger.build_get_auth_rule_request(None, "101", "ADD", "*", None, "*"))
    expect("GET_AUTH_RULE changed", reply["data"][0]["constraint"]["role"], "0")
    schema = {"ver": "1.0", "id": issuer.did + ":2:late:1.0", "name": "late", "version": "1.0",
              "attrNames": ["a"], "seqNo": None}
    await steps.refused("SCHEMA under the new rule", issuer.sign(ledger.build_schema_request(issuer.did, schema)))
    both = {"constraint_id": "OR", "auth_constraints": [rule, dict(rule, role="2"), dict(rule, role="101")]}
    await steps.write(
        "AUTH_RULE", trustee.sign(ledger.build_auth_rule_request(trustee.did, "101", "ADD", "*", None, "*", both)))

    author = Party(os.urandom(32))
    await steps.write(
        "NYM without role",
        issuer.sign(ledger.build_nym_request(issuer.did, author.did, author.verkey, None, None)))
    schema = {"ver": "1.0", "id": author.did + ":2:endorsed:1.0", "name": "endorsed", "version": "1.0",
              "attrNames": ["a"], "seqNo": None}
    await steps.refused("SCHEMA without endorser", author.sign(ledger.build_schema_request(author.did, schema)))
    request = ledger.build_schema_request(author.did, schema)
    request.set_endorser(issuer.did)
    await steps.refused("SCHEMA not signed by its endorser", author.sign_with_others(request))
    request = ledger.build_schema_request(author.did, schema)
    request.set_endorser(issuer.did)
    author.sign_with_others(request)
    reply = await steps.write("SCHEMA endorsed", issuer.sign_with_others(request))
    expect("SCHEMA endorsed", reply["txn"]["metadata"]["endorser"], issuer.did)

    renewed = Party(os.urandom(32))
    await steps.write(
        "NYM with a new key",
        author.sign(ledger.build_nym_request(author.did, author.did, renewed.verkey, None, None)))
    raw = json.dumps({"a": 1})
    await steps.refused(
        "ATTRIB with the old key", author.sign(ledger.build_attrib_request(author.did, author.did, None, raw, None)))
    reply = await steps.pool.submit_action(
        trustee.sign(ledger.build_get_validator_info_request(trustee.did)))
    info = json.loads(list(reply.values())[0])
    expect("GET_VALIDATOR_INFO", info["result"]["data"]["alias"], list(reply)[0])
    print("ok   GET_VALIDATOR_INFO", flush=True)


async def agreements(steps, trustee, issuer):
    """The author agreement: set, accepted, disabled."""
    mark = os.urandom(4).hex()
    await steps.read("GET_TAA", ledger.build_get_txn_author_agreement_request(None, None))
    await steps.read("GET_AML", ledger.build_get_acceptance_mechanisms_request(None, None, None))
    await steps.write("AML", trustee.sign(ledger.build_acceptance_mechanisms_request(
        trustee.did, {"click": "by a click"}, "aml " + mark, None)))
    reply = await steps.read("GET_AML", ledger.build_get_acceptance_mechanisms_request(None, None, None))
    expect("GET_AML", reply["data"]["aml"], {"click": "by a click"})
    text, version = "No personal data. 不得写入个人数据。", "taa " + mark
    await steps.write("TAA", trustee.sign(ledger.build_txn_author_agreement_request(
        trustee.did, text, version, int(time.time()) - 100000, None)))
    reply = await steps.read("GET_TAA", ledger.build_get_txn_author_agreement_request(None, None))
    expect("GET_TAA", reply["data"]["text"], text)
    digest = reply["data"]["digest"]
    await steps.read(
        "GET_TAA by version", ledger.build_get_txn_author_agreement_request(None, json.dumps({"version": version})))
    await steps.read(
        "GET_TAA by digest", ledger.build_get_txn_author_agreement_request(None, json.dumps({"digest": digest})))
    raw = json.dumps({"a" + mark: 1})
    await steps.refused(
        "ATTRIB without acceptance", issuer.sign(ledger.build_attrib_request(issuer.did, issuer.did, None, raw, None)))
    request = ledger.build_attrib_request(issuer.did, issuer.did, None, raw, None)
    request.set_txn_author_agreement_acceptance(ledger.prepare_txn_author_agreement_acceptance(
        text, version, None, "click", int(time.time())))
    await steps.write("ATTRIB with acceptance", issuer.sign(request))
    await steps.write("TAA_DISABLE", trustee.sign(
        ledger.build_disable_all_txn_author_agreements_request(trustee.did)))
    reply = await steps.read("GET_TAA disabled", ledger.build_get_txn_author_agreement_request(None, None))
    expect("GET_TAA disabled", reply["data"], None)


async def main(genesis, key_file):
    library = Library()
    with open(key_file) as file:
        trustee = Party(bytes.fromhex(json.load(file)["seed"]))
    pool = await open_pool(transactions_path=genesis)
    try:
        await pool.refresh()
        steps = Steps(pool, library)
        issuer = await first_types(steps, trustee)
        await revocation(steps, trustee, issuer)
        await rules(steps, trustee, issuer)
        await agreements(steps, trustee, issuer)
        print("done", flush=True)
    finally:
        # A pool that is not closed can end the process with an error of its own.
        pool.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
