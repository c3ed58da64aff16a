package city.elicence.node.contract;

import city.elicence.ledger.Ledger;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.vdr.IndyVdrLedger;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A real Indy pool of four nodes through stock libindy_vdr keeps the contract")
class RealPoolTest extends LedgerContract {

    private @Nullable RealPool pool;
    private @Nullable IndyVdrLedger ledger;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        pool = RealPool.start(data);
        ledger = IndyVdrLedger.open(pool.settings());
    }

    @AfterAll
    void stop() throws Exception {
        if (ledger != null) {
            ledger.close();
        }
        if (pool != null) {
            pool.close();
        }
    }

    RealPool pool() {
        return java.util.Objects.requireNonNull(pool);
    }

    @Override
    Ledger ledger() {
        return java.util.Objects.requireNonNull(ledger);
    }

    @Override
    LedgerSigner authority() {
        return pool().trustee();
    }

    @Override
    LedgerSigner stranger() throws Exception {
        return pool().newKey();
    }
}
