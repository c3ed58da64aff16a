package city.elicence.ledger.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.did.DidDocument;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Grant;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.Names;
import city.elicence.credentials.trust.Nullifier;
import city.elicence.credentials.trust.Period;
import city.elicence.credentials.trust.Role;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.TypeRecord;
import city.elicence.ledger.LedgerReader;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.LedgerTransaction;
import city.elicence.ledger.indy.Base58;
import city.elicence.ledger.indy.IndyTransactions;
import city.elicence.ledger.memory.Fault;
import city.elicence.ledger.memory.MemoryLedger;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A follower knows what the ledger said, and by whom")
class TrustFollowerTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final LedgerSigner AUTHORITY = MemoryLedger.signer("beijing", "authority");
    private static final LedgerSigner POLICE = MemoryLedger.signer("beijing", "traffic-police");
    private static final URI LIST = URI.create("http://127.0.0.1:8301/traffic-police/status/1");
    private static final Nullifier INVOICE = new Nullifier("00112233445566778899aabbccddeeff");
    private static final Accreditation MAY_ISSUE = new Accreditation(
            POLICE.did(),
            new Names("交通警察", "Traffic police"),
            Set.of(Role.ISSUER),
            List.of(),
            List.of(new Grant("driving-licence", Period.from(NOW.minusSeconds(60)))),
            List.of(),
            null);

    @TempDir
    Path folder;

    private final MemoryLedger ledger = MemoryLedger.of(AUTHORITY, CLOCK);

    @BeforeEach
    void party() {
        assertTrue(ledger.publishDid(POLICE.did(), POLICE.verkey(), LedgerRole.ENDORSER, AUTHORITY)
                .isDone());
    }

    @Test
    @DisplayName("what was written by whom it must be is in the view, with its history")
    void follows() throws Exception {
        try (TrustFollower follower = start()) {
            TypeRecord type =
                    new TypeRecord("driving-licence", 1, "http://127.0.0.1:8301/types/driving-licence", "digest");
            assertTrue(ledger.publishType(type, Set.of("name"), AUTHORITY).isDone());
            assertTrue(ledger.accredit(MAY_ISSUE, AUTHORITY).isDone());
            assertTrue(ledger.putLogHead(head(5), POLICE).isDone());
            assertTrue(ledger.putLogHead(head(9), POLICE).isDone());
            assertTrue(ledger.putStatusHead(status(1), POLICE).isDone());
            assertTrue(ledger.putStatusHead(status(2), POLICE).isDone());
            assertTrue(ledger.registerNullifier(INVOICE, "claim", POLICE).isDone());
            assertTrue(ledger.withdraw(POLICE.did(), NOW, AUTHORITY).isDone());

            LedgerView view = follower.catchUp();

            assertEquals(ledger.size(), view.seqNo());
            assertEquals(NOW, view.asOf());
            assertEquals(Optional.of(type), view.type(type.vct()));
            assertEquals(2, view.history(POLICE.did()).size());
            assertFalse(view.accreditation(POLICE.did()).orElseThrow().mayIssue("driving-licence", NOW));
            assertTrue(view.accreditation(POLICE.did()).orElseThrow().mayIssue("driving-licence", NOW.minusSeconds(1)));
            assertEquals(Optional.of(head(5)), view.logHead(POLICE.did(), 5));
            assertEquals(Optional.of(head(9)), view.newestLogHead(POLICE.did()));
            assertEquals(Optional.empty(), view.logHead(POLICE.did(), 6));
            assertEquals(Optional.of(status(2)), view.statusHead(POLICE.did(), LIST));
            assertTrue(view.isTaken(INVOICE));
        }
    }

    @Test
    @DisplayName(
            "where transactions show digests only, a freeze of which a node has no text yet is waited for, and not passed over")
    void lateText() throws Exception {
        AtomicBoolean behind = new AtomicBoolean();
        LedgerReader pool = (LedgerReader) Proxy.newProxyInstance(
                LedgerReader.class.getClassLoader(),
                new Class<?>[] {LedgerReader.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "transaction" ->
                        ledger.transaction((Long) arguments[0]).map(TrustFollowerTest::byDigest);
                    case "attribute" -> behind.get() ? Optional.empty() : method.invoke(ledger, arguments);
                    default -> method.invoke(ledger, arguments);
                });
        assertTrue(ledger.accredit(MAY_ISSUE, AUTHORITY).isDone());
        try (TrustFollower follower =
                TrustFollower.start(pool, FollowerSettings.of(folder.resolve("journal")), CLOCK)) {
            LedgerView before = follower.catchUp();
            assertTrue(before.accreditation(POLICE.did()).orElseThrow().mayIssue("driving-licence", NOW));
            behind.set(true);
            assertTrue(ledger.withdraw(POLICE.did(), NOW, AUTHORITY).isDone());
            assertEquals(before.seqNo(), follower.catchUp().seqNo());
            behind.set(false);
            LedgerView after = follower.catchUp();
            assertEquals(ledger.size(), after.seqNo());
            assertFalse(after.accreditation(POLICE.did()).orElseThrow().mayIssue("driving-licence", NOW));
        }
        behind.set(true);
        Clock later = Clock.offset(CLOCK, FactReader.LAG.plusSeconds(1));
        try (TrustFollower follower =
                TrustFollower.start(pool, FollowerSettings.of(folder.resolve("another")), later)) {
            assertEquals(ledger.size(), follower.catchUp().seqNo(), "what nobody has is no word of ours");
        }
    }

    /** As a pool of Indy shows a transaction: of an attribute, what it hashes to. */
    private static LedgerTransaction byDigest(LedgerTransaction shown) {
        Map<String, Object> data = new LinkedHashMap<>(shown.data());
        data.computeIfPresent("raw", (name, raw) -> IndyTransactions.attributeDigest((String) raw));
        return new LedgerTransaction(
                shown.seqNo(),
                shown.type(),
                shown.from(),
                shown.at(),
                data,
                shown.content(),
                shown.ledgerSize(),
                shown.rootHash(),
                shown.auditPath());
    }

    @Test
    @DisplayName("a party that publishes keys in its DID document is not taken for something that was used")
    void documentIsNoUse() throws Exception {
        try (TrustFollower follower = start()) {
            DidDocument document =
                    DidDocument.of(POLICE.did(), List.of(SoftwareKey.generate().publicKey()));
            assertTrue(ledger.publishDocument(document, POLICE).isDone());
            Nullifier asIfOne = new Nullifier(
                    HexFormat.of().formatHex(Base58.decode(POLICE.did().base58())));
            LedgerView view = follower.catchUp();
            assertEquals(ledger.size(), view.seqNo());
            assertFalse(view.isTaken(asIfOne));
        }
    }

    @Test
    @DisplayName("an accreditation that a party writes about itself counts for nothing")
    void selfAccredited() {
        LedgerSigner other = MemoryLedger.signer("beijing", "other authority");
        MemoryLedger deceived = MemoryLedger.of(AUTHORITY, CLOCK);
        assertTrue(deceived.publishDid(other.did(), other.verkey(), LedgerRole.TRUSTEE, AUTHORITY)
                .isDone());
        // The same wire, opened by one who believes in another authority: the transaction is on the ledger.
        MemoryLedger impostor = deceived.believing(other.did());
        assertTrue(impostor.accredit(MAY_ISSUE, other).isDone());

        try (TrustFollower follower =
                TrustFollower.start(deceived, FollowerSettings.of(folder.resolve("journal")), CLOCK)) {
            assertEquals(Optional.empty(), follower.catchUp().accreditation(POLICE.did()));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("in an outage the last view stays, and says how old it is")
    void outage() throws Exception {
        assertTrue(ledger.accredit(MAY_ISSUE, AUTHORITY).isDone());
        try (TrustFollower follower = start()) {
            follower.catchUp();
            ledger.fault(Fault.UNREACHABLE);
            LedgerView view = follower.catchUp();
            assertEquals(Optional.of(MAY_ISSUE), view.accreditation(POLICE.did()));
            assertEquals(NOW, view.asOf());
        }
        try (TrustFollower restarted = start()) {
            LedgerView view = restarted.catchUp();
            assertEquals(Optional.of(MAY_ISSUE), view.accreditation(POLICE.did()));
            assertEquals(NOW, view.asOf());

            ledger.fault(Fault.NONE);
            assertTrue(ledger.putLogHead(head(5), POLICE).isDone());
            assertEquals(Optional.of(head(5)), restarted.catchUp().logHead(POLICE.did(), 5));
        }
    }

    @Test
    @DisplayName("a line of the journal that a crash tore is learnt again")
    void tornJournal() throws Exception {
        assertTrue(ledger.accredit(MAY_ISSUE, AUTHORITY).isDone());
        try (TrustFollower follower = start()) {
            follower.catchUp();
        }
        Path journal = folder.resolve("journal");
        Files.writeString(journal, "{\"seqNo\":99,\"asOf\":\"20", StandardOpenOption.APPEND);
        assertTrue(ledger.putLogHead(head(5), POLICE).isDone());
        for (int start = 0; start < 2; start++) {
            try (TrustFollower follower = start()) {
                LedgerView view = follower.catchUp();
                assertEquals(Optional.of(MAY_ISSUE), view.accreditation(POLICE.did()));
                assertEquals(Optional.of(head(5)), view.logHead(POLICE.did(), 5));
            }
        }
    }

    @Test
    @DisplayName("a ledger with another past is not followed")
    void anotherPast() throws Exception {
        assertTrue(ledger.accredit(MAY_ISSUE, AUTHORITY).isDone());
        try (TrustFollower follower = start()) {
            follower.catchUp();
        }
        MemoryLedger forked = MemoryLedger.of(AUTHORITY, Clock.offset(CLOCK, Duration.ofSeconds(1)));
        assertTrue(forked.publishDid(POLICE.did(), POLICE.verkey(), LedgerRole.ENDORSER, AUTHORITY)
                .isDone());
        assertTrue(forked.accredit(MAY_ISSUE, AUTHORITY).isDone());
        assertTrue(forked.putLogHead(head(5), POLICE).isDone());
        try (TrustFollower follower =
                TrustFollower.start(forked, FollowerSettings.of(folder.resolve("journal")), CLOCK)) {
            LedgerView view = follower.catchUp();
            assertTrue(follower.contradiction().isPresent());
            assertEquals(Optional.empty(), view.logHead(POLICE.did(), 5));
            assertEquals(3, view.seqNo());
        }
    }

    @Test
    @DisplayName(
            "what is said of a party: by the view of this half minute, else by the ledger, and by an old view if that is silent")
    void saidNow() throws Exception {
        assertTrue(ledger.accredit(MAY_ISSUE, AUTHORITY).isDone());
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        InstantSource time = now::get;
        TrustFollower hangs = TrustFollower.start(
                ledger, FollowerSettings.of(folder.resolve("journal")), time.withZone(ZoneOffset.UTC));
        hangs.catchUp();
        hangs.close(); // It follows no further.
        Accreditation frozen = MAY_ISSUE.frozen(NOW);
        assertTrue(ledger.accredit(frozen, AUTHORITY).isDone());
        now.set(NOW.plusSeconds(30));
        assertEquals(List.of(MAY_ISSUE), hangs.saidOf(POLICE.did()));
        now.set(NOW.plusSeconds(31));
        assertEquals(List.of(frozen), hangs.saidOf(POLICE.did()));
        assertEquals(List.of(), hangs.saidOf(AUTHORITY.did()));
        ledger.fault(Fault.UNREACHABLE);
        assertEquals(List.of(MAY_ISSUE), hangs.saidOf(POLICE.did()));
    }

    @Test
    @DisplayName(
            "of a party that a ledger with another past freezes both is said, what it says and what was known before")
    void saidOfAnotherPast() throws Exception {
        assertTrue(ledger.accredit(MAY_ISSUE, AUTHORITY).isDone());
        try (TrustFollower follower = start()) {
            follower.catchUp();
        }
        MemoryLedger forked = MemoryLedger.of(AUTHORITY, Clock.offset(CLOCK, Duration.ofSeconds(1)));
        Accreditation frozen = MAY_ISSUE.frozen(NOW);
        assertTrue(forked.publishDid(POLICE.did(), POLICE.verkey(), LedgerRole.ENDORSER, AUTHORITY)
                .isDone());
        assertTrue(forked.accredit(MAY_ISSUE, AUTHORITY).isDone());
        assertTrue(forked.accredit(frozen, AUTHORITY).isDone());
        try (TrustFollower follower =
                TrustFollower.start(forked, FollowerSettings.of(folder.resolve("journal")), CLOCK)) {
            assertEquals(Optional.of(MAY_ISSUE), follower.catchUp().accreditation(POLICE.did()));
            assertTrue(follower.contradiction().isPresent());
            assertEquals(List.of(frozen, MAY_ISSUE), follower.saidOf(POLICE.did()));
        }
    }

    @Test
    @DisplayName("listeners hear of a change within moments, without asking")
    void listens() throws Exception {
        List<LedgerView> heard = java.util.Collections.synchronizedList(new ArrayList<>());
        try (TrustFollower follower = TrustFollower.start(
                ledger, new FollowerSettings(folder.resolve("journal"), Duration.ofMillis(5)), CLOCK)) {
            follower.onChange(heard::add);
            assertTrue(ledger.putLogHead(head(5), POLICE).isDone());
            Instant patience = Instant.now().plusSeconds(60);
            while (heard.stream()
                    .noneMatch(view -> view.logHead(POLICE.did(), 5).isPresent())) {
                assertTrue(Instant.now().isBefore(patience), "no listener was called");
                Thread.sleep(2);
            }
        }
    }

    private TrustFollower start() throws java.io.IOException {
        return TrustFollower.start(ledger, FollowerSettings.of(folder.resolve("journal")), CLOCK);
    }

    private static LogHead head(long size) {
        return new LogHead(POLICE.did(), size, "A".repeat(42) + "A", NOW);
    }

    private static StatusHead status(long version) {
        return new StatusHead(POLICE.did(), LIST, version, "B".repeat(43), NOW);
    }
}
