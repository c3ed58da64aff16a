package city.elicence.city.story;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SmeFinanceTest {
    @Test
    @DisplayName(
            "sme-finance: a confirmed invoice is financed once, in parts, released, and counted in a provable picture")
    void played() throws Exception {
        String told = Stage.play("sme-finance");
        assertTrue(told.contains("its picture by the financier: both refused: suspended"), told);
        assertTrue(told.contains("a new business licence for the dissolved company: refused"), told);
        assertTrue(told.contains("Who could learn what"), told);
    }
}
