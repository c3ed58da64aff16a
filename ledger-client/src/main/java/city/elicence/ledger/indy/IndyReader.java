package city.elicence.ledger.indy;

import city.elicence.credentials.did.DidDocument;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LedgerJson;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.Nullifier;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.TypeRecord;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerException.Reason;
import city.elicence.ledger.LedgerReader;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.LedgerTransaction;
import city.elicence.ledger.NullifierRecord;
import city.elicence.ledger.PublishedDid;
import city.elicence.ledger.WriteOutcome.Done;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the domain's words from an Indy ledger, whatever carries the questions. */
public class IndyReader implements LedgerReader {

    /** What a DID's owner adds to its document, in the entry of the DID. */
    private static final String DOCUMENT = "diddocContent";

    private final Did authority;
    private final IndyQueries queries;

    /** Reads for one authority. */
    public IndyReader(Did authority, IndyQueries queries) {
        this.authority = authority;
        this.queries = queries;
    }

    @Override
    public final Did authority() {
        return authority;
    }

    @Override
    public final Optional<PublishedDid> resolve(Did did) throws LedgerException {
        Fields result = queries.nym(did.base58());
        return decode("GET_NYM", () -> {
            Optional<Fields> data = text(result, "data");
            if (data.isEmpty()) {
                return Optional.empty();
            }
            Fields nym = data.get();
            Object role = nym.map().get("role");
            return Optional.of(new PublishedDid(
                    did,
                    Verkey.inFull(did.base58(), verkey(nym)),
                    LedgerRole.ofCode(role == null ? null : role.toString()),
                    writer(did, nym),
                    nym.longValue("seqNo"),
                    time(result)));
        });
    }

