package city.elicence.city.story;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AirportLogisticsTest {
    @Test
    @DisplayName(
            "airport-logistics: six issuers, one dossier; an outsider learns nothing, not even that the consignment exists")
    void played() throws Exception {
        String told = Stage.play("airport-logistics");
        assertTrue(told.contains("answered alike: nothing"), told);
    }
}
