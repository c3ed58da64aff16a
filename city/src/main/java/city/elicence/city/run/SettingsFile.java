package city.elicence.city.run;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * A file of settings in a city's folder, for its owner alone, read at each start.
 *
 * @param known the names that it may have; another one stops the start
 */
record SettingsFile(Path path, Set<String> known) {
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    SettingsFile {
        known = Set.copyOf(known);
    }

    /** What it says; nothing where there is no such file. */
    Properties read() throws IOException {
        Properties said = new Properties();
        if (!Files.exists(path)) {
            return said;
        }
        if (!OWNERS.containsAll(Files.getPosixFilePermissions(path))) {
            throw new IllegalArgumentException(path + " can hold a secret: chmod 600 it");
        }
        try (Reader text = Files.newBufferedReader(path)) {
            said.load(text);
        }
        Set<String> unknown = new TreeSet<>(said.stringPropertyNames());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(path + " says " + unknown + "; expected only " + new TreeSet<>(known));
        }
        return said;
    }

    /** The value of a name that must have one. */
    String needed(Properties said, String name) {
        String value = said.getProperty(name, "").strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException(path + " lacks " + name);
        }
        return value;
    }
}
