package city.elicence.node.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.ledger.Ledger;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.WriteOutcome;
import city.elicence.ledger.WriteOutcome.Done;
import city.elicence.ledger.vdr.IndyVdrLedger;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What four nodes are for. Killed with kill -9; the primary, which is Node1 at the start, stays. */
final class RealPoolFaultTest {
    private static final int MAX_TRIES = 20;

    @TempDir
    private Path data;

    private final Map<LedgerSigner, Done> acknowledged = new LinkedHashMap<>();

    @Test
    @DisplayName(
            "With one node of four killed all goes on; with two killed a write waits, is never told done, and is on the ledger once they"
                    + " are back; nothing that was acknowledged is lost")
    void killed() throws Exception {
        try (RealPool pool = RealPool.start(data);
                IndyVdrLedger ledger = IndyVdrLedger.open(pool.settings())) {
            write(pool, ledger);

            pool.kill("Node4");
            write(pool, ledger);
            try (IndyVdrLedger fresh = IndyVdrLedger.open(pool.settings())) {
                write(pool, fresh);
                readAll(fresh);
            }

            pool.kill("Node3");
            LedgerSigner waiting = pool.newKey();
            assertInstanceOf(WriteOutcome.Unknown.class, publish(pool, ledger, waiting));
            readAll(ledger);

            pool.restart("Node3", "Node4");
            acknowledged.put(waiting, insist(pool, ledger, waiting));
            write(pool, ledger);
            readAll(ledger);
        }
    }

    private void write(RealPool pool, Ledger ledger) throws Exception {
        LedgerSigner party = pool.newKey();
        acknowledged.put(party, insist(pool, ledger, party));
    }

    private static WriteOutcome publish(RealPool pool, Ledger ledger, LedgerSigner party) {
        return ledger.publishDid(party.did(), party.verkey(), LedgerRole.ENDORSER, pool.trustee());
    }

    /** As services do it: after an unknown outcome again, which counts once. Nodes that come back need some time to agree. */
    private static Done insist(RealPool pool, Ledger ledger, LedgerSigner party) throws InterruptedException {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            if (publish(pool, ledger, party) instanceof Done done) {
                return done;
            }
            TimeUnit.SECONDS.sleep(1);
        }
        throw new AssertionError("the pool did not recover");
    }

    private void readAll(Ledger ledger) throws Exception {
        assertTrue(!acknowledged.isEmpty());
        for (Map.Entry<LedgerSigner, Done> told : acknowledged.entrySet()) {
            assertEquals(
                    told.getValue().seqNo(),
                    ledger.resolve(told.getKey().did()).orElseThrow().seqNo());
        }
    }
}
