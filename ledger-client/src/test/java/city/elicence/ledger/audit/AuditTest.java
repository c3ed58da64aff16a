package city.elicence.ledger.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.merkle.LogEntry;
import city.elicence.credentials.merkle.MerkleHash;
import city.elicence.credentials.merkle.MerkleTree;
import city.elicence.credentials.merkle.Receipt;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Grant;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.Names;
import city.elicence.credentials.trust.Period;
import city.elicence.credentials.trust.Role;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.TypeRecord;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.audit.Finding.Fault;
import city.elicence.ledger.memory.MemoryLedger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A stranger's audit finds what is planted")
class AuditTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final LedgerSigner AUTHORITY = MemoryLedger.signer("beijing", "authority");
    private static final LedgerSigner POLICE = MemoryLedger.signer("beijing", "traffic-police");
    private static final URI LIST = URI.create("http://127.0.0.1:8301/traffic-police/status/1");
    private static final String VCT = "http://127.0.0.1:8301/types/driving-licence";
    private static final byte[] SALT = new byte[16];

    private final MemoryLedger ledger = MemoryLedger.of(AUTHORITY, Clock.fixed(NOW, ZoneOffset.UTC));
    private final MerkleTree log = new MerkleTree();

    @BeforeEach
    void city() {
        assertTrue(ledger.publishDid(POLICE.did(), POLICE.verkey(), LedgerRole.ENDORSER, AUTHORITY)
                .isDone());
        assertTrue(ledger.publishType(new TypeRecord("driving-licence", 1, VCT, "digest"), Set.of("name"), AUTHORITY)
                .isDone());
    }

    private void accredit(Instant from) {
        assertTrue(ledger.accredit(
                        new Accreditation(
                                POLICE.did(),
                                new Names("交通警察", "Traffic police"),
                                Set.of(Role.ISSUER),
                                List.of(),
                                List.of(new Grant("driving-licence", Period.from(from))),
                                List.of(),
                                null),
                        AUTHORITY)
                .isDone());
    }

    private static String credential(int number, Instant issued) {
        String claims = "{\"vct\":\"" + VCT + "\",\"iat\":" + issued.getEpochSecond() + ",\"n\":" + number + "}";
        return "eyJ9." + Base64Url.encode(claims.getBytes(StandardCharsets.UTF_8)) + ".AA";
    }

    private void issue(int count) {
        for (int i = 0; i < count; i++) {
            log.append(LogEntry.ofJwt(SALT, credential((int) log.size(), NOW)));
        }
    }

    private void anchor(MerkleTree tree) {
        assertTrue(ledger.putLogHead(
                        new LogHead(POLICE.did(), tree.size(), tree.root().toBase64Url(), NOW), POLICE)
                .isDone());
    }

    private AuditReport audit(Sample... samples) throws Exception {
        LogProofs proofs = (issuer, first, second) -> Optional.of(log.consistencyProof(first, second));
        return Audit.run(ledger, proofs, List.of(samples));
    }

    private Sample sample(int index, Instant issued) throws Exception {
        return Sample.of(Receipt.of(POLICE.did().value(), log, index, log.size(), SALT), credential(index, issued));
    }

    private static void assertFound(Fault fault, AuditReport report) {
        assertEquals(
                List.of(fault), report.findings().stream().map(Finding::fault).toList(), report.lines()::toString);
    }

    @Test
    @DisplayName("nothing, where nothing is planted, and says what it proved and what not")
    void clean() throws Exception {
        accredit(NOW);
        issue(3);
        anchor(log);
        issue(4);
        anchor(log);
        AuditReport report = audit(sample(5, NOW));
        assertTrue(report.isClean(), report.lines()::toString);
        assertTrue(
                report.proven().get(1).startsWith("2 heads of 1 logs, of which 1 extend"),
                report.proven().get(1));
        AuditReport without = Audit.run(ledger, LogProofs.none(), List.of());
        assertTrue(without.isClean());
        assertEquals(3, without.unproven().size());
    }

    @Test
    @DisplayName("a head that forgets a leaf")
    void forgottenLeaf() throws Exception {
        accredit(NOW);
        issue(5);
        anchor(log);
        MerkleTree without = new MerkleTree();
        for (int i = 0; i < 7; i++) {
            if (i != 2) {
                without.append(LogEntry.ofJwt(SALT, credential(i, NOW)));
            }
        }
        anchor(without);
        issue(1);
        assertFound(Fault.LOG_NOT_CONSISTENT, audit());
    }

    @Test
    @DisplayName("a log that shrank, and a log shown in two versions")
    void shrankAndForked() throws Exception {
        accredit(NOW);
        issue(5);
        anchor(log);
        MerkleTree shorter = new MerkleTree();
        for (int i = 0; i < 4; i++) {
            shorter.appendLeafHash(log.leafHash(i));
        }
        anchor(shorter);
        assertFound(Fault.LOG_SHRANK, audit());

        MerkleTree fork = new MerkleTree();
        for (int i = 0; i < 5; i++) {
            fork.appendLeafHash(MerkleHash.ofLeaf(new byte[] {(byte) i}));
        }
        anchor(fork);
        assertEquals(
                List.of(Fault.LOG_SHRANK, Fault.LOG_FORKED),
                audit().findings().stream().map(Finding::fault).toList());
    }

    @Test
    @DisplayName("a receipt for a fork that was shown to one client only")
    void forkShownToOne() throws Exception {
        accredit(NOW);
        issue(5);
        anchor(log);
        MerkleTree fork = new MerkleTree();
        for (int i = 0; i < 5; i++) {
            fork.append(LogEntry.ofJwt(SALT, credential(i + 100, NOW)));
        }
        Sample shown = Sample.of(Receipt.of(POLICE.did().value(), fork, 1, 5, SALT), credential(101, NOW));
        assertFound(Fault.RECEIPT_FALSE, audit(shown));
        Sample altered = Sample.of(Receipt.of(POLICE.did().value(), log, 1, 5, SALT), credential(2, NOW));
        assertFound(Fault.RECEIPT_FALSE, audit(altered));
    }

    @Test
    @DisplayName("a rolled-back status list")
    void rolledBack() throws Exception {
        accredit(NOW);
        for (long version : new long[] {1, 2, 1}) {
            assertTrue(ledger.putStatusHead(new StatusHead(POLICE.did(), LIST, version, "B".repeat(43), NOW), POLICE)
                    .isDone());
        }
        assertFound(Fault.STATUS_ROLLED_BACK, audit());
    }

    @Test
    @DisplayName("a credential issued before accreditation, or after its withdrawal")
    void withoutRight() throws Exception {
        accredit(NOW.minusSeconds(600));
        log.append(LogEntry.ofJwt(SALT, credential(0, NOW.minusSeconds(601))));
        log.append(LogEntry.ofJwt(SALT, credential(1, NOW.minusSeconds(60))));
        log.append(LogEntry.ofJwt(SALT, credential(2, NOW)));
        anchor(log);
        assertTrue(ledger.withdraw(POLICE.did(), NOW, AUTHORITY).isDone());

        assertFound(Fault.ISSUED_WITHOUT_RIGHT, audit(sample(0, NOW.minusSeconds(601))));
        assertTrue(audit(sample(1, NOW.minusSeconds(60))).isClean());
        assertFound(Fault.ISSUED_WITHOUT_RIGHT, audit(sample(2, NOW)));
    }

    @Test
    @DisplayName("a log of somebody who is not accredited, and a right written for the past")
    void unaccreditedAndBackdated() throws Exception {
        issue(1);
        anchor(log);
        assertFound(Fault.ISSUER_NOT_ACCREDITED, audit());
        accredit(NOW.minusSeconds(200_000));
        assertEquals(
                List.of(Fault.ISSUER_NOT_ACCREDITED, Fault.GRANT_BACKDATED),
                audit().findings().stream().map(Finding::fault).toList());
    }
}
