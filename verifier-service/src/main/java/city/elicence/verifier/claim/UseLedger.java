package city.elicence.verifier.claim;

import city.elicence.credentials.use.UseBook;
import city.elicence.credentials.use.UseEntry;
import city.elicence.credentials.use.UseRule;
import city.elicence.credentials.use.UseSecret;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerReader;
import city.elicence.ledger.NullifierRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Books of uses as the ledger has them. */
final class UseLedger {
    private UseLedger() {}

    /**
     * A book as far as it is written.
     *
     * @param records its lines, as they are on the ledger
     */
    record Opened(UseBook book, List<NullifierRecord> records) {
        /** Line {@code line} as the ledger has it, if it is written. */
        Optional<NullifierRecord> record(int line) {
            return line < records.size() ? Optional.of(records.get(line)) : Optional.empty();
        }
    }

    /** Reads line after line until one is free. */
    static Opened open(LedgerReader ledger, UseSecret secret, UseRule rule) throws LedgerException {
        UseBook book = new UseBook(rule);
        List<NullifierRecord> records = new ArrayList<>();
        while (book.size() < UseEntry.MOST_LINES) {
            Optional<NullifierRecord> next = ledger.nullifier(secret.nullifier(book.size()));
            if (next.isEmpty()) {
                break;
            }
            records.add(next.get());
            book.add(
                    next.get().by(),
                    secret.open(book.size(), next.get().by(), next.get().line()),
                    next.get().at());
        }
        return new Opened(book, records);
    }
}
