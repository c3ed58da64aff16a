package city.elicence.city.story;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RealEstateTest {
    @Test
    @DisplayName("real-estate: played through, and nobody learnt what is not theirs")
    void played() throws Exception {
        String told = Stage.play("real-estate");
        assertTrue(told.contains("a second bank claims the same rank: refused: rank-not-free"), told);
        assertTrue(told.contains("once the rank is released: registers rank 1"), told);
        assertTrue(told.contains("Who could learn what"), told);
    }
}
