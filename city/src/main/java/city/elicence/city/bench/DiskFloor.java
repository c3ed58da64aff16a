package city.elicence.city.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** What no commit on this disk can be faster than: 8 KB written over others and synced ({@code fdatasync}), by nothing but that. */
final class DiskFloor {
    private static final int PAGE_BYTES = 8 * 1024;
    private static final int PAGES = 2_000;

    private final Path folder;
    private final PrintStream out;

    DiskFloor(Path folder, PrintStream out) {
        this.folder = folder;
        this.out = out;
    }

    void measure(int times) throws IOException {
        Path file = folder.resolve("floor");
        long[] nanos = new long[times];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(PAGE_BYTES * PAGES), 0);
            channel.force(true);
            for (int i = 0; i < times; i++) {
                long begun = System.nanoTime();
                channel.write(ByteBuffer.allocate(PAGE_BYTES), (long) PAGE_BYTES * (i % PAGES));
                channel.force(false);
                nanos[i] = System.nanoTime() - begun;
            }
        } finally {
            Files.deleteIfExists(file);
        }
        Arrays.sort(nanos);
        out.printf(
                "8 KB synced on the same disk: median %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                nanos[times / 2] / 1e6, nanos[(int) (times * 0.99)] / 1e6, nanos[times - 1] / 1e6);
    }
}
