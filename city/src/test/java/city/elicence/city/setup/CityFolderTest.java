package city.elicence.city.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CityFolderTest {
    @Test
    @DisplayName("A data folder that cannot be made is told by its name, with what to do")
    void cannotBeMade(@TempDir Path folder) throws IOException {
        Path below = Files.createFile(folder.resolve("a-file")).resolve("data");
        IOException refused = assertThrows(IOException.class, () -> CityFolder.at(below));
        assertEquals("cannot make the folder " + below + ": choose another with --data DIR", refused.getMessage());
    }
}
