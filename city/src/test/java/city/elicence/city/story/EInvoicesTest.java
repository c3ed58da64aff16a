package city.elicence.city.story;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EInvoicesTest {
    @Test
    @DisplayName(
            "e-invoices: each is claimed once, what is wrong is refused by name, and nobody learnt what is not theirs")
    void played() throws Exception {
        String told = Stage.play("e-invoices");
        assertTrue(told.contains("Who could learn what"), told);
    }
}
