package city.elicence.credentials;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Published vectors, which stand beside the repository and not in it. */
public final class Vectors {
    private static final Path FOLDER = Path.of(System.getProperty("elicence.root", ".."), "..", "shared", "vectors");

    private Vectors() {}

    /** The folder of one collection; the test is skipped, with this line, where it is not there. */
    public static Path folder(String name) {
        Path folder = FOLDER.resolve(name);
        Assumptions.assumeTrue(Files.isDirectory(folder), "skipped: no published vectors at " + folder.normalize());
        return folder;
    }

    /** An array of section and text, of which {@code field} is the text. */
    public static List<Map.Entry<String, String>> sections(String collection, String file, String field)
            throws JsonException {
        List<Map.Entry<String, String>> sections = new ArrayList<>();
        for (Object each : (List<?>) java.util.Objects.requireNonNull(
                Json.parse(read(folder(collection).resolve(file))))) {
            Fields fields = Fields.of(Json.asObject(each));
            sections.add(Map.entry(fields.string("section"), fields.string(field)));
        }
        return sections;
    }

    public static List<Path> files(String collection) {
        try (Stream<Path> files = Files.list(folder(collection))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
