package city.elicence.ledger.indy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.Nullifier;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.WriteOutcome;
import city.elicence.ledger.WriteOutcome.Done;
import city.elicence.ledger.WriteOutcome.Refused;
import city.elicence.ledger.WriteOutcome.Unknown;
import city.elicence.ledger.memory.Fault;
import city.elicence.ledger.memory.MemoryLedger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A remote write can fail, and can fail after it succeeded")
class UnknownOutcomeTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final LedgerSigner AUTHORITY = MemoryLedger.signer("beijing", "authority");
    private static final LedgerSigner HOSPITAL = MemoryLedger.signer("beijing", "hospital");
    private static final LedgerSigner INSURER = MemoryLedger.signer("beijing", "insurer");
    private static final Nullifier INVOICE = new Nullifier("00112233445566778899aabbccddeeff");
    private static final LogHead HEAD =
            new LogHead(HOSPITAL.did(), 7, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", NOW);

    private final MemoryLedger ledger = MemoryLedger.of(AUTHORITY, Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void parties() {
        for (LedgerSigner party : new LedgerSigner[] {HOSPITAL, INSURER}) {
            assertTrue(ledger.publishDid(party.did(), party.verkey(), LedgerRole.ENDORSER, AUTHORITY)
                    .isDone());
        }
    }

    @Test
    @DisplayName("a write whose answer is lost is unknown, and when repeated is found and not written twice")
    void answerLost() throws Exception {
        ledger.fault(Fault.ANSWER_LOST);
        WriteOutcome lost = ledger.putLogHead(HEAD, HOSPITAL);
        ledger.fault(Fault.NONE);
        long size = ledger.size();

        WriteOutcome again = ledger.putLogHead(HEAD, HOSPITAL);

        assertInstanceOf(Unknown.class, lost);
        assertEquals(new Done(size, NOW), again);
        assertEquals(size, ledger.size());
    }

    @Test
    @DisplayName("a write that never arrives is unknown, and is written when repeated")
    void unreachable() throws Exception {
        ledger.fault(Fault.UNREACHABLE);
        WriteOutcome lost = ledger.putLogHead(HEAD, HOSPITAL);
        ledger.fault(Fault.NONE);
        long size = ledger.size();

        assertInstanceOf(Unknown.class, lost);
        assertTrue(ledger.putLogHead(HEAD, HOSPITAL).isDone());
        assertEquals(size + 1, ledger.size());
    }

    @Test
    @DisplayName("a nullifier whose answer was lost is found to be one's own, and another claim is refused")
    void nullifierAnswerLost() {
        ledger.fault(Fault.ANSWER_LOST);
        assertInstanceOf(Unknown.class, ledger.registerNullifier(INVOICE, "claim-1", INSURER));
        ledger.fault(Fault.NONE);

        assertTrue(ledger.registerNullifier(INVOICE, "claim-1", INSURER).isDone());
        assertInstanceOf(Refused.class, ledger.registerNullifier(INVOICE, "claim-2", INSURER));
        assertInstanceOf(Refused.class, ledger.registerNullifier(INVOICE, "claim-1", HOSPITAL));
    }

    @Test
    @DisplayName("a refusal is final and is not sent again")
    void refusing() throws Exception {
        ledger.fault(Fault.REFUSING);
        assertInstanceOf(Refused.class, ledger.putLogHead(HEAD, HOSPITAL));
        ledger.fault(Fault.NONE);
        assertTrue(ledger.logHead(HOSPITAL.did()).isEmpty());
    }
}
