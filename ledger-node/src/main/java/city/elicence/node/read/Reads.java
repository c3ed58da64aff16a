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

    public Reads(Books books, RootSigner signer) {
        this.books = books;
        Proofs proofs = new Proofs(books.store(), signer);
        DomainReads domain = new DomainReads(proofs);
        AgreementReads agreements = new AgreementReads(proofs);
        TransactionReads transactions = new TransactionReads(proofs);
        this.kinds = Map.of(
                TxnType.GET_NYM, domain::nym,
                TxnType.GET_ATTRIB, domain::attribute,
                TxnType.GET_SCHEMA, domain::schema,
                TxnType.GET_TXN, transactions::transaction,
                TxnType.GET_TAA, agreements::agreement,
                TxnType.GET_AML, agreements::mechanisms);
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
