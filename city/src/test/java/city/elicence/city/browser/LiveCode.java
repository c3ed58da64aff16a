package city.elicence.city.browser;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.qr.QrException;
import city.elicence.wallet.Wallet;
import city.elicence.wallet.present.OfflineShowing;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A phone held before the camera: its code changes before it runs out, as on the real screen. The browser reads its film
 * picture by picture from the file, and each new film is laid over the last, so however slow the machine is, the camera sees
 * a code that is good.
 */
final class LiveCode implements AutoCloseable {
    private static final Duration GOOD_FOR_AT_LEAST = Duration.ofSeconds(14);

    private final Wallet wallet;
    private final String card;
    private final Set<ClaimPath> claims;
    private final Path film;
    private final Thread hand;
    private volatile boolean held = true;

    private LiveCode(Wallet wallet, String card, Set<ClaimPath> claims, Path film) {
        this.wallet = wallet;
        this.card = card;
        this.claims = claims;
        this.film = film;
        Instant until = show();
        this.hand = Thread.ofPlatform().name("phone before the camera").start(() -> hold(until));
    }

    static LiveCode hold(Wallet wallet, String card, Set<ClaimPath> claims, Path film) {
        return new LiveCode(wallet, card, claims, film);
    }

    boolean isHeld() {
        return held && hand.isAlive();
    }

    private void hold(Instant first) {
        Instant until = first;
        while (held) {
            if (Instant.now().plus(GOOD_FOR_AT_LEAST).isAfter(until)) {
                until = show();
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Instant show() {
        OfflineShowing showing = wallet.offlineCode(card, claims).orThrow();
        List<byte[]> codes = new ArrayList<>();
        showing.frames().forEach(frame -> codes.add(frame.octets()));
        try {
            byte[] octets = Video.of(codes);
            if (Files.exists(film)) {
                try (RandomAccessFile over = new RandomAccessFile(film.toFile(), "rw")) {
                    over.write(octets);
                }
            } else {
                Files.write(film, octets);
            }
        } catch (IOException | QrException e) {
            throw new UncheckedIOException(new IOException(e));
        }
        return showing.until();
    }

    @Override
    public void close() {
        held = false;
        try {
            hand.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
