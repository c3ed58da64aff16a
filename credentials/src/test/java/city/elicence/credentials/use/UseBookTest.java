package city.elicence.credentials.use;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.Nullifier;
import city.elicence.credentials.use.UseEntry.Act;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UseBookTest {
    private static final Did INSURER = Did.of("test", "Th7MpTaRZVRYnPiabds81Y");
    private static final Did OTHER = Did.of("test", "V4SGRU86Z58d6TV7PBUe6f");
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofHours(2));

    private final byte[] secretBytes = "sixteen bytes ok".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private final UseSecret secret = new UseSecret("medical-claim", secretBytes);

    private static UseEntry use(long amount) {
        return new UseEntry(Act.USE, null, amount, null, 7);
    }

    private static UseEntry useOf(int line, long amount) {
        return new UseEntry(Act.USE, line, amount, null, 8);
    }

    private static UseEntry reserve(long amount, Instant until) {
        return new UseEntry(Act.RESERVE, null, amount, until, 9);
    }

    private static UseEntry release(int line, long amount) {
        return new UseEntry(Act.RELEASE, line, amount, null, 10);
    }

    private static void add(UseBook book, Did writer, UseEntry entry, Instant at) {
        book.add(writer, Optional.of(entry), at);
    }

    @Test
    @DisplayName("A line is 32 bytes that its secret, its place and its writer open together, and nothing else does")
    void sealing() {
        UseEntry entry = reserve(123_456_789_012L, LATER);
        byte[] sealed = secret.seal(3, INSURER, entry);
        assertEquals(32, sealed.length);
        assertEquals(Optional.of(entry), secret.open(3, INSURER, sealed));
        assertEquals(Optional.empty(), secret.open(4, INSURER, sealed));
        assertEquals(Optional.empty(), secret.open(3, OTHER, sealed));
        assertEquals(Optional.empty(), new UseSecret("tuition-claim", secretBytes).open(3, INSURER, sealed));
        byte[] anotherSecret = secretBytes.clone();
        anotherSecret[0] ^= 1;
        assertEquals(Optional.empty(), new UseSecret("medical-claim", anotherSecret).open(3, INSURER, sealed));
        for (int bit = 0; bit < 256; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(Optional.empty(), secret.open(3, INSURER, flipped));
        }
        assertEquals(Nullifier.of("medical-claim", secretBytes), secret.nullifier(0));
        assertNotEquals(secret.nullifier(0), secret.nullifier(1));
        assertFalse(secret.toString().contains("sixteen"));
    }

    @Test
    @DisplayName("Partial uses leave a remainder, the same to every reader; more than it is refused and does not count")
    void partialUses() {
        UseBook book = new UseBook(new UseRule(1000, false));
        add(book, INSURER, use(600), NOW);
        assertEquals(400, book.free(NOW));
        assertEquals(Optional.of(UseRefusal.REMAINDER_TOO_SMALL), book.refusal(OTHER, use(401), NOW));
        // One who does not look first: its line is on the ledger and does not count.
        add(book, OTHER, use(401), NOW);
        assertEquals(400, book.free(NOW));
        add(book, OTHER, use(400), NOW);
        assertEquals(Optional.of(UseRefusal.USED_ALREADY), book.refusal(INSURER, use(1), LATER));
        assertEquals(1000, book.used(LATER));
        assertEquals(Optional.of(UseRefusal.NOT_RELEASABLE), book.refusal(INSURER, release(0, 1), NOW));
    }

    @Test
    @DisplayName("A reservation keeps others out until it ends, by itself; who made it uses it, once")
    void reservations() {
        UseBook book = new UseBook(new UseRule(1000, false));
        add(book, INSURER, reserve(1000, LATER), NOW);
        assertEquals(Optional.of(UseRefusal.RESERVED), book.refusal(OTHER, use(1), NOW));
        assertEquals(Optional.of(LATER), book.reservedUntil(NOW));
        assertEquals(Optional.of(UseRefusal.NOT_YOURS), book.refusal(OTHER, useOf(0, 10), NOW));
        assertEquals(Optional.empty(), book.refusal(OTHER, use(1), LATER), "it has ended");
        assertEquals(Optional.empty(), book.refusal(INSURER, useOf(0, 1000), LATER), "nobody came in between");
        add(book, INSURER, useOf(0, 700), NOW);
        assertEquals(300, book.free(NOW), "what was reserved and not used is free");
        assertEquals(Optional.of(UseRefusal.RESERVATION_ENDED), book.refusal(INSURER, useOf(0, 100), NOW));
        assertEquals(Optional.of(UseRefusal.RESERVATION_ENDED), book.refusal(OTHER, reserve(1, NOW), NOW));
    }

    @Test
    @DisplayName(
            "A reservation may be given back; a use only where the type allows it, by who made it, and no more than it")
    void releases() {
        UseBook book = new UseBook(new UseRule(1000, true));
        add(book, INSURER, reserve(400, LATER), NOW);
        add(book, INSURER, release(0, 400), NOW);
        assertEquals(1000, book.free(NOW));
        add(book, INSURER, use(1000), NOW);
        assertEquals(Optional.of(UseRefusal.NOT_YOURS), book.refusal(OTHER, release(2, 1), NOW));
        assertEquals(Optional.of(UseRefusal.NOTHING_TO_RELEASE), book.refusal(INSURER, release(2, 1001), NOW));
        assertEquals(Optional.of(UseRefusal.NOT_YOURS), book.refusal(INSURER, release(1, 1), NOW), "of a release");
        assertEquals(Optional.of(UseRefusal.NOT_YOURS), book.refusal(INSURER, release(99, 1), NOW), "of nothing");
        add(book, INSURER, release(2, 300), NOW);
        assertEquals(300, book.free(NOW));
        add(book, INSURER, release(2, 700), NOW);
        assertEquals(1000, book.free(NOW));
        assertEquals(Optional.of(UseRefusal.NOTHING_TO_RELEASE), book.refusal(INSURER, release(2, 1), NOW));
    }

    @Test
    @DisplayName("Counted uses have a rank: the second mortgage is the first once the first is discharged")
    void ranks() {
        UseBook book = new UseBook(new UseRule(2, true));
        add(book, INSURER, use(1), NOW);
        add(book, OTHER, use(1), NOW);
        assertEquals(1, book.rank(0, NOW));
        assertEquals(2, book.rank(1, NOW));
        assertEquals(Optional.of(UseRefusal.USED_ALREADY), book.refusal(OTHER, use(1), NOW));
        add(book, INSURER, release(0, 1), NOW);
        assertEquals(1, book.rank(1, NOW));
    }

    @Test
    @DisplayName(
            "A line that can not be opened takes all that is left: somebody used it in a way that is not understood")
    void unreadable() {
        UseBook book = new UseBook(new UseRule(1000, true));
        add(book, INSURER, use(100), NOW);
        book.add(OTHER, Optional.empty(), NOW);
        assertEquals(Optional.of(UseRefusal.USED_ALREADY), book.refusal(INSURER, use(1), NOW));
        assertEquals(Optional.of(UseRefusal.NOT_YOURS), book.refusal(OTHER, release(1, 1), NOW));
    }

    @Test
    @DisplayName("A book has an end: line 255 is refused by name")
    void full() {
        UseBook book = new UseBook(new UseRule(1_000_000, false));
        for (int i = 0; i < UseEntry.MOST_LINES; i++) {
            add(book, INSURER, use(1), NOW);
        }
        assertEquals(Optional.of(UseRefusal.BOOK_FULL), book.refusal(INSURER, use(1), NOW));
        assertThrows(IllegalArgumentException.class, () -> release(UseEntry.MOST_LINES, 1));
    }

    @Test
    @DisplayName(
            "Whatever is written in whatever order: what is held never exceeds the cap, and nothing becomes negative")
    void neverOverspent() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            UseBook book = new UseBook(new UseRule(1000, random.nextBoolean()));
            Instant at = NOW;
            for (int i = 0; i < 40; i++) {
                at = at.plusSeconds(random.nextInt(40) * 60L);
                int line = random.nextInt(book.size() + 1);
                UseEntry entry = switch (random.nextInt(4)) {
                    case 0 -> use(1 + random.nextInt(500));
                    case 1 -> useOf(line, 1 + random.nextInt(500));
                    case 2 -> reserve(1 + random.nextInt(500), at.plusSeconds(60L * random.nextInt(60)));
                    default -> release(line, 1 + random.nextInt(500));
                };
                add(book, random.nextBoolean() ? INSURER : OTHER, entry, at);
                long held = book.used(at) + book.reserved(at);
                assertTrue(held >= 0 && held <= 1000 && book.free(at) == 1000 - held, "seed " + seed + " line " + i);
                assertTrue(book.readings(at).stream().allMatch(reading -> reading.holds() >= 0), "seed " + seed);
            }
        }
    }
}
