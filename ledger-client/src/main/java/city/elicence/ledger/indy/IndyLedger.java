package city.elicence.ledger.indy;

import city.elicence.credentials.did.DidDocument;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.AskGrant;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.Grant;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.Nullifier;
import city.elicence.credentials.trust.Period;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.TypeRecord;
import city.elicence.ledger.Ledger;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerException.Reason;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.NullifierRecord;
import city.elicence.ledger.WriteOutcome;
import city.elicence.ledger.WriteOutcome.Done;
import city.elicence.ledger.WriteOutcome.Refused;
import city.elicence.ledger.WriteOutcome.Unknown;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the domain's words to an Indy ledger, whatever carries the requests.
 *
 * <p>A write that is on the ledger already is done without being sent. When the outcome is unknown the ledger is read before
 * the <em>same</em> signed request, which it counts once, is sent again.
 */
public class IndyLedger extends IndyReader implements Ledger {

    /** How often one signed request is sent before its outcome is left unknown. */
    private static final int MAX_SENDS = 2;

    private final IndyWire wire;
    private final OwnWrites own;

    /** Writes and reads for one authority. */
    public IndyLedger(Did authority, IndyWire wire) {
        this(authority, wire, new OwnWrites(wire));
    }

    private IndyLedger(Did authority, IndyWire wire, OwnWrites own) {
        super(authority, own);
        this.wire = wire;
        this.own = own;
    }

    @Override
    public final WriteOutcome publishDid(Did did, String verkey, LedgerRole role, LedgerSigner by) {
        return write(
                new IndyWrite.Nym(did.base58(), verkey, role),
                by,
                () -> resolve(did)
                        .filter(nym -> nym.verkey().equals(Verkey.inFull(did.base58(), verkey)) && nym.role() == role)
                        .map(nym -> new Done(nym.seqNo(), nym.at())));
    }

    @Override
    public final WriteOutcome publishDocument(DidDocument document, LedgerSigner by) {
        if (!by.did().equals(document.did())) {
            return new Refused("a DID's keys are published by the DID itself only");
        }
        String content = document.content();
        return write(
                new IndyWrite.Document(document.did().base58(), content),
                by,
                () -> findDocument(document.did(), content));
    }

    @Override
    public final WriteOutcome accredit(Accreditation accreditation, LedgerSigner by) {
        return isAuthority(by) ? put(authority(), Attribute.of(accreditation), by) : notTheAuthority();
    }

    @Override
    public final WriteOutcome withdraw(Did party, Instant from, LedgerSigner by) {
        try {
            Optional<Accreditation> current = accreditation(party);
            return current.isPresent()
                    ? accredit(withdrawn(current.get(), from), by)
                    : new Refused("there is no accreditation to withdraw");
        } catch (LedgerException e) {
            return new Unknown("nothing was sent: " + e.getMessage());
        }
    }

    @Override
    public final WriteOutcome publishType(TypeRecord type, Set<String> claims, LedgerSigner by) {
        if (!isAuthority(by)) {
            return notTheAuthority();
        }
        try {
            Optional<TypeRecord> current = type(type.id());
            if (current.isPresent()
                    && current.get().version() == type.version()
                    && !current.get().digest().equals(type.digest())) {
                return new Refused("version " + type.version() + " of type " + type.id() + " has another digest");
            }
            if (current.equals(Optional.of(type))) {
                return put(authority(), Attribute.of(type), by);
            }
        } catch (LedgerException e) {
            return new Unknown("nothing was sent: " + e.getMessage());
        }
        WriteOutcome schema = write(
                new IndyWrite.Schema(type.id(), schemaVersion(type), claims),
                by,
                () -> findSchema(authority(), type.id(), schemaVersion(type)));
        return schema.isDone() ? put(authority(), Attribute.of(type), by) : schema;
    }

    @Override
    public final WriteOutcome putLogHead(LogHead head, LedgerSigner by) {
        return by.did().equals(head.did()) ? put(head.did(), Attribute.of(head), by) : notTheIssuer();
    }

    @Override
    public final WriteOutcome putStatusHead(StatusHead head, LedgerSigner by) {
        if (!by.did().equals(head.did())) {
            return notTheIssuer();
        }
        try {
            List<URI> lists = statusLists(head.did());
            if (!lists.contains(head.list())) {
                List<URI> longer = new ArrayList<>(lists);
                longer.add(head.list());
                WriteOutcome listed = put(head.did(), Attribute.statusLists(longer), by);
                if (!listed.isDone()) {
                    return listed;
                }
            }
        } catch (LedgerException e) {
            return new Unknown("nothing was sent: " + e.getMessage());
        }
        return put(head.did(), Attribute.of(head), by);
    }

