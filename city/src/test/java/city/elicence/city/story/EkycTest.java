package city.elicence.city.story;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EkycTest {
    @Test
    @DisplayName(
            "ekyc: three banks, one file, one consent, withdrawn; the sharing is proven, the file is nobody else's")
    void played() throws Exception {
        String told = Stage.play("ekyc");
        assertTrue(told.contains("verifies the withdrawal"), told);
    }
}
