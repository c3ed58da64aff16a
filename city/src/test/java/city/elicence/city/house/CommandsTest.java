package city.elicence.city.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.city.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The shell command and the program behind it must know the same words. */
class CommandsTest {
    private static final Path SCRIPT = Path.of(System.getProperty("elicence.root", ".."), "elicence");
    private static final Pattern HANDED_ON = Pattern.compile("(?m)^  ([a-z |]+)\\) .*run_city \"\\$@\"");

    @Test
    @DisplayName("./elicence hands every command of the program on, and tells of it")
    void handsOn() throws IOException {
        String script = Files.readString(SCRIPT);
        Set<String> handedOn = new TreeSet<>();
        Matcher lines = HANDED_ON.matcher(script);
        while (lines.find()) {
            handedOn.addAll(Set.of(lines.group(1).split(" \\| ")));
        }
        Set<String> commands =
                new TreeSet<>(new CommandLine(new Main()).getSubcommands().keySet());
        assertEquals(commands, handedOn);
        String usage = script.substring(script.indexOf("<<'TEXT'"), script.indexOf("\nTEXT"));
        commands.forEach(command -> assertTrue(usage.contains("\n  " + command), command));
    }
}
