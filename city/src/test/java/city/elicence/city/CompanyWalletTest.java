package city.elicence.city;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.city.run.City;
import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.staff.StaffRole;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A company's always-on wallet, on the real issuer, verifier and ledger. */
class CompanyWalletTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String COMPANY = "zhizao";
    private static City city;

    @BeforeAll
    static void licence() throws Exception {
        city = TestCity.get().city();
        JsonObject got = receive(city, COMPANY, "market-regulator", "business-licence", Map.of());
        assertEquals("received", got.getString("state"), got.encode());
    }

    @Test
    @DisplayName("A request waits for a person, who sees what would be disclosed; it is decided once")
    void waitsForAPerson() throws Exception {
        JsonObject asked = ask("bank", "company-and-representative");
        JsonObject taken =
                as("lin-xiaoning", "POST", "/requests", new JsonObject().put("link", asked.getString("link")));
        assertEquals("waiting", taken.getString("state"), taken.encode());
        assertTrue(taken.getJsonObject("request").encode().contains("legal_representative"));
        JsonObject done =
                as("lin-xiaoning", "POST", "/requests/" + taken.getString("id") + "/approve", new JsonObject());
        assertEquals("answered", done.getString("state"), done.encode());
        assertEquals("lin-xiaoning", done.getString("decided_by"));
        assertEquals("accepted", verdict(asked).getString("status"));
        JsonObject again = as("lin-xiaoning", "POST", "/requests/" + taken.getString("id") + "/deny", new JsonObject());
        assertEquals("decided-before", again.getString("code"), again.encode());
    }

    @Test
    @DisplayName("What a person denies, the verifier is told only that it was denied")
    void denied() throws Exception {
        JsonObject asked = ask("bank", "company-and-representative");
        JsonObject taken =
                as("zhou-mingyuan", "POST", "/requests", new JsonObject().put("link", asked.getString("link")));
        as("lin-xiaoning", "POST", "/requests/" + taken.getString("id") + "/deny", new JsonObject());
        JsonObject verdict = verdict(asked);
        assertEquals("declined", verdict.getString("status"), verdict.encode());
    }

    @Test
    @DisplayName(
            "Nobody acts for a company without its own sign-in, and the people of one company learn nothing of another")
    void otherPeople() throws Exception {
        assertEquals(401, send("GET", "/api/" + COMPANY + "/cards", null, null).statusCode());
        String stranger = city.companyToken("another", "lin-xiaoning");
        assertEquals(
                403, send("GET", "/api/" + COMPANY + "/cards", null, stranger).statusCode());
        String nobody = city.companyToken(COMPANY, "wang-wu");
        assertEquals(
                403, send("GET", "/api/" + COMPANY + "/cards", null, nobody).statusCode());
        assertEquals(
                403,
                send("GET", "/api/" + COMPANY + "/cards", null, city.token(StaffRole.CLERK))
                        .statusCode());
    }

    @Test
    @DisplayName("/openapi.json describes exactly the routes that the service has")
    void openApi() throws Exception {
        Fields document = Fields.of(
                Json.parseObject(send("GET", "/openapi.json", null, null).body()));
        Set<String> written = new TreeSet<>();
        Map<String, Object> paths = document.object("paths");
        for (String path : paths.keySet()) {
            Fields.of(paths).object(path).keySet().forEach(method -> written.add(method + " " + path));
        }
        Set<String> served = new TreeSet<>(city.companyWallet().described());
        served.removeIf(route -> route.contains("/assets"));
        assertEquals(new TreeSet<>(served), written);
        assertFalse(written.isEmpty());
    }

    static JsonObject receive(City city, String company, String issuer, String type, Map<String, Object> changes)
            throws Exception {
        CredentialType definition = Catalogue.builtIn().type(type).orElseThrow();
        JsonObject claims = new JsonObject(definition.sample());
        changes.forEach(claims::put);
        JsonObject licence = new JsonObject().put("type", type).put("claims", claims);
        JsonObject offer = new JsonObject(send(
                        city.issuerBase().resolve("/api/" + issuer + "/offers"),
                        "POST",
                        new JsonObject().put("licences", new JsonArray().add(licence)),
                        city.token(StaffRole.CLERK))
                .body());
        return new JsonObject(send(
                        city.companyWallet().base().resolve("/api/" + company + "/offers"),
                        "POST",
                        new JsonObject().put("link", offer.getString("link")),
                        city.companyToken(company, "lin-xiaoning"))
                .body());
    }

    private static JsonObject ask(String tenant, String check) throws Exception {
        return new JsonObject(send(
                        city.verifierBase().resolve("/api/checks"),
                        "POST",
                        new JsonObject().put("tenant", tenant).put("check", check),
                        city.token(StaffRole.VERIFIER))
                .body());
    }

    private static JsonObject verdict(JsonObject asked) throws Exception {
        Instant end = Instant.now().plusSeconds(20);
        while (Instant.now().isBefore(end)) {
            JsonObject check = new JsonObject(send(
                            city.verifierBase().resolve("/api/checks/" + asked.getString("id")),
                            "GET",
                            null,
                            city.token(StaffRole.VERIFIER))
                    .body());
            if (!Set.of("waiting", "deciding", "returning").contains(check.getString("status"))) {
                return check;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no verdict");
    }

    private static JsonObject as(String person, String method, String path, JsonObject body) throws Exception {
        return new JsonObject(send(method, "/api/" + COMPANY + path, body, city.companyToken(COMPANY, person))
                .body());
    }

    private static HttpResponse<String> send(
            String method, String path, @Nullable JsonObject body, @Nullable String token) throws Exception {
        return send(city.companyWallet().base().resolve(path), method, body, token);
    }

    private static HttpResponse<String> send(
            URI address, String method, @Nullable JsonObject body, @Nullable String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Content-Type", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        request.method(
                method,
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body.encode()));
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
