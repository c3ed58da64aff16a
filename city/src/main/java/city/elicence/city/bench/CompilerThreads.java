package city.elicence.city.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The processor time of this process's just-in-time compiler, where the system tells it of each thread: on Linux. */
final class CompilerThreads {
    private static final Path THREADS = Path.of("/proc/self/task");

    private CompilerThreads() {}

    /** Microseconds since the start; 0 elsewhere than on Linux. */
    static double micros() {
        double micros = 0;
        if (!Files.isDirectory(THREADS)) {
            return micros;
        }
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                micros += isCompiler(thread) ? nanos(thread) / 1_000.0 : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return micros;
    }

    private static boolean isCompiler(Path thread) {
        try {
            // "C1 CompilerThread0" and "C2 CompilerThread0", as far as the system keeps it.
            return Files.readString(thread.resolve("comm")).matches("(?s)C[12] Compiler.*");
        } catch (IOException ended) {
            return false;
        }
    }

    private static long nanos(Path thread) throws IOException {
        return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
    }
}
