package city.elicence.credentials.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.qr.Qr;
import city.elicence.credentials.qr.QrContent;
import city.elicence.credentials.qr.QrException;
import city.elicence.credentials.qr.QrLevel;
import city.elicence.credentials.qr.QrMatrix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * How large the codes are and how well a camera reads them. {@code -Doffline.tables=docs/offline-qr.md} writes the tables of
 * that file anew; without it a part of the pictures is taken, and the floor held.
 */
class ScanRateTest {
    private static final List<String> X5C = SamplePresentation.x5c(1);
    private static final int[] SIDES = {240, 360, 480, 720, 1080};
    private static final String BEGIN = "<!-- tables -->";
    private static final String END = "<!-- end of tables -->";

    /** How long the phone shows a frame, and how many pictures a scanner reads a second: what CodeActivity and pages do. */
    private static final int FRAME_MILLIS = 170;

    private static final int READS_PER_SECOND = 12;

    @Test
    @DisplayName(
            "Floor: a frame that fills a picture of 720 pixels is read in nine of ten, whatever is wrong but the angle")
    void floor() throws Exception {
        QrMatrix code = largest(OfflineCode.frames(TypePresentation.of(type("driving-licence"), X5C, true)));
        assertTrue(code.version() <= OfflineFrame.MAX_QR_VERSION);
        for (Shot shot : EnumSet.complementOf(EnumSet.of(Shot.SLANT))) {
            int read = read(code, shot, 720, 10);
            assertTrue(read >= 9, shot + " at 720: " + read + " of 10");
        }
        assertTrue(read(code, Shot.CLEAR, 480, 10) >= 9, "clear at 480");
    }

    @Test
    @DisplayName("The gain: the same licence as a plain JWT in one code is read in fewer pictures, or fits in none")
    void gain() throws Exception {
        String plain = TypePresentation.of(type("driving-licence"), List.of(), false);
        QrMatrix jwt = Qr.encode(plain, QrLevel.LOW);
        QrMatrix ours = largest(OfflineCode.frames(TypePresentation.of(type("driving-licence"), X5C, true)));
        int plainRead = 0;
        int oursRead = 0;
        for (Shot shot : Shot.values()) {
            plainRead += read(jwt, shot, 480, 2);
            oursRead += read(ours, shot, 480, 2);
        }
        assertTrue(oursRead >= plainRead + 4, oursRead + " against " + plainRead + " of 12");
    }

    @Test
    @DisplayName(
            "A driving licence with its receipt is complete in under a second where three of four pictures are read")
    void underASecond() throws Exception {
        int parts = OfflineCode.frames(TypePresentation.of(type("driving-licence"), X5C, true))
                        .size()
                - 1;
        assertTrue(parts <= 3, parts + " parts");
        int median = millis(parts, true, 0.75, 50);
        assertTrue(median < 1000, "median " + median + " ms");
        assertTrue(
                millis(parts, true, 0.5, 95) <= millis(parts, false, 0.5, 95), "the check frame never makes it slower");
    }

    @Test
    @DisplayName("Tables for the document, on demand; every type's code fits in the frames there are")
    void tables() throws Exception {
        String wanted = System.getProperty("offline.tables", "");
        String sizes = sizes();
        assertEquals(Catalogue.builtIn().types().size(), sizes.lines().count() - 2);
        if (wanted.isEmpty()) {
            return;
        }
        Path file = Path.of(System.getProperty("elicence.root", "..")).resolve(wanted);
        String text = Files.readString(file);
        String tables = BEGIN + "\n" + sizes + "\n" + rates() + "\n" + times() + END;
        Files.writeString(
                file,
                text.substring(0, text.indexOf(BEGIN)) + tables + text.substring(text.indexOf(END) + END.length()));
    }

    private static CredentialType type(String id) {
        return Catalogue.builtIn().type(id).orElseThrow();
    }

    private static QrMatrix largest(List<byte[]> frames) throws QrException {
        QrMatrix largest = null;
        for (byte[] frame : frames) {
            QrMatrix code = Qr.encode(frame, QrLevel.LOW, OfflineFrame.MAX_QR_VERSION);
            largest = largest == null || code.size() > largest.size() ? code : largest;
        }
        return java.util.Objects.requireNonNull(largest);
    }

