package city.elicence.verifier.claim;

import city.elicence.credentials.use.UseBook;
import city.elicence.credentials.use.UseRefusal;
import city.elicence.credentials.use.UseSecret;
import city.elicence.ledger.Ledger;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.NullifierRecord;
import city.elicence.ledger.WriteOutcome;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Registers one use: reads the licence's book, and writes the next line.
 *
 * <p>The ledger decides: of all who write the same line one wins, and the others read on. Before a line is sent, the row says
 * which. From then on it may be on the ledger whatever answer came or did not; so nothing else is done for this use until that
 * line is seen to be somebody's. A crash at any moment leaves a row that says where to go on.
 */
final class Registrar {
    /** A line lost to others so often in one round is tried again in the next. */
    private static final int MOST_LINES_A_ROUND = 64;

    private static final int REFUSALS_BELIEVED = 3;

    /** Not one of {@link UseRefusal}: the ledger does not let this party write. */
    static final String LEDGER_REFUSED = "ledger-refused";

    private final Ledger ledger;
    private final LedgerKeys keys;
    private final UseRows rows;
    private final Clock clock;

    Registrar(Ledger ledger, LedgerKeys keys, UseRows rows, Clock clock) {
        this.ledger = ledger;
        this.keys = keys;
        this.rows = rows;
        this.clock = clock;
    }

    /** Goes as far as the ledger lets it; whether the use is settled. Ends with an exception when the ledger does not answer. */
    boolean register(String id) throws LedgerException {
        for (int tries = 0; tries < MOST_LINES_A_ROUND; tries++) {
            Optional<UseClaim> claim = rows.find(id);
            if (claim.isEmpty() || claim.get().settled()) {
                return true;
            }
            if (!step(claim.get())) {
                return false;
            }
        }
        return false;
    }

    /** One look and, if it is called for, one write; false when the outcome of the write is not known. */
    private boolean step(UseClaim claim) throws LedgerException {
        UseSecret secret = claim.secret();
        UseLedger.Opened opened = UseLedger.open(ledger, secret, claim.rule());
        UseBook book = opened.book();
        Integer tried = claim.line();
        boolean open = claim.state() == UseClaim.State.SENT && tried != null && tried >= book.size();
        if (claim.state() == UseClaim.State.SENT && tried != null && !open) {
            NullifierRecord there = opened.record(tried).orElseThrow();
            if (isOurs(claim, tried, there)) {
                settle(claim, book, tried, there);
                return true;
            }
        }
        int line = open && tried != null ? tried : book.size();
        if (!open) {
            Optional<UseRefusal> refusal = book.refusal(claim.writer(), claim.entry(), clock.instant());
            if (refusal.isPresent()) {
                rows.refuse(claim, refusal.get().code(), book.free(clock.instant()));
                return true;
            }
            // Of all who want this rank one gets this line; for the others the book has one rank more when they look
            // again.
            Integer wanted = claim.wantedRank();
            if (wanted != null && wanted != book.rank(line, clock.instant())) {
                rows.refuse(claim, UseRefusal.RANK_NOT_FREE.code(), book.free(clock.instant()));
                return true;
            }
            if (!rows.send(claim, line)) {
                // Another instance of this service is at it too: look again.
                return true;
            }
        }
        return send(claim, line);
    }

    private boolean send(UseClaim claim, int line) throws LedgerException {
        Optional<LedgerSigner> signer = keys.of(claim.writer());
        if (signer.isEmpty()) {
            return false;
        }
        UseSecret secret = claim.secret();
        byte[] sealed = secret.seal(line, claim.writer(), claim.entry());
        return switch (ledger.writeUse(secret.nullifier(line), sealed, signer.get())) {
            // What it came to is read, like everybody reads it.
            case WriteOutcome.Done done -> true;
            case WriteOutcome.Refused refused -> {
                boolean free = ledger.nullifier(secret.nullifier(line)).isEmpty();
                // A node that lags shows a line as free that another has: only what stays refused is refused.
                if (free && claim.attempts() >= REFUSALS_BELIEVED) {
                    rows.refuseSent(claim, line, LEDGER_REFUSED);
                }
                yield !free;
            }
            case WriteOutcome.Unknown unknown -> false;
        };
    }

    private static boolean isOurs(UseClaim claim, int line, NullifierRecord there) {
        return there.by().equals(claim.writer())
                && Arrays.equals(there.line(), claim.secret().seal(line, claim.writer(), claim.entry()));
    }

    /** Our line is on the ledger: it counts, or somebody's line that came just before left no room for it. */
    private void settle(UseClaim claim, UseBook book, int line, NullifierRecord there) {
        Instant at = there.at();
        UseBook.Reading reading = book.readings(at).get(line);
        if (reading.refusal().isPresent()) {
            rows.refuse(claim, reading.refusal().get().code(), book.free(at));
        } else {
            rows.registered(claim, there, book.free(at), book.rank(line, at));
        }
    }
}