    @Override
    public final WriteOutcome registerNullifier(Nullifier nullifier, String claim, LedgerSigner by) {
        return take(nullifier, NullifierRecord.claimKey(nullifier, by.did(), claim), by);
    }

    @Override
    public final WriteOutcome writeUse(Nullifier nullifier, byte[] line, LedgerSigner by) {
        if (line.length != NullifierRecord.LINE_BYTES) {
            throw new IllegalArgumentException("expected a line of " + NullifierRecord.LINE_BYTES + " bytes");
        }
        return take(nullifier, Base58.encode(line), by);
    }

    private WriteOutcome take(Nullifier nullifier, String key, LedgerSigner by) {
        return write(
                new IndyWrite.Nym(NullifierRecord.idOf(nullifier), key, LedgerRole.NONE),
                by,
                () -> nullifier(nullifier)
                        .filter(taken ->
                                taken.by().equals(by.did()) && taken.claimKey().equals(key))
                        .map(taken -> new Done(taken.seqNo(), taken.at())));
    }

    private WriteOutcome put(Did did, Attribute attribute, LedgerSigner by) {
        if (attribute.raw().length() > Attribute.MAX_LENGTH) {
            return new Refused("attribute " + attribute.name() + " would be longer than a ledger takes, even deflated");
        }
        return write(
                new IndyWrite.Attrib(did.base58(), attribute.name(), attribute.raw()), by, () -> find(did, attribute));
    }

    private WriteOutcome write(IndyWrite write, LedgerSigner by, Lookup onLedger) {
        WriteOutcome outcome = outcome(write, by, onLedger);
        if (outcome instanceof Done done) {
            own.note(write, by.did().base58(), done.seqNo());
        }
        return outcome;
    }

    private WriteOutcome outcome(IndyWrite write, LedgerSigner by, Lookup onLedger) {
        String request;
        try {
            Optional<Done> before = onLedger.find();
            if (before.isPresent()) {
                return before.get();
            }
            request = wire.sign(write, by);
        } catch (LedgerException e) {
            return e.reason() == Reason.REFUSED
                    ? new Refused(String.valueOf(e.getMessage()))
                    : new Unknown("nothing was sent: " + e.getMessage());
        } catch (IllegalStateException e) {
            return new Unknown("nothing was sent, the key could not sign: " + e.getMessage());
        }
        WriteOutcome outcome = wire.send(request);
        for (int sends = 1; outcome instanceof Unknown unknown; sends++) {
            try {
                Optional<Done> after = onLedger.find();
                if (after.isPresent()) {
                    return after.get();
                }
            } catch (LedgerException e) {
                return new Unknown(unknown.reason() + "; nor could it be looked up: " + e.getMessage());
            }
            if (sends >= MAX_SENDS) {
                return unknown;
            }
            outcome = wire.send(request);
        }
        return outcome;
    }

    /** The same party with every grant ended at {@code from} that would have gone on; what never began is left out. */
    private static Accreditation withdrawn(Accreditation party, Instant from) {
        List<Grant> issues = new ArrayList<>();
        for (Grant grant : party.issues()) {
            ended(grant.period(), from).ifPresent(period -> issues.add(new Grant(grant.type(), period)));
        }
        List<AskGrant> asks = new ArrayList<>();
        for (AskGrant grant : party.asks()) {
            ended(grant.period(), from)
                    .ifPresent(period -> asks.add(new AskGrant(grant.type(), grant.claims(), period)));
        }
        return new Accreditation(
                party.did(), party.names(), party.roles(), party.anchors(), issues, asks, party.frozenSince());
    }

    private static Optional<Period> ended(Period period, Instant from) {
        if (!period.from().isBefore(from)) {
            return Optional.empty();
        }
        Instant until = period.until();
        return Optional.of(until != null && until.isBefore(from) ? period : new Period(period.from(), from));
    }

    /** Indy wants versions with dots. */
    private static String schemaVersion(TypeRecord type) {
        return type.version() + ".0";
    }

    private boolean isAuthority(LedgerSigner by) {
        return by.did().equals(authority());
    }

    private WriteOutcome notTheAuthority() {
        return new Refused("only " + authority().value() + " accredits and publishes types");
    }

    private static WriteOutcome notTheIssuer() {
        return new Refused("a head is published by its issuer only");
    }

    private interface Lookup {
        Optional<Done> find() throws LedgerException;
    }
}
