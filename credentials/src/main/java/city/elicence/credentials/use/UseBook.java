package city.elicence.credentials.use;

import city.elicence.credentials.trust.Did;
import city.elicence.credentials.use.UseEntry.Act;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one licence's book in the order of the ledger, and what they come to. Every reader comes to the same: a line counts
 * only if the lines before it left room for it at the ledger's time, so that not even a party that does not look first can take more
 * than there was.
 */
public final class UseBook {
    private final UseRule rule;
    private final List<Line> lines = new ArrayList<>();

    /** What a line is worth now. */
    private static final class Line {
        private final Did writer;
        private final @Nullable UseEntry entry;
        private final Instant at;
        private final @Nullable UseRefusal refusal;
        private long left;

        Line(Did writer, @Nullable UseEntry entry, Instant at, @Nullable UseRefusal refusal, long left) {
            this.writer = writer;
            this.entry = entry;
            this.at = at;
            this.refusal = refusal;
            this.left = left;
        }

        /** What it keeps from others at that moment. */
        long holds(Instant now) {
            Instant until = entry == null ? null : entry.until();
            return until != null && !now.isBefore(until) ? 0 : left;
        }
    }

    /**
     * A line as a reader sees it.
     *
     * @param entry empty when it was not written by the rules of this book
     * @param refusal why it does not count, where it does not
     * @param holds what it keeps from others now
     */
    public record Reading(
            int line, Did writer, Optional<UseEntry> entry, Instant at, Optional<UseRefusal> refusal, long holds) {}

    /** An empty book. */
    public UseBook(UseRule rule) {
        this.rule = rule;
    }

    /** Number of lines: the line that would be written next. */
    public int size() {
        return lines.size();
    }

    /**
     * Adds the next line of the ledger.
     *
     * @param entry what it says; empty when it can not be opened, which then takes all that is left, since somebody has used
     *     the licence in a way that this reader does not understand
     * @param at the ledger's time
     */
    public void add(Did writer, Optional<UseEntry> entry, Instant at) {
        if (entry.isEmpty()) {
            lines.add(new Line(writer, null, at, null, free(at)));
            return;
        }
        UseRefusal refusal = refusal(writer, entry.get(), at).orElse(null);
        long left = refusal == null ? taken(writer, entry.get(), at) : 0;
        lines.add(new Line(writer, entry.get(), at, refusal, left));
    }

    /** Carries an entry out, and says how much it keeps from then on. */
    private long taken(Did writer, UseEntry entry, Instant at) {
        Integer of = entry.of();
        return switch (entry.act()) {
            case RESERVE -> entry.amount();
            case USE -> {
                if (of != null && isLive(own(writer, of), at)) {
                    lines.get(of).left = 0;
                }
                yield entry.amount();
            }
            case RELEASE -> {
                if (of != null) {
                    lines.get(of).left -= entry.amount();
                }
                yield 0;
            }
        };
    }

    /** Why an entry would not count as the next line, or nothing when it would. */
    public Optional<UseRefusal> refusal(Did writer, UseEntry entry, Instant at) {
        if (lines.size() >= UseEntry.MOST_LINES) {
            return Optional.of(UseRefusal.BOOK_FULL);
        }
        Integer of = entry.of();
        Line own = of == null ? null : own(writer, of);
        if (entry.act() == Act.RELEASE) {
            return release(own, entry, at);
        }
        Instant until = entry.until();
        if (until != null && !at.isBefore(until)) {
            return Optional.of(UseRefusal.RESERVATION_ENDED);
        }
        if (of != null && !is(own, Act.RESERVE)) {
            return Optional.of(UseRefusal.NOT_YOURS);
        }
        if (own != null && own.left == 0) {
            // Used or given back before. One whose time has passed is only no longer reserved.
            return Optional.of(UseRefusal.RESERVATION_ENDED);
        }
        long room = free(at) + (own == null ? 0 : own.holds(at));
        return entry.amount() <= room ? Optional.empty() : Optional.of(noRoom(at));
    }

    private Optional<UseRefusal> release(@Nullable Line own, UseEntry entry, Instant at) {
        if (own == null || !(is(own, Act.USE) || is(own, Act.RESERVE))) {
            return Optional.of(UseRefusal.NOT_YOURS);
        }
        if (is(own, Act.USE) && !rule.releasable()) {
            return Optional.of(UseRefusal.NOT_RELEASABLE);
        }
        return entry.amount() <= own.holds(at) ? Optional.empty() : Optional.of(UseRefusal.NOTHING_TO_RELEASE);
    }

    /** Which of the three it is when there is no room: something is left, something is reserved, or all is used. */
    private UseRefusal noRoom(Instant at) {
        if (free(at) > 0) {
            return UseRefusal.REMAINDER_TOO_SMALL;
        }
        return reservedUntil(at).isPresent() ? UseRefusal.RESERVED : UseRefusal.USED_ALREADY;
    }

    private @Nullable Line own(Did writer, int line) {
        return line < lines.size() && lines.get(line).writer.equals(writer) ? lines.get(line) : null;
    }

    /** Whether a line counts, and does this. */
    private static boolean is(@Nullable Line line, Act act) {
        return line != null && line.refusal == null && line.entry != null && line.entry.act() == act;
    }

    private static boolean isLive(@Nullable Line line, Instant at) {
        return line != null && line.holds(at) > 0;
    }

    /** What anyone may still take. */
    public long free(Instant now) {
        long held = 0;
        for (Line line : lines) {
            held += line.holds(now);
        }
        return Math.max(0, rule.cap() - held);
    }

    /** What is used, reservations apart. */
    public long used(Instant now) {
        return sum(now, false);
    }

    /** What is reserved and not used yet. */
    public long reserved(Instant now) {
        return sum(now, true);
    }

    private long sum(Instant now, boolean reservations) {
        long sum = 0;
        for (Line line : lines) {
            sum += is(line, Act.RESERVE) == reservations ? line.holds(now) : 0;
        }
        return sum;
    }

    /** When the last of the reservations that hold something now ends. */
    public Optional<Instant> reservedUntil(Instant now) {
        Instant last = null;
        for (Line line : lines) {
            Instant until = line.entry == null ? null : line.entry.until();
            if (until != null && line.holds(now) > 0 && (last == null || until.isAfter(last))) {
                last = until;
            }
        }
        return Optional.ofNullable(last);
    }

    /** How many uses before this one still hold something, and it: 1 for the first mortgage on a title. */
    public int rank(int line, Instant now) {
        int rank = 1;
        for (Line each : lines.subList(0, line)) {
            rank += is(each, Act.USE) && each.holds(now) > 0 ? 1 : 0;
        }
        return rank;
    }

    /** All lines, as they stand at a moment. */
    public List<Reading> readings(Instant now) {
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            readings.add(new Reading(
                    i,
                    line.writer,
                    Optional.ofNullable(line.entry),
                    line.at,
                    Optional.ofNullable(line.refusal),
                    line.holds(now)));
        }
        return Collections.unmodifiableList(readings);
    }
}
