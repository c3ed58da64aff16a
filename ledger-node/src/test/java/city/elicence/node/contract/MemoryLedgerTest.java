package city.elicence.node.contract;

import city.elicence.ledger.Ledger;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.memory.MemoryLedger;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The ledger in memory keeps the contract, so that services may be tested with it")
class MemoryLedgerTest extends LedgerContract {

    private static final LedgerSigner AUTHORITY = MemoryLedger.signer("beijing", "authority");

    private final MemoryLedger ledger = MemoryLedger.of(AUTHORITY, Clock.systemUTC());
    private final AtomicInteger strangers = new AtomicInteger();

    @Override
    Ledger ledger() {
        return ledger;
    }

    @Override
    LedgerSigner authority() {
        return AUTHORITY;
    }

    @Override
    LedgerSigner stranger() {
        return MemoryLedger.signer("beijing", "stranger " + strangers.incrementAndGet());
    }

    @Override
    boolean checksSignatures() {
        return false;
    }
}