    @Override
    public final Optional<DidDocument> document(Did did) throws LedgerException {
        Fields result = queries.nym(did.base58());
        return decode("GET_NYM", () -> {
            Optional<Fields> data = text(result, "data");
            return data.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            DidDocument.read(did, data.get().optString(DOCUMENT).orElse("{}")));
        });
    }

    @Override
    public final Optional<Accreditation> accreditation(Did party) throws LedgerException {
        return attribute(authority, Attribute.accreditationName(party), LedgerJson::accreditation);
    }

    @Override
    public final Optional<TypeRecord> type(String id) throws LedgerException {
        return attribute(authority, Attribute.typeName(id), LedgerJson::type);
    }

    @Override
    public final Optional<LogHead> logHead(Did issuer) throws LedgerException {
        return attribute(issuer, Attribute.LOG, LedgerJson::logHead);
    }

    @Override
    public final Optional<String> attribute(Did did, String name, long seqNo) throws LedgerException {
        Object raw = queries.attribute(did.base58(), name, Math.toIntExact(seqNo))
                .map()
                .get("data");
        return raw instanceof String text ? Optional.of(text) : Optional.empty();
    }

    @Override
    public final Optional<StatusHead> statusHead(Did issuer, URI list) throws LedgerException {
        return attribute(issuer, Attribute.statusName(list), LedgerJson::statusHead);
    }

    @Override
    public final List<URI> statusLists(Did issuer) throws LedgerException {
        return attribute(issuer, Attribute.STATUS_LISTS, IndyReader::uris).orElse(List.of());
    }

    @Override
    public final Optional<NullifierRecord> nullifier(Nullifier nullifier) throws LedgerException {
        Fields result = queries.nym(NullifierRecord.idOf(nullifier));
        return decode("GET_NYM", () -> {
            Optional<Fields> data = text(result, "data");
            if (data.isEmpty()) {
                return Optional.empty();
            }
            Fields nym = data.get();
            return Optional.of(new NullifierRecord(
                    nullifier, sibling(nym.string("identifier")), verkey(nym), nym.longValue("seqNo"), time(result)));
        });
    }

    @Override
    public final Optional<LedgerTransaction> transaction(long seqNo) throws LedgerException {
        Fields result = queries.transaction(Math.toIntExact(seqNo));
        return decode("GET_TXN", () -> {
            if (result.map().get("data") == null) {
                return Optional.empty();
            }
            return Optional.of(IndyTransactions.read(result.fields("data")));
        });
    }

    @Override
    public final long size() throws LedgerException {
        return transaction(1).map(LedgerTransaction::ledgerSize).orElse(0L);
    }

    @Override
    public void close() {
        queries.close();
    }

    /** Where and when the document of a DID became just this. */
    final Optional<Done> findDocument(Did did, String content) throws LedgerException {
        Fields result = queries.nym(did.base58());
        return decode("GET_NYM", () -> {
            Optional<Fields> data = text(result, "data");
            return data.isPresent() && content.equals(data.get().map().get(DOCUMENT))
                    ? Optional.of(new Done(data.get().longValue("seqNo"), time(result)))
                    : Optional.empty();
        });
    }

    /** Where and when an attribute has just this value, or nothing when it has another. */
    final Optional<Done> find(Did did, Attribute attribute) throws LedgerException {
        Fields result = queries.attribute(did.base58(), attribute.name(), null);
        return decode(
                "GET_ATTRIB",
                () -> attribute.raw().equals(result.map().get("data"))
                        ? Optional.of(new Done(result.longValue("seqNo"), time(result)))
                        : Optional.empty());
    }

    /** Where and when the claims of a version of a type were named by an author. */
    final Optional<Done> findSchema(Did author, String name, String version) throws LedgerException {
        Fields result = queries.schema(author.base58(), name, version);
        return decode(
                "GET_SCHEMA",
                () -> result.map().get("seqNo") == null
                        ? Optional.empty()
                        : Optional.of(new Done(result.longValue("seqNo"), time(result))));
    }

    private static Instant time(Fields result) throws JsonException {
        return result.map().get("txnTime") == null ? Instant.EPOCH : Instant.ofEpochSecond(result.longValue("txnTime"));
    }

    /** The first DIDs of a ledger were written by nobody. */
    private Did writer(Did did, Fields nym) throws JsonException {
        return nym.map().get("identifier") == null ? did : sibling(nym.string("identifier"));
    }

    private static String verkey(Fields nym) throws JsonException {
        return nym.map().get("verkey") == null ? "" : nym.string("verkey");
    }

    /** The DID that has this identifier on the ledger of our authority. */
    private Did sibling(String id) {
        return Did.of(authority.namespace(), id);
    }

    private <T> Optional<T> attribute(Did did, String name, FromMap<T> reader) throws LedgerException {
        Fields result = queries.attribute(did.base58(), name, null);
        return decode("GET_ATTRIB", () -> {
            Optional<Fields> raw = text(result, "data");
            return raw.isEmpty()
                    ? Optional.empty()
                    : Optional.of(reader.read(Attribute.value(raw.get().map(), name)));
        });
    }

    /** JSON inside a text, as Indy puts it; null and absent are nothing. */
    private static Optional<Fields> text(Fields fields, String name) throws JsonException {
        return fields.map().get(name) == null ? Optional.empty() : Optional.of(Fields.parse(fields.string(name)));
    }

    private static List<URI> uris(Map<String, Object> map) throws JsonException {
        List<URI> uris = new ArrayList<>();
        for (String uri : Fields.of(map).strings("uris")) {
            uris.add(URI.create(uri));
        }
        return uris;
    }

    private static <T> T decode(String question, Decoding<T> decoding) throws LedgerException {
        try {
            return decoding.run();
        } catch (JsonException | IllegalArgumentException e) {
            throw new LedgerException(Reason.NOT_TRUSTWORTHY, question + " was answered with something else", e);
        }
    }

    private interface FromMap<T> {
        T read(Map<String, Object> map) throws JsonException;
    }

    private interface Decoding<T> {
        T run() throws JsonException;
    }
}
