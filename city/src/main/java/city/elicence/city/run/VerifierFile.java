package city.elicence.city.run;

import city.elicence.sm2.Sm2;
import city.elicence.verifier.VerifierSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;

/** {@code verifier.properties} in a city's folder, read at each start. See docs/operations/verifier.md. */
public record VerifierFile(Path path) {
    private static final String SM2 = "sm2";

    public static VerifierFile in(Path folder) {
        return new VerifierFile(folder.resolve("verifier.properties"));
    }

    /** The usual settings, but for what the file says. */
    public VerifierSettings over(VerifierSettings usual) throws IOException {
        SettingsFile file = new SettingsFile(path, Set.of(SM2));
        Properties said = file.read();
        if (!said.containsKey(SM2)) {
            return usual;
        }
        return switch (file.needed(said, SM2)) {
            case "true" -> usual.with(Sm2.BESIDE_ES256);
            case "false" -> usual;
            default -> throw new IllegalArgumentException(path + ": sm2: expected true or false");
        };
    }
}
