package city.elicence.node;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Python with the stock client library of Indy, installed by pip from pinned hashes into a folder of the build. */
final class StockClient {
    private static final Path SCRIPTS = Path.of("src/test/python").toAbsolutePath();
    private static final Path VENV = Path.of("target/stock-client").toAbsolutePath();
    private static final Path PYTHON = VENV.resolve("bin/python");
    private static final Path INSTALLED = VENV.resolve("installed");

    private StockClient() {}

    /** Runs a script; its output. Skips the test where Python or pip is missing, but fails it on a machine that checks all. */
    static String run(String script, String... arguments) throws IOException, InterruptedException {
        install();
        List<String> command = new java.util.ArrayList<>(
                List.of(PYTHON.toString(), SCRIPTS.resolve(script).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("RUST_LOG", "indy_vdr=debug");
        return output(builder, 240);
    }

    private static void install() throws IOException, InterruptedException {
        if (Files.exists(INSTALLED)) {
            return;
        }
        try {
            output(new ProcessBuilder("python3", "-m", "venv", "--clear", VENV.toString()), 120);
            output(
                    new ProcessBuilder(
                            PYTHON.toString(),
                            "-m",
                            "pip",
                            "install",
                            "-q",
                            "--disable-pip-version-check",
                            "--only-binary=:all:",
                            "--require-hashes",
                            "-r",
                            SCRIPTS.resolve("requirements.txt").toString()),
                    300);
            Files.createFile(INSTALLED);
        } catch (IOException | AssertionError e) {
            String reason = "the stock client needs python3 with venv and pip, and a registry of Python packages: "
                    + e.getMessage();
            if ("true".equals(System.getenv("CI"))) {
                fail(reason);
            }
            assumeTrue(false, reason);
        }
    }

    static String output(ProcessBuilder builder, int seconds) throws IOException, InterruptedException {
        Path log = Files.createTempFile("stock-client", ".log");
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            String text = Files.readString(log, StandardCharsets.UTF_8);
            if (!ended) {
                process.destroyForcibly();
                throw new AssertionError("no end after " + seconds + " s:\n" + text);
            }
            if (process.exitValue() != 0) {
                throw new AssertionError("exit " + process.exitValue() + ":\n" + text);
            }
            return text;
        } finally {
            Files.delete(log);
        }
    }
}
