package city.elicence.city.story;

import city.elicence.city.demo.Desk;
import city.elicence.city.demo.Narrator;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.UUID;

/** Relying parties that use what was shown to them, once. */
final class Uses {
    private final StoryCity city;

    Uses(StoryCity city) {
        this.city = city;
    }

    Desk.Answer use(String check, JsonObject body) throws IOException, InterruptedException {
        return city.verifier()
                .once("/api/checks/" + check + "/uses", body, UUID.randomUUID().toString());
    }

    /** Confirms or releases an earlier use. */
    Desk.Answer then(Desk.Answer earlier, String verb, JsonObject body) throws IOException, InterruptedException {
        return city.verifier()
                .once(
                        "/api/uses/" + earlier.json().getString("id") + "/" + verb,
                        body,
                        UUID.randomUUID().toString());
    }

    void refused(JsonObject shown, JsonObject body, String code, Narrator narrator, String what)
            throws IOException, InterruptedException {
        Desk.Answer answer = use(shown.getString("id"), body);
        city.require(
                answer.status() == 409 && code.equals(answer.json().getString("code")),
                what + " was to be refused as " + code + ": " + answer.status() + " " + answer.json());
        narrator.result(what, "refused: " + code);
    }
}
