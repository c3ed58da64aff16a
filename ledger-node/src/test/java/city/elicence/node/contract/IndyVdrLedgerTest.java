package city.elicence.node.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.ledger.Ledger;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerException.Reason;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.WriteOutcome;
import city.elicence.ledger.vdr.IndyVdrLedger;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The embedded node through stock libindy_vdr keeps the contract")
class IndyVdrLedgerTest extends LedgerContract {

    private RunningNode node;
    private IndyVdrLedger ledger;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        node = new RunningNode(data);
        ledger = IndyVdrLedger.open(node.settings());
    }

    @AfterAll
    void stop() throws Exception {
        ledger.close();
        node.close();
    }

    @Override
    Ledger ledger() {
        return ledger;
    }

    RunningNode node() {
        return node;
    }

    @Override
    LedgerSigner authority() {
        return node.trustee();
    }

    @Override
    LedgerSigner stranger() throws Exception {
        return node.newKey();
    }

    @Test
    @DisplayName("a pool opens while its node is down, says so, and is used when it comes back")
    void outage() throws Exception {
        LedgerSigner party = stranger();
        node.stop();
        try (IndyVdrLedger opened = IndyVdrLedger.open(node.settings())) {
            LedgerException unreachable = assertThrows(LedgerException.class, () -> opened.resolve(party.did()));
            assertEquals(Reason.UNREACHABLE, unreachable.reason());
            assertInstanceOf(
                    WriteOutcome.Unknown.class,
                    opened.publishDid(party.did(), party.verkey(), LedgerRole.ENDORSER, authority()));
            node.restart();
            assertEquals(Optional.empty(), opened.resolve(party.did()));
            done(opened.publishDid(party.did(), party.verkey(), LedgerRole.ENDORSER, authority()));
            assertTrue(ledger.resolve(party.did()).isPresent());
        }
    }
}
