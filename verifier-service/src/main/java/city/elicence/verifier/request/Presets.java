package city.elicence.verifier.request;

import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The named checks, read from {@code presets/} on the class path: adding one is adding a file and its line in the index. */
public final class Presets {
    private static final String FOLDER = "/presets/";

    private final Map<String, Preset> byId = new LinkedHashMap<>();

    private Presets(Iterable<Preset> presets) {
        presets.forEach(preset -> byId.put(preset.id(), preset));
    }

    /** Those that come with the software. */
    public static Presets builtIn() {
        try {
            List<?> index = (List<?>) Json.parse(resource("index.json"));
            Map<String, Preset> presets = new LinkedHashMap<>();
            for (Object id : index == null ? List.of() : index) {
                Preset preset = Preset.read(resource(id + ".json"));
                presets.put(preset.id(), preset);
            }
            return new Presets(presets.values());
        } catch (JsonException | IOException broken) {
            throw new IllegalStateException("a preset cannot be read", broken);
        }
    }

    /** All, in the order of the index. */
    public List<Preset> all() {
        return List.copyOf(byId.values());
    }

    /** The one with this id. */
    public Preset require(String id) {
        Preset preset = byId.get(id);
        if (preset == null) {
            throw new CheckRefused(new Problem.UnknownPreset());
        }
        return preset;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Presets.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IOException("no resource " + FOLDER + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
