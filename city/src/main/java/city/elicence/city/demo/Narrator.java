package city.elicence.city.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells on the terminal what happens, and keeps what the closing table says. */
public final class Narrator {
    private static final int WIDTH = 58;

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
        out.println();
        out.println("   " + "─".repeat(WIDTH + 30));
        for (Row row : table) {
            out.println("   " + pad(row.what()) + row.outcome());
        }
        out.println("   " + "─".repeat(WIDTH + 30));
        out.flush();
    }

    /** Milliseconds or seconds, as people read them. */
    public static String time(Duration taken) {
        return taken.toMillis() < 1_000
                ? taken.toMillis() + " ms"
                : String.format(Locale.ROOT, "%.1f s", taken.toMillis() / 1000.0);
    }

    private static String pad(String text) {
        return text.length() >= WIDTH ? text + "  " : text + " ".repeat(WIDTH - text.length());
    }
}
