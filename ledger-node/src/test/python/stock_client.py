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

import base58
import nacl.signing
from indy_vdr import ledger, open_pool
from indy_vdr.error import VdrError


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
        self.key = nacl.signing.SigningKey(seed)
        public = bytes(self.key.verify_key)
        self.verkey = base58.b58encode(public).decode()
        self.did = base58.b58encode(public[:16]).decode()

    def sign(self, request):
        request.set_signature(self.key.sign(request.signature_input).signature)
        return request

    def sign_with_others(self, request):
        request.set_multi_signature(self.did, self.key.sign(request.signature_input).signature)
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


async def main(genesis, key_file):
    library = Library()
    with open(key_file) as file:
        trustee = Party(bytes.fromhex(json.load(file)["seed"]))
    pool = await open_pool(transactions_path=genesis)
    try:
        await pool.refresh()
        steps = Steps(pool, library)
        await first_types(steps, trustee)
        print("done", flush=True)
    finally:
        # A pool that is not closed can end the process with an error of its own.
        pool.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
