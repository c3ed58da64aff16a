package city.elicence.city.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Tells on the terminal what happens, and keeps what the closing table says. */
public final class Narrator {
    private static final int NARROWEST = 58;

    private final PrintStream out;
    private final List<Row> table = new ArrayList<>();
    private int steps;

    private record Row(String what, String outcome) {}

    public Narrator(PrintStream out) {
        this.out = out;
    }

    /** Begins a numbered step. */
    public void step(String title) {
        steps++;
        out.println();
        out.println(steps + ". " + title);
        out.flush();
    }

    /** A line under the step. */
    public void line(String text) {
        out.println("   " + text);
        out.flush();
    }

    /** A line that the closing table repeats. */
    public void result(String what, String outcome) {
        table.add(new Row(what, outcome));
        line(what + ": " + outcome);
    }

    /** The closing table. */
    public void table() {
        int left = widest(NARROWEST, table.stream().map(Row::what));
        int right = widest(1, table.stream().map(Row::outcome));
        out.println();
        out.println("   " + "─".repeat(left + 2 + right));
        for (Row row : table) {
            out.println("   " + row.what() + " ".repeat(left + 2 - columns(row.what())) + row.outcome());
        }
        out.println("   " + "─".repeat(left + 2 + right));
        out.flush();
    }

    /** Milliseconds or seconds, as people read them. */
    public static String time(Duration taken) {
        return taken.toMillis() < 1_000
                ? taken.toMillis() + " ms"
                : String.format(Locale.ROOT, "%.1f s", taken.toMillis() / 1000.0);
    }

    private static int widest(int least, Stream<String> texts) {
        return Math.max(least, texts.mapToInt(Narrator::columns).max().orElse(0));
    }

    /** How many columns of a terminal a text takes: a Chinese character takes two. */
    private static int columns(String text) {
        return text.codePoints()
                .map(point -> Character.isIdeographic(point) ? 2 : 1)
                .sum();
    }
}
