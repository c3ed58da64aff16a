package city.elicence.ledger.view;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LedgerJson;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.TypeRecord;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerReader;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.LedgerTransaction;
import city.elicence.ledger.indy.Attribute;
import city.elicence.ledger.indy.IndyTransactions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes from a transaction what it tells, if it was written by whom it must be. Anything else on the ledger is passed over. */
final class FactReader {

    private static final Logger LOG = LoggerFactory.getLogger(FactReader.class);

    /** A node of a pool may lag so far behind the one that showed a transaction. */
    static final Duration LAG = Duration.ofSeconds(10);

    private final LedgerReader ledger;
    private final Clock clock;
    private final String authority;

    FactReader(LedgerReader ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
        this.authority = ledger.authority().base58();
    }

    /**
     * What a transaction tells to one who knows {@code before}.
     *
     * @throws LedgerException also where the authority said something new of which no node that was asked has the text yet: a freeze is not
     *     to be passed over because a node lagged
     */
    Optional<Fact> read(LedgerTransaction transaction, Facts before) throws LedgerException {
        try {
            return switch (transaction.type()) {
                case IndyTransactions.NYM -> published(Fields.of(transaction.data()));
                case IndyTransactions.SCHEMA -> named(transaction);
                case IndyTransactions.ATTRIB -> attribute(transaction, before);
                default -> Optional.empty();
            };
        } catch (JsonException | IllegalArgumentException e) {
            LOG.warn("transaction {} is passed over: {}", transaction.seqNo(), e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Fact> published(Fields data) throws JsonException {
        if (!data.has("verkey") && !data.has("role")) {
            // An owner changed the document of its DID: neither a use nor a new party.
            return Optional.empty();
        }
        Object role = data.map().get("role");
        String id = data.string("dest");
        return Optional.of(
                LedgerRole.ofCode(role == null ? null : role.toString()) == LedgerRole.NONE
                        ? new Fact.Used(id)
                        : new Fact.PartyPublished(id));
    }

    private Optional<Fact> named(LedgerTransaction transaction) throws JsonException {
        return transaction.from().equals(authority)
                ? Optional.of(new Fact.TypeNamed(
                        Fields.of(transaction.data()).fields("data").string("name")))
                : Optional.empty();
    }

    private Optional<Fact> attribute(LedgerTransaction transaction, Facts before)
            throws LedgerException, JsonException {
        Fields data = Fields.of(transaction.data());
        String id = data.string("dest");
        if (!transaction.from().equals(id) || !data.has("raw")) {
            // Only a party's own word about itself counts.
            return Optional.empty();
        }
        Did did = Did.of(ledger.authority().namespace(), id);
        String shown = data.string("raw");
        Optional<String> text =
                IndyTransactions.isText(shown) ? Optional.of(shown) : lookUp(did, shown, transaction.seqNo(), before);
        if (text.isEmpty()) {
            if (id.equals(authority) && transaction.at().isAfter(clock.instant().minus(LAG))) {
                throw new LedgerException(
                        LedgerException.Reason.UNREACHABLE,
                        "the text of transaction " + transaction.seqNo() + " is not to be had yet");
            }
            LOG.info("attribute of transaction {} by {} is not one of ours", transaction.seqNo(), did);
            return Optional.empty();
        }
        Map<String, Object> object = Json.parseObject(text.get());
        if (object.size() != 1) {
            return Optional.empty();
        }
        String name = object.keySet().iterator().next();
        Map<String, Object> value = Attribute.value(object, name);
        return id.equals(authority) ? byAuthority(name, value) : byIssuer(did, name, value, transaction);
    }

    private Optional<Fact> byAuthority(String name, Map<String, Object> value) throws JsonException {
        if (name.startsWith("accreditation:")) {
            Accreditation accreditation = LedgerJson.accreditation(value);
            return Attribute.accreditationName(accreditation.did()).equals(name)
                    ? Optional.of(new Fact.Accredited(accreditation))
                    : Optional.empty();
        }
        if (name.startsWith("type:")) {
            TypeRecord type = LedgerJson.type(value);
            return Attribute.typeName(type.id()).equals(name)
                    ? Optional.of(new Fact.TypePublished(type))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private Optional<Fact> byIssuer(Did issuer, String name, Map<String, Object> value, LedgerTransaction transaction)
            throws JsonException {
        if (name.equals(Attribute.LOG)) {
            LogHead head = LedgerJson.logHead(value);
            // The ledger's time, not the issuer's: it says when the ledger took it.
            return head.did().equals(issuer)
                    ? Optional.of(
                            new Fact.HeadAnchored(new LogHead(issuer, head.size(), head.root(), transaction.at())))
                    : Optional.empty();
        }
        if (name.equals(Attribute.STATUS_LISTS)) {
            List<URI> lists = new ArrayList<>();
            for (String uri : Fields.of(value).strings("uris")) {
                lists.add(URI.create(uri));
            }
            return Optional.of(new Fact.ListsNamed(issuer, lists));
        }
        if (name.startsWith("status:")) {
            return status(issuer, name, LedgerJson.statusHead(value), transaction);
        }
        return Optional.empty();
    }

    private static Optional<Fact> status(Did issuer, String name, StatusHead head, LedgerTransaction transaction) {
        if (!head.did().equals(issuer) || !Attribute.statusName(head.list()).equals(name)) {
            return Optional.empty();
        }
        return Optional.of(new Fact.StatusAnchored(
                new StatusHead(issuer, head.list(), head.version(), head.tokenSha256(), transaction.at())));
    }

    /**
     * The text of an attribute of which the transaction shows the digest only: each name that this DID may have is read as that
     * transaction left it, until the digest fits.
     */
    private Optional<String> lookUp(Did did, String digest, long seqNo, Facts before) throws LedgerException {
        for (String name : before.attributeNames(did, did.equals(ledger.authority()))) {
            Optional<String> text = ledger.attribute(did, name, seqNo);
            if (text.isPresent() && IndyTransactions.attributeDigest(text.get()).equals(digest)) {
                return text;
            }
        }
        return Optional.empty();
    }
}
