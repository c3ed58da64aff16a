package city.elicence.ledger.audit;

import city.elicence.credentials.merkle.MerkleHash;
import city.elicence.credentials.merkle.MerkleProof;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.Grant;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.Role;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.TypeRecord;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerReader;
import city.elicence.ledger.LedgerTransaction;
import city.elicence.ledger.audit.Finding.Fault;
import city.elicence.ledger.view.Fact;
import city.elicence.ledger.view.LedgerWalk;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One audit of a whole ledger. It believes nobody: the ledger must fit its root, each issuer's heads one another, each head and
 * right the accreditations of its time.
 */
public final class Audit {

    /**
     * How far a right may reach back before the moment in which it was written: clocks differ, and an office decides before its
     * decision is written. A grant begins a day before its decision (decision 0006), which then waits for the ledger.
     */
    private static final Duration BACKDATING_ALLOWED = Duration.ofHours(25);

    /** What was issued just before the right to ended is anchored just after. */
    private static final Duration ANCHORED_WITHIN = Duration.ofHours(1);

    private record ListKey(Did issuer, URI list) {}

    private record TypeKey(String id, int version) {}

    private final LogProofs proofs;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Did, Accreditation> accredited = new HashMap<>();
    private final Map<Did, TreeMap<Long, LogHead>> logs = new HashMap<>();
    private final Map<ListKey, StatusHead> statuses = new HashMap<>();
    private final Map<TypeKey, TypeRecord> types = new HashMap<>();
    private long heads;
    private long consistent;
    private long withoutProof;

    private Audit(LogProofs proofs) {
        this.proofs = proofs;
    }

    /** Goes through all of the ledger, and checks the credentials that the auditor has at hand. */
    public static AuditReport run(LedgerReader ledger, LogProofs proofs, List<Sample> samples) throws LedgerException {
        Audit audit = new Audit(proofs);
        LedgerWalk.Result walk = LedgerWalk.walk(ledger, audit::visit);
        if (!walk.contradiction().isEmpty()) {
            audit.found(Fault.LEDGER_CONTRADICTS_ITSELF, walk.transactions() + 1, walk.contradiction());
        }
        long sound = samples.stream().filter(audit::holds).count();
        return audit.report(walk, samples.size(), sound);
    }

    /** An audit that goes on: its caller follows the ledger, hands each transaction on, and asks for what was found. */
    public static Audit live(LogProofs proofs) {
        return new Audit(proofs);
    }

    /** What was found since this was asked last. */
    public List<Finding> newFindings() {
        List<Finding> found = List.copyOf(findings);
        findings.clear();
        return found;
    }

    private AuditReport report(LedgerWalk.Result walk, int samples, long sound) {
        List<String> proven = new ArrayList<>();
        proven.add(walk.transactions() + " transactions are those of the root " + walk.root());
        proven.add(
                heads + " heads of " + logs.size() + " logs, of which " + consistent + " extend the one before them");
        proven.add(statuses.size() + " status lists and " + types.size() + " versions of types");
        if (samples > 0) {
            proven.add(sound + " of " + samples + " credentials are in logs on the ledger, issued by whom they may be");
        }
        List<String> unproven = new ArrayList<>();
        if (withoutProof > 0) {
            unproven.add(withoutProof
                    + " heads: the issuer gave no consistency proof, so that a changed entry would not show");
        }
        if (samples == 0) {
            unproven.add("no credentials were at hand, so that nothing is said of single credentials");
        }
        unproven.add("that this ledger is the one which others see: compare its root with theirs");
        return new AuditReport(proven, unproven, findings);
    }

    /** Takes the next transaction. */
    public void visit(LedgerTransaction transaction, Optional<Fact> fact) {
        if (fact.isEmpty()) {
            return;
        }
        switch (fact.get()) {
            case Fact.Accredited told -> accreditation(told.accreditation(), transaction);
            case Fact.HeadAnchored told -> head(told.head(), transaction);
            case Fact.StatusAnchored told -> status(told.head(), transaction);
            case Fact.TypePublished told -> type(told.type(), transaction);
            case Fact.PartyPublished told -> {}
            case Fact.Used told -> {}
            case Fact.TypeNamed told -> {}
            case Fact.ListsNamed told -> {}
        }
    }

    private void accreditation(Accreditation accreditation, LedgerTransaction transaction) {
        Accreditation before = accredited.put(accreditation.did(), accreditation);
        Instant earliest = transaction.at().minus(BACKDATING_ALLOWED);
        for (Grant grant : accreditation.issues()) {
            boolean known = before != null
                    && before.issues().stream()
                            .anyMatch(old -> old.type().equals(grant.type())
                                    && !old.period()
                                            .from()
                                            .isAfter(grant.period().from()));
            if (!known && grant.period().from().isBefore(earliest)) {
                found(
                        Fault.GRANT_BACKDATED,
                        transaction.seqNo(),
                        accreditation.did() + " may issue " + grant.type() + " from "
                                + grant.period().from() + ", written at " + transaction.at());
            }
        }
    }

