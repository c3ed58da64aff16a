package city.elicence.city;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.city.demo.Holder;
import city.elicence.city.run.City;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.wallet.receive.Receiving;
import city.elicence.wallet.store.Card;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunningTypeTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TYPE = """
            {
              "id": "dog-licence",
              "version": 1,
              "family": "citizen",
              "holder": "citizen",
              "label": {"zh": "养犬登记证", "en": "Dog licence"},
              "description": {"zh": "准许在城区饲养犬只的凭证", "en": "The right to keep a dog in the city"},
              "issuers": ["public-security-bureau"],
              "validity": {"longest": "P1Y"},
              "card": {"colour": "#5b3b1f", "ink": "#ffffff", "emblem": "person", "summary": ["dog_name"]},
              "claims": [
                {"name": "dog_name", "label": {"zh": "犬名", "en": "Name of the dog"}, "type": "string", "disclosure": "selective", "mandatory": true}
              ],
              "asks": [{"roles": ["police"], "claims": ["dog_name"], "purpose": {"zh": "检查", "en": "Inspection"}}],
              "sample": {"dog_name": "测试旺财"}
            }
            """;

    @Test
    @DisplayName(
            "Adding a type is adding a file: a running issuer offers it, the ledger knows it, a wallet receives it")
    void addedWhileRunning() throws Exception {
        City city = TestCity.get().city();
        java.nio.file.Path file = city.folder().catalogue().resolve("dog-licence.json");
        java.nio.file.Path half = city.folder().root().resolve("dog-licence.half");
        Files.writeString(half, TYPE);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);

        JsonObject offer = offered(city);
        Holder holder = Holder.open(city, "dog-owner");
        Receiving receiving = holder.wallet()
                .accept(holder.wallet().readOffer(offer.getString("link")).orThrow(), null)
                .orThrow();
        assertTrue(receiving instanceof Receiving.Received, receiving.toString());
        Card card = holder.wallet().cards().get(0);
        assertEquals("Dog licence", card.name().en());
        JsonObject metadata = new JsonObject(
                get(city.issuerBase() + "/types/dog-licence", null).body());
        assertEquals(city.issuerBase() + "/types/dog-licence", metadata.getString("vct"));
    }

    /** An offer, as soon as the ledger says that the bureau may issue the type. */
    private static JsonObject offered(City city) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String vct = city.issuerBase() + "/types/dog-licence";
        while (city.follower().view().type(vct).isEmpty() && System.nanoTime() < end) {
            Thread.sleep(100);
        }
        HttpResponse<String> answer;
        do {
            JsonObject licence =
                    new JsonObject().put("type", "dog-licence").put("claims", new JsonObject().put("dog_name", "测试旺财"));
            answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(city.issuerBase() + "/api/public-security-bureau/offers"))
                            .header("Authorization", "Bearer " + city.token(StaffRole.CLERK))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(new JsonObject()
                                    .put("licences", new JsonArray().add(licence))
                                    .encode()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            Thread.sleep(200);
        } while (answer.statusCode() != 201 && System.nanoTime() < end);
        assertEquals(201, answer.statusCode(), answer.body());
        return new JsonObject(answer.body());
    }

    private static HttpResponse<String> get(String address, @org.jspecify.annotations.Nullable String token)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
