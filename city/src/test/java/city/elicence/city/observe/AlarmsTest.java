package city.elicence.city.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AlarmsTest {
    @Test
    @DisplayName(
            "However often an office comes and goes, what stands on the ledger stays on the list, and what is still so")
    void kept() {
        Alarms alarms = new Alarms(Clock.systemUTC());
        alarms.raise("log-forked", 7, "the police's log");
        alarms.begins("ledger-unreachable", "ledger", "no answer");
        for (int i = 0; i < 1_500; i++) {
            alarms.begins("status-unreachable", "list " + i % 3, "no answer from " + i);
            alarms.ends("status-unreachable", "list " + i % 3);
        }
        List<String> kinds = alarms.json().stream()
                .map(JsonObject.class::cast)
                .map(alarm -> alarm.getString("kind"))
                .toList();
        assertEquals(1_000, kinds.size());
        assertEquals(List.of("ledger-unreachable", "log-forked"), kinds.subList(998, 1_000));
        assertEquals(1_502, alarms.total());
    }

    @Test
    @DisplayName("An act is raised once while it is on the list; no more is kept of one that has left it")
    void forgotten() {
        Alarms alarms = new Alarms(Clock.systemUTC());
        for (int seqNo = 1; seqNo <= 1_001; seqNo++) {
            alarms.raise("log-forked", seqNo, "the police's log");
            alarms.raise("log-forked", seqNo, "the police's log");
        }
        assertEquals(1_001, alarms.total());
        alarms.raise("log-forked", 1, "the police's log");
        assertEquals(1_002, alarms.total());
        assertEquals(1_000, alarms.json().size());
    }
}
