package city.elicence.node.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.did.DidDocument;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.AskGrant;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.Grant;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.Names;
import city.elicence.credentials.trust.Nullifier;
import city.elicence.credentials.trust.Period;
import city.elicence.credentials.trust.Role;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.TypeRecord;
import city.elicence.ledger.Ledger;
import city.elicence.ledger.LedgerReader;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.LedgerTransaction;
import city.elicence.ledger.NullifierRecord;
import city.elicence.ledger.PublishedDid;
import city.elicence.ledger.WriteOutcome;
import city.elicence.ledger.WriteOutcome.Done;
import city.elicence.ledger.WriteOutcome.Refused;
import city.elicence.ledger.indy.TransactionTree;
import city.elicence.ledger.view.FollowerSettings;
import city.elicence.ledger.view.LedgerView;
import city.elicence.ledger.view.TrustFollower;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every ledger must do, whichever carries it. The ledger is shared by the tests of a class, so each makes parties of its own.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class LedgerContract {

    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final URI LIST = URI.create("http://127.0.0.1:8301/traffic-police/status/1");

    @TempDir
    Path folder;

    private long written;

    /** The ledger to write to. */
    abstract Ledger ledger();

    /** Who reads: the same, or another client of the same ledger. */
    LedgerReader reader() throws Exception {
        return ledger();
    }

    abstract LedgerSigner authority();

    /** A key that the ledger does not know yet. */
    abstract LedgerSigner stranger() throws Exception;

    private LedgerSigner party(LedgerRole role) throws Exception {
        LedgerSigner party = stranger();
        done(ledger().publishDid(party.did(), party.verkey(), role, authority()));
        return party;
    }

    Done done(WriteOutcome outcome) {
        Done done = assertInstanceOf(Done.class, outcome);
        written = Math.max(written, done.seqNo());
        return done;
    }

    /** The last transaction that a test of this class made. */
    long written() {
        return written;
    }

    @Test
    @DisplayName("publishDid: a DID is resolved with its key, role and writer")
    void publishAndResolve() throws Exception {
        LedgerSigner party = stranger();
        assertEquals(Optional.empty(), reader().resolve(party.did()));
        Done done = done(ledger().publishDid(party.did(), party.verkey(), LedgerRole.ENDORSER, authority()));

        PublishedDid found = reader().resolve(party.did()).orElseThrow();

        assertEquals(party.verkey(), found.verkey());
        assertEquals(LedgerRole.ENDORSER, found.role());
        assertEquals(authority().did(), found.writer());
        assertEquals(done.seqNo(), found.seqNo());
        assertEquals(done.at(), found.at());
        assertTrue(Duration.between(found.at(), Instant.now()).abs().toMinutes() < 5);
    }

    @Test
    @DisplayName("publishDid: the same again is done, and not written twice")
    void publishTwice() throws Exception {
        LedgerSigner party = party(LedgerRole.ENDORSER);
        long size = ledger().size();
        Done again = done(ledger().publishDid(party.did(), party.verkey(), LedgerRole.ENDORSER, authority()));
        assertEquals(reader().resolve(party.did()).orElseThrow().seqNo(), again.seqNo());
        assertEquals(size, ledger().size());
    }

    @Test
    @DisplayName("publishDid: an unknown DID and a party without the right are refused")
    void publishRefused() throws Exception {
        LedgerSigner other = stranger();
        assertInstanceOf(Refused.class, ledger().publishDid(other.did(), other.verkey(), LedgerRole.NONE, stranger()));
        assertInstanceOf(
                Refused.class,
                ledger().publishDid(other.did(), other.verkey(), LedgerRole.ENDORSER, party(LedgerRole.ENDORSER)));
        assertEquals(Optional.empty(), reader().resolve(other.did()));
    }

    @Test
    @DisplayName(
            "publishDocument: a party's keys are found by anyone, replaced by itself alone, and change nothing else of it")
    void publishDocument() throws Exception {
        LedgerSigner party = party(LedgerRole.ENDORSER);
        LedgerSigner other = party(LedgerRole.ENDORSER);
        assertEquals(Optional.empty(), reader().document(stranger().did()));
        assertEquals(
                DidDocument.of(party.did(), List.of()),
                reader().document(party.did()).orElseThrow());

        EcPublicKey first = SoftwareKey.generate().publicKey();
        DidDocument document = DidDocument.of(party.did(), List.of(first));
        Done done = done(ledger().publishDocument(document, party));
        assertEquals(done, done(ledger().publishDocument(document, party)));
        assertEquals(document, reader().document(party.did()).orElseThrow());
        assertEquals(party.verkey(), reader().resolve(party.did()).orElseThrow().verkey());
        assertEquals(
                LedgerRole.ENDORSER, reader().resolve(party.did()).orElseThrow().role());

        DidDocument next =
                DidDocument.of(party.did(), List.of(SoftwareKey.generate().publicKey()));
        assertInstanceOf(Refused.class, ledger().publishDocument(next, other));
        done(ledger().publishDocument(next, party));
        assertEquals(next, reader().document(party.did()).orElseThrow());
        assertEquals(
                Optional.empty(),
                reader().document(party.did()).orElseThrow().key(DidDocument.keyId(party.did(), first)));
    }

    @Test
    @DisplayName("publishDid: one party's key does not sign for another")
    void publishWithAnothersKey() throws Exception {
        LedgerSigner thief = party(LedgerRole.ENDORSER);
        LedgerSigner party = stranger();
        LedgerSigner forged = new LedgerSigner() {
            @Override
            public Did did() {
                return authority().did();
            }

            @Override
            public String verkey() {
                return thief.verkey();
            }

            @Override
            public byte[] sign(byte[] input) {
                return thief.sign(input);
            }
        };
        if (checksSignatures()) {
            assertInstanceOf(
                    Refused.class, ledger().publishDid(party.did(), party.verkey(), LedgerRole.ENDORSER, forged));
            assertEquals(Optional.empty(), reader().resolve(party.did()));
        }
    }

    /** All but the one in memory. */
    boolean checksSignatures() {
        return true;
    }

    @Test
    @DisplayName("accredit and withdraw: what a party may do is read back, and ends when it is withdrawn")
    void accreditAndWithdraw() throws Exception {
        LedgerSigner bank = party(LedgerRole.ENDORSER);
        Accreditation accreditation = accreditation(bank.did());
        assertEquals(Optional.empty(), reader().accreditation(bank.did()));
        done(ledger().accredit(accreditation, authority()));
        assertEquals(Optional.of(accreditation), reader().accreditation(bank.did()));

        Instant end = Instant.parse("2026-11-23T10:00:00Z");
        done(ledger().withdraw(bank.did(), end, authority()));

        Accreditation ended = reader().accreditation(bank.did()).orElseThrow();
        assertTrue(ended.mayIssue("bank-account", end.minusSeconds(1)));
        assertTrue(!ended.mayIssue("bank-account", end));
        assertTrue(!ended.mayAsk("id-card", ClaimPath.of("name"), end));
        assertInstanceOf(Refused.class, ledger().withdraw(stranger().did(), end, authority()));
    }

    @Test
    @DisplayName("accredit: a party that may ask for much fits into one attribute of Indy, and a follower reads it too")
    void accreditForMuch() throws Exception {
        LedgerSigner bank = party(LedgerRole.ENDORSER);
        List<AskGrant> asks = new ArrayList<>();
        for (int type = 0; type < 60; type++) {
            asks.add(new AskGrant(
                    "licence-type-" + type,
                    List.of(ClaimPath.of("name"), ClaimPath.of("number"), ClaimPath.of("valid_until")),
                    Period.from(FROM)));
        }
        Accreditation small = accreditation(bank.did());
        Accreditation much =
                new Accreditation(bank.did(), small.names(), small.roles(), List.of(), small.issues(), asks, null);
        done(ledger().accredit(much, authority()));
        assertEquals(Optional.of(much), reader().accreditation(bank.did()));
        long size = ledger().size();
        done(ledger().accredit(much, authority()));
        assertEquals(size, ledger().size());
        try (TrustFollower follower = TrustFollower.start(
                reader(),
                FollowerSettings.of(folder.resolve("much-" + bank.did().base58())),
                Clock.systemUTC())) {
            assertEquals(Optional.of(much), follower.catchUp().accreditation(bank.did()));
        }
    }

    @Test
    @DisplayName("accredit: nobody but the authority")
    void accreditByAnother() throws Exception {
        LedgerSigner bank = party(LedgerRole.ENDORSER);
        assertInstanceOf(Refused.class, ledger().accredit(accreditation(bank.did()), bank));
        assertEquals(Optional.empty(), reader().accreditation(bank.did()));
    }

    @Test
    @DisplayName("publishType: a version is read back by its digest, and can not be changed")
    void types() throws Exception {
        String id = "licence-" + stranger().did().base58();
        TypeRecord first = new TypeRecord(id, 1, "http://127.0.0.1:8301/types/" + id, "digest-1");
        TypeRecord second = new TypeRecord(id, 2, first.vct(), "digest-2");
        Set<String> claims = Set.of("name", "number");
        done(ledger().publishType(first, claims, authority()));
        assertEquals(Optional.of(first), reader().type(id));
        done(ledger().publishType(first, claims, authority()));
        assertInstanceOf(
                Refused.class,
                ledger().publishType(new TypeRecord(id, 1, first.vct(), "another"), claims, authority()));
        done(ledger().publishType(second, claims, authority()));
        assertEquals(Optional.of(second), reader().type(id));
        assertInstanceOf(Refused.class, ledger().publishType(second, claims, party(LedgerRole.ENDORSER)));
    }

    @Test
    @DisplayName("putLogHead, putStatusHead: the newest is read back; nobody but the issuer writes one")
    void heads() throws Exception {
        LedgerSigner police = party(LedgerRole.ENDORSER);
        assertEquals(Optional.empty(), reader().logHead(police.did()));
        done(ledger().putLogHead(head(police.did(), 3), police));
        done(ledger().putLogHead(head(police.did(), 7), police));
        assertEquals(Optional.of(head(police.did(), 7)), reader().logHead(police.did()));

        done(ledger().putStatusHead(status(police.did(), 1), police));
        done(ledger().putStatusHead(status(police.did(), 2), police));
        assertEquals(Optional.of(status(police.did(), 2)), reader().statusHead(police.did(), LIST));
        assertEquals(List.of(LIST), reader().statusLists(police.did()));

        LedgerSigner other = party(LedgerRole.ENDORSER);
        assertInstanceOf(Refused.class, ledger().putLogHead(head(police.did(), 8), other));
        assertInstanceOf(Refused.class, ledger().putStatusHead(status(police.did(), 3), other));
        assertEquals(Optional.of(head(police.did(), 7)), reader().logHead(police.did()));
    }

    @Test
    @DisplayName("putLogHead: a root with two hyphens in a row, of which nodes of Indy die, is written and read back")
    void hyphens() throws Exception {
        LedgerSigner police = party(LedgerRole.ENDORSER);
        for (long size = 1; size <= 3; size++) {
            LogHead head = new LogHead(police.did(), size, "-".repeat(42) + size, FROM);
            done(ledger().putLogHead(head, police));
            assertEquals(Optional.of(head), reader().logHead(police.did()));
            long length = ledger().size();
            done(ledger().putLogHead(head, police));
            assertEquals(length, ledger().size());
        }
    }

    @Test
    @DisplayName(
            "registerNullifier: the first wins, of many at the same time, and the ledger itself refuses the others")
    void nullifierRace() throws Exception {
        List<LedgerSigner> insurers = List.of(party(LedgerRole.ENDORSER), party(LedgerRole.ENDORSER));
        for (int round = 0; round < 5; round++) {
            Nullifier invoice = Nullifier.of(
                    "claim", (stranger().did().base58() + "secret").getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertEquals(Optional.empty(), reader().nullifier(invoice));
            List<Future<WriteOutcome>> outcomes = new ArrayList<>();
            try (ExecutorService at = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 8; i++) {
                    String claim = "claim-" + i;
                    LedgerSigner insurer = insurers.get(i % 2);
                    outcomes.add(at.submit(() -> ledger().registerNullifier(invoice, claim, insurer)));
                }
            }
            List<Integer> winners = new ArrayList<>();
            for (int i = 0; i < outcomes.size(); i++) {
                WriteOutcome outcome = outcomes.get(i).get();
                if (outcome.isDone()) {
                    winners.add(i);
                } else {
                    assertInstanceOf(Refused.class, outcome);
                }
            }
            assertEquals(1, winners.size());
            NullifierRecord taken = reader().nullifier(invoice).orElseThrow();
            int winner = winners.getFirst();
            assertTrue(taken.isClaim(insurers.get(winner % 2).did(), "claim-" + winner));
            assertTrue(!taken.isClaim(insurers.get((winner + 1) % 2).did(), "claim-" + winner));
            // Repeated after an unknown outcome, the winner is told that it is done and the loser that it is not.
            done(ledger().registerNullifier(invoice, "claim-" + winner, insurers.get(winner % 2)));
            assertInstanceOf(
                    Refused.class, ledger().registerNullifier(invoice, "claim-later", insurers.get(winner % 2)));
            assertInstanceOf(Refused.class, ledger().registerNullifier(invoice, "claim-later", authority()));
        }
    }

    @Test
    @DisplayName("registerNullifier: refused to a party that the authority gave no role")
    void nullifierWithoutRole() throws Exception {
        Nullifier invoice = new Nullifier("00112233445566778899aabbccddeeff");
        assertInstanceOf(Refused.class, ledger().registerNullifier(invoice, "claim", party(LedgerRole.NONE)));
        assertEquals(Optional.empty(), reader().nullifier(invoice));
    }

    @Test
    @DisplayName("transaction: each has an audit path to the root, and all together make that root")
    void transactions() throws Exception {
        LedgerSigner police = party(LedgerRole.ENDORSER);
        done(ledger().putLogHead(head(police.did(), 3), police));
        TransactionTree tree = TransactionTree.empty();
        LedgerTransaction last = reader().transaction(1).orElseThrow();
        tree = tree.with(last);
        // Up to the size that goes with the last root: a node of a pool may be a transaction behind another.
        while (last.seqNo() < last.ledgerSize()) {
            long seqNo = last.seqNo() + 1;
            last = reader().transaction(seqNo).orElseThrow();
            assertEquals(seqNo, last.seqNo());
            assertTrue(TransactionTree.isIncluded(last), "transaction " + seqNo);
            tree = tree.with(last);
        }
        long size = last.ledgerSize();
        assertEquals(last.rootHash(), tree.root());
        assertEquals(Optional.empty(), reader().transaction(size + 1_000_000));
        assertNotEquals(tree.root(), TransactionTree.empty().root());
    }

    @Test
    @DisplayName("a follower that comes late knows every head that there ever was")
    void followedLate() throws Exception {
        LedgerSigner police = party(LedgerRole.ENDORSER);
        for (int size = 1; size <= 20; size++) {
            done(ledger().putLogHead(head(police.did(), size), police));
        }
        done(ledger().accredit(accreditation(police.did()), authority()));
        done(ledger().putStatusHead(status(police.did(), 1), police));
        try (TrustFollower follower = TrustFollower.start(
                reader(),
                FollowerSettings.of(folder.resolve("journal-" + police.did().base58())),
                Clock.systemUTC())) {
            LedgerView view = follower.catchUp();
            assertEquals(Optional.empty(), follower.contradiction());
            for (int size = 1; size <= 20; size++) {
                assertEquals(
                        head(police.did(), size).root(),
                        view.logHead(police.did(), size).orElseThrow().root());
            }
            assertEquals(Optional.of(accreditation(police.did())), view.accreditation(police.did()));
            assertEquals(1, view.statusHead(police.did(), LIST).orElseThrow().version());
        }
    }

    static Accreditation accreditation(Did party) {
        return new Accreditation(
                party,
                new Names("北京银行", "Bank of Beijing"),
                Set.of(Role.ISSUER, Role.VERIFIER),
                List.of(),
                List.of(new Grant("bank-account", Period.from(FROM))),
                List.of(new AskGrant("id-card", List.of(ClaimPath.of("name")), Period.from(FROM))),
                null);
    }

    static LogHead head(Did issuer, long size) {
        String root = "%043d".formatted(size);
        return new LogHead(issuer, size, root, FROM);
    }

    static StatusHead status(Did issuer, long version) {
        return new StatusHead(issuer, LIST, version, "B".repeat(43), FROM);
    }
}
