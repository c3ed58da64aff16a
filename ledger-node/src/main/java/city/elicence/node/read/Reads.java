package city.elicence.node.read;

import city.elicence.node.bls.RootSigner;
import city.elicence.node.books.Books;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import city.elicence.node.request.TxnType;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Answers reads by their type. */
public final class Reads {
    private final Books books;
    private final Map<String, ReadKind> kinds;

    public Reads(Books books, RootSigner signer, ValidatorInfo info) {
        this.books = books;
        Proofs proofs = new Proofs(books.store(), signer);
        DomainReads domain = new DomainReads(proofs);
        AgreementReads agreements = new AgreementReads(proofs);
        TransactionReads transactions = new TransactionReads(proofs);
        RevocationReads revocation = new RevocationReads(proofs);
        RuleReads rules = new RuleReads(proofs);
        this.kinds = Map.ofEntries(
                kind(TxnType.GET_NYM, domain::nym),
                kind(TxnType.GET_ATTRIB, domain::attribute),
                kind(TxnType.GET_SCHEMA, domain::schema),
                kind(TxnType.GET_CLAIM_DEF, revocation::claimDef),
                kind(TxnType.GET_REVOC_REG_DEF, revocation::definition),
                kind(TxnType.GET_REVOC_REG, revocation::registry),
                kind(TxnType.GET_REVOC_REG_DELTA, revocation::delta),
                kind(TxnType.GET_TXN, transactions::transaction),
                kind(TxnType.GET_TAA, agreements::agreement),
                kind(TxnType.GET_AML, agreements::mechanisms),
                kind(TxnType.GET_AUTH_RULE, rules::rules),
                kind(TxnType.VALIDATOR_INFO, info::info),
                kind(TxnType.GET_FROZEN_LEDGERS, (request, world) -> Proofs.plain(null, null, null)));
    }

    private static Map.Entry<String, ReadKind> kind(String type, ReadKind kind) {
        return Map.entry(type, kind);
    }

    public boolean knows(String type) {
        return kinds.containsKey(type);
    }

    /** The {@code result} of the reply: what was asked, and what was found with its proof. */
    public Map<String, Object> result(Request request) throws Refusal, IOException {
        Map<String, Object> result = new LinkedHashMap<>(request.operation());
        result.put("identifier", request.identifier());
        result.put("reqId", request.reqId());
        result.putAll(Objects.requireNonNull(kinds.get(request.type())).result(request, books.committed()));
        return result;
    }
}
