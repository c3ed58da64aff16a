package city.elicence.ledger.indy;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.ledger.LedgerTransaction;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Transactions as GET_TXN shows them. */
public final class IndyTransactions {

    /** Type of the transaction that publishes a DID. */
    public static final String NYM = "1";

    /** Type of the transaction that sets an attribute. */
    public static final String ATTRIB = "100";

    /** Type of the transaction that names the claims of a type. */
    public static final String SCHEMA = "101";

    /** What of an answer is the transaction; the rest says where it stands. */
    private static final List<String> HASHED = List.of("reqSignature", "txn", "txnMetadata", "ver");

    private IndyTransactions() {}

    /** SHA-256 of an attribute's text, hex, from what a transaction shows of it: the text, or already its digest. */
    public static String attributeDigest(String shown) {
        return isText(shown) ? Sha256.hex(shown) : shown;
    }

    /** Whether what a transaction shows of an attribute is its text: a JSON object, which no digest looks like. */
    public static boolean isText(String shown) {
        return shown.startsWith("{");
    }

    /** Reads the {@code data} of an answer: the transaction, and beside it the root and the path. */
    public static LedgerTransaction read(Fields data) throws JsonException {
        Map<String, Object> content = new LinkedHashMap<>(data.map());
        content.keySet().retainAll(HASHED);
        Fields txn = data.fields("txn");
        Fields metadata = data.fields("txnMetadata");
        Object from = txn.optObject("metadata").map(m -> m.get("from")).orElse(null);
        OptionalLong time = metadata.optLong("txnTime");
        return new LedgerTransaction(
                metadata.longValue("seqNo"),
                txn.string("type"),
                from == null ? "" : from.toString(),
                Instant.ofEpochSecond(time.orElse(0)),
                txn.object("data"),
                content,
                data.longValue("ledgerSize"),
                data.string("rootHash"),
                data.strings("auditPath"));
    }
}