    private void head(LogHead head, LedgerTransaction transaction) {
        heads++;
        Accreditation issuer = accredited.get(head.did());
        boolean accreditedThen = issuer != null
                && (mayKeepLog(issuer, transaction.at())
                        || mayKeepLog(issuer, transaction.at().minus(ANCHORED_WITHIN)));
        if (!accreditedThen) {
            found(
                    Fault.ISSUER_NOT_ACCREDITED,
                    transaction.seqNo(),
                    head.did() + " anchored its log without being accredited");
        }
        TreeMap<Long, LogHead> log = logs.computeIfAbsent(head.did(), did -> new TreeMap<>());
        LogHead twin = log.putIfAbsent(head.size(), head);
        if (twin != null) {
            if (!twin.root().equals(head.root())) {
                found(
                        Fault.LOG_FORKED,
                        transaction.seqNo(),
                        head.did() + " has two roots for " + head.size() + " entries");
            }
            return;
        }
        if (log.lastKey() > head.size()) {
            found(
                    Fault.LOG_SHRANK,
                    transaction.seqNo(),
                    head.did() + " went back from " + log.lastKey() + " entries to " + head.size());
        }
        Map.Entry<Long, LogHead> before = log.lowerEntry(head.size());
        if (before != null && before.getKey() > 0) {
            extension(before.getValue(), head, transaction);
        }
    }

    private void extension(LogHead first, LogHead second, LedgerTransaction transaction) {
        Optional<List<MerkleHash>> proof = proofs.consistency(second.did(), first.size(), second.size());
        if (proof.isEmpty()) {
            withoutProof++;
        } else if (MerkleProof.isConsistent(
                first.size(),
                MerkleHash.fromBase64Url(first.root()),
                second.size(),
                MerkleHash.fromBase64Url(second.root()),
                proof.get())) {
            consistent++;
        } else {
            found(
                    Fault.LOG_NOT_CONSISTENT,
                    transaction.seqNo(),
                    second.did() + ": " + second.size() + " entries do not extend its " + first.size());
        }
    }

    /** Of what it issues, or, as a provider of wallets, of what companies state. */
    private static boolean mayKeepLog(Accreditation party, Instant at) {
        return party.issues().stream().anyMatch(grant -> party.mayIssue(grant.type(), at))
                || (party.roles().contains(Role.WALLET_PROVIDER) && !party.isFrozenAt(at));
    }

    private void status(StatusHead head, LedgerTransaction transaction) {
        StatusHead before = statuses.put(new ListKey(head.did(), head.list()), head);
        if (before == null) {
            return;
        }
        boolean another =
                before.version() == head.version() && !before.tokenSha256().equals(head.tokenSha256());
        if (before.version() > head.version() || another) {
            found(
                    Fault.STATUS_ROLLED_BACK,
                    transaction.seqNo(),
                    head.list() + " went from version " + before.version() + " to " + head.version());
        }
    }

    private void type(TypeRecord type, LedgerTransaction transaction) {
        TypeRecord before = types.putIfAbsent(new TypeKey(type.id(), type.version()), type);
        if (before != null && !before.digest().equals(type.digest())) {
            found(
                    Fault.TYPE_CHANGED,
                    transaction.seqNo(),
                    type.id() + " version " + type.version() + " has two digests");
        }
    }

    /** Whether a credential is in its issuer's log as the ledger has it, and was issued with the right to. */
    private boolean holds(Sample sample) {
        Optional<LogHead> head = Optional.ofNullable(logs.get(sample.issuer()))
                .map(log -> log.get(sample.receipt().size()));
        if (head.isEmpty()
                || !head.get().root().equals(sample.receipt().root().toBase64Url())
                || !sample.receipt().proves(sample.issuerSignedJwt())) {
            found(
                    Fault.RECEIPT_FALSE,
                    0,
                    "a receipt of " + sample.issuer() + " for "
                            + sample.receipt().size() + " entries");
            return false;
        }
        Optional<String> type = types.values().stream()
                .filter(record -> record.vct().equals(sample.vct()))
                .map(TypeRecord::id)
                .findFirst();
        Accreditation issuer = accredited.get(sample.issuer());
        if (issuer == null || type.isEmpty() || !issuer.mayIssue(type.get(), sample.issuedAt())) {
            found(
                    Fault.ISSUED_WITHOUT_RIGHT,
                    0,
                    sample.issuer() + " issued " + sample.vct() + " at " + sample.issuedAt());
            return false;
        }
        return true;
    }

    private void found(Fault fault, long seqNo, String what) {
        findings.add(new Finding(fault, seqNo, what));
    }
}
