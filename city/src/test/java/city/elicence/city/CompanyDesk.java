package city.elicence.city;

import city.elicence.city.run.City;
import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.staff.StaffRole;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What people do at a company's console, at a clerk's and at a bank's, as HTTP calls. */
public record CompanyDesk(City city, String company) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** An answer's status, and its body as JSON. */
    public record Answer(int status, JsonObject json) {}

    Answer as(String person, String method, String path, @Nullable JsonObject body) throws Exception {
        return send(
                city.companyWallet().base().resolve("/api/" + company + path),
                method,
                body,
                city.companyToken(company, person));
    }

    /** The company's representative takes what an authority issues. */
    JsonObject receive(String issuer, String type, Map<String, Object> changes) throws Exception {
        JsonObject claims =
                new JsonObject(Catalogue.builtIn().type(type).orElseThrow().sample()).copy();
        changes.forEach(claims::put);
        JsonObject offer = send(
                        city.issuerBase().resolve("/api/" + issuer + "/offers"),
                        "POST",
                        new JsonObject()
                                .put(
                                        "licences",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("type", type)
                                                        .put("claims", claims))),
                        city.token(StaffRole.CLERK))
                .json();
        return as("lin-xiaoning", "POST", "/offers", new JsonObject().put("link", offer.getString("link")))
                .json();
    }

    /** With a business licence that wants two signatures and an account file, received once for all tests. */
    CompanyDesk withLicences() throws Exception {
        synchronized (CompanyDesk.class) {
            JsonArray cards = as("lin-xiaoning", "GET", "/cards", null).json().getJsonArray("cards");
            if (cards.stream()
                    .noneMatch(card -> ((JsonObject) card).getString("type").endsWith("/account-file"))) {
                receive("market-regulator", "business-licence", Map.of("signatures_required", 2));
                JsonObject got = receive("bank", "account-file", Map.of());
                if (!"received".equals(got.getString("state"))) {
                    throw new AssertionError(got.encode());
                }
            }
        }
        return this;
    }

    JsonObject ask(String tenant, JsonObject check) throws Exception {
        return send(
                        city.verifierBase().resolve("/api/checks"),
                        "POST",
                        check.copy().put("tenant", tenant),
                        city.token(StaffRole.VERIFIER))
                .json();
    }

    /** The verdict on a check, once there is one. */
    JsonObject verdict(JsonObject asked) throws Exception {
        for (int i = 0; i < 1_200; i++) {
            JsonObject check = send(
                            city.verifierBase().resolve("/api/checks/" + asked.getString("id")),
                            "GET",
                            null,
                            city.token(StaffRole.VERIFIER))
                    .json();
            if (!Set.of("waiting", "deciding", "returning").contains(check.getString("status"))) {
                return check;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no verdict");
    }

    /** A verifier brings its own request to the company's always-on endpoint. */
    Answer deliver(JsonObject asked) throws Exception {
        return send(
                city.companyWallet().base().resolve("/" + company + "/requests"),
                "POST",
                new JsonObject().put("link", asked.getString("link")),
                null);
    }

    public static Answer send(URI address, String method, @Nullable JsonObject body, @Nullable String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Content-Type", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        request.method(
                method,
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body.encode()));
        HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        String text = answer.body();
        return new Answer(answer.statusCode(), text.startsWith("{") ? new JsonObject(text) : new JsonObject());
    }

    /** A check of claims of a company's file. */
    static JsonObject file(String type, String... claims) {
        JsonArray paths = new JsonArray();
        for (String claim : claims) {
            paths.add(new JsonObject().put("path", new JsonArray().add(claim)));
        }
        JsonObject query = new JsonObject()
                .put("id", "file")
                .put("format", "dc+sd-jwt")
                .put("meta", new JsonObject().put("vct_values", new JsonArray().add(type)))
                .put("claims", paths);
        return new JsonObject()
                .put("purpose", "开立一般存款账户")
                .put("dcql", new JsonObject().put("credentials", new JsonArray().add(query)));
    }
}
