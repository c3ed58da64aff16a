package city.elicence.node.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.use.UseBook;
import city.elicence.credentials.use.UseEntry;
import city.elicence.credentials.use.UseEntry.Act;
import city.elicence.credentials.use.UseRule;
import city.elicence.credentials.use.UseSecret;
import city.elicence.ledger.Ledger;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerException.Reason;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.NullifierRecord;
import city.elicence.ledger.WriteOutcome;
import city.elicence.ledger.vdr.IndyVdrLedger;
import city.elicence.ledger.vdr.VdrSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
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
        ledger = IndyVdrLedger.open(
                VdrSettings.of(node.genesisFile(), node.trustee().did()));
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
            // Its limits are short: on a busy machine an answer may miss them.
            assertEquals(Optional.empty(), insist(() -> opened.resolve(party.did())));
            done(insist(() -> {
                WriteOutcome outcome = opened.publishDid(party.did(), party.verkey(), LedgerRole.ENDORSER, authority());
                if (outcome instanceof WriteOutcome.Unknown) {
                    throw new LedgerException(Reason.UNREACHABLE, outcome.toString());
                }
                return outcome;
            }));
            assertTrue(ledger.resolve(party.did()).isPresent());
        }
    }

    /** As long as the node is out of reach, again. */
    static <T> T insist(Callable<T> asked) throws Exception {
        Instant end = Instant.now().plusSeconds(90);
        while (true) {
            try {
                return asked.call();
            } catch (LedgerException e) {
                if (e.reason() != Reason.UNREACHABLE || Instant.now().isAfter(end)) {
                    throw e;
                }
            }
        }
    }

    @Test
    @DisplayName(
            "writeUse: a book of uses on the ledger: reserved by one, refused to another, released, and then taken by the other")
    void bookOfUses() throws Exception {
        UseSecret secret = new UseSecret("claim", new SecureRandom().generateSeed(16));
        LedgerSigner one = insurer();
        LedgerSigner other = insurer();
        Instant until = UseEntry.wholeMinute(Instant.now().plusSeconds(3_600));
        write(secret, 0, new UseEntry(Act.RESERVE, null, 1, until, 1), one);
        assertEquals(0, book(secret).free(Instant.now()));
        byte[] late = secret.seal(0, other.did(), new UseEntry(Act.USE, null, 1, null, 2));
        assertInstanceOf(WriteOutcome.Refused.class, ledger.writeUse(secret.nullifier(0), late, other));
        write(secret, 1, new UseEntry(Act.RELEASE, 0, 1, null, 3), one);
        assertEquals(1, book(secret).free(Instant.now()));
        write(secret, 2, new UseEntry(Act.USE, null, 1, null, 4), other);
        assertEquals(1, book(secret).used(Instant.now()));
    }

    private LedgerSigner insurer() throws Exception {
        LedgerSigner party = stranger();
        done(ledger.publishDid(party.did(), party.verkey(), LedgerRole.ENDORSER, authority()));
        return party;
    }

    private void write(UseSecret secret, int line, UseEntry entry, LedgerSigner by) {
        byte[] sealed = secret.seal(line, by.did(), entry);
        assertEquals(
                done(ledger.writeUse(secret.nullifier(line), sealed, by)),
                done(ledger.writeUse(secret.nullifier(line), sealed, by)));
    }

    /** As any verifier reads it who was shown the secret. */
    private UseBook book(UseSecret secret) throws Exception {
        UseBook book = new UseBook(new UseRule(1, true));
        Optional<NullifierRecord> line = reader().nullifier(secret.nullifier(0));
        while (line.isPresent()) {
            NullifierRecord found = line.get();
            book.add(found.by(), secret.open(book.size(), found.by(), found.line()), found.at());
            line = reader().nullifier(secret.nullifier(book.size()));
        }
        return book;
    }
}