    private static int read(QrMatrix code, Shot shot, int side, int pictures) {
        Random random = new Random(side + 31L * shot.name().hashCode());
        int read = 0;
        for (int i = 0; i < pictures; i++) {
            List<QrContent> found = Qr.decode(side, side, shot.take(code, side, random));
            read += found.isEmpty() ? 0 : 1;
        }
        return read;
    }

    private static String sizes() throws Exception {
        StringBuilder table = new StringBuilder("""
            | type | claims disclosed | characters | packed with receipt | frames | version | packed without | frames | version |
            |---|---|---|---|---|---|---|---|---|
            """);
        for (CredentialType type : Catalogue.builtIn().types()) {
            String with = TypePresentation.of(type, X5C, true);
            String without = TypePresentation.of(type, X5C, false);
            List<byte[]> frames = OfflineCode.frames(with);
            List<byte[]> fewer = OfflineCode.frames(without);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %,d | %,d | %s | %d | %,d | %s | %d |%n",
                    type.id(),
                    type.card().summary().size(),
                    with.length(),
                    OfflineCode.pack(with).length,
                    count(frames),
                    largest(frames).version(),
                    OfflineCode.pack(without).length,
                    count(fewer),
                    largest(fewer).version()));
        }
        return table.toString();
    }

    private static String count(List<byte[]> frames) {
        return frames.size() == 1 ? "1" : (frames.size() - 1) + " + 1";
    }

    private static String rates() throws Exception {
        CredentialType driving = type("driving-licence");
        QrMatrix ours = largest(OfflineCode.frames(TypePresentation.of(driving, X5C, true)));
        QrMatrix single = Qr.encode(
                Arrays.copyOf(OfflineCode.pack(TypePresentation.of(driving, X5C, true)), 1_250),
                QrLevel.LOW,
                Qr.MAX_VERSION);
        QrMatrix jwt = Qr.encode(TypePresentation.of(driving, List.of(), false), QrLevel.LOW);
        StringBuilder table = new StringBuilder("| pictures read of 10, by side in pixels | code |");
        for (int side : SIDES) {
            table.append(' ').append(side).append(" |");
        }
        table.append("\n|---|---|").append("---|".repeat(SIDES.length)).append('\n');
        for (Shot shot : Shot.values()) {
            row(table, shot, "a frame of ours, version " + ours.version(), ours);
            row(table, shot, "all of it in one code, version " + single.version(), single);
            row(table, shot, "plain SD-JWT, no chain, no receipt, version " + jwt.version(), jwt);
        }
        return table.toString();
    }

    private static void row(StringBuilder table, Shot shot, String name, QrMatrix code) {
        table.append("| ").append(shot.label()).append(" | ").append(name).append(" |");
        for (int side : SIDES) {
            table.append(' ').append(read(code, shot, side, 10)).append(" |");
        }
        table.append('\n');
    }

    private static String times() {
        StringBuilder table = new StringBuilder("""
            | parts | of four pictures read | median, with check frame | 95 of 100 | median, without | 95 of 100 |
            |---|---|---|---|---|---|
            """);
        for (int parts = 1; parts <= 4; parts++) {
            for (double rate : new double[] {1, 0.75, 0.5}) {
                table.append(String.format(
                        Locale.ROOT,
                        "| %d | %.0f | %d ms | %d ms | %d ms | %d ms |%n",
                        parts,
                        rate * 4,
                        millis(parts, true, rate, 50),
                        millis(parts, true, rate, 95),
                        millis(parts, false, rate, 50),
                        millis(parts, false, rate, 95)));
            }
        }
        return table.toString();
    }

    /** The time until as many different frames were read as there are parts, for so many of a hundred tries. */
    private static int millis(int parts, boolean check, double rate, int percentile) {
        Random random = new Random(7);
        int frames = check && parts > 1 ? parts + 1 : parts;
        List<Integer> times = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            double time = random.nextDouble() * FRAME_MILLIS * frames;
            double begun = time;
            int seen = 0;
            while (Integer.bitCount(seen) < parts) {
                time += 1000.0 / READS_PER_SECOND;
                // A picture that is taken while the screen changes shows neither frame.
                boolean whole = time % FRAME_MILLIS > 33;
                if (whole && random.nextDouble() < rate) {
                    seen |= 1 << ((int) (time / FRAME_MILLIS) % frames);
                }
            }
            times.add((int) (time - begun));
        }
        times.sort(null);
        return times.get(times.size() * percentile / 100 - 1);
    }
}
