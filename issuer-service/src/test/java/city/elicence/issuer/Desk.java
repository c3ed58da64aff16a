package city.elicence.issuer;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A clerk at a tenant's desk, by the HTTP API. */
final class Desk {
    private final TestCity city;
    private final String tenant;

    Desk(TestCity city, String tenant) {
        this.city = city;
        this.tenant = tenant;
    }

    String tenant() {
        return tenant;
    }

    /** The catalogue's sample for a type, as the desk's own forms give it. */
    Map<String, Object> sample(String type) {
        return types().stream()
                .filter(t -> type.equals(t.get("id")))
                .map(t -> RawWallet.object(t, "sample"))
                .findFirst()
                .orElseThrow();
    }

    List<Map<String, Object>> types() {
        return list(get("types"), "types");
    }

    Http.Answer offer(String... types) {
        return offer(Map.of(), types);
    }

    Http.Answer offer(Map<String, Object> more, String... types) {
        List<Map<String, Object>> licences = new ArrayList<>();
        for (String type : types) {
            licences.add(Map.of("type", type, "claims", sample(type)));
        }
        Map<String, Object> request = new LinkedHashMap<>(more);
        request.put("licences", licences);
        return post("offers", request);
    }

    /** An offer of one licence of these claims. */
    Http.Answer order(String type, Map<String, Object> claims) {
        return post("offers", Map.of("licences", List.of(Map.of("type", type, "claims", claims))));
    }

    /** The offer object for one licence of each type, fetched by reference. */
    Map<String, Object> offered(String... types) {
        return RawWallet.offer(offer(types).string("link"));
    }

    Http.Answer change(String licence, String act, String reason) {
        return post("licences/" + licence + "/" + act, Map.of("reason", reason));
    }

    List<Map<String, Object>> licences(String query) {
        return list(get("licences" + query), "licences");
    }

    Http.Answer get(String path) {
        return Http.get(city.base() + "/api/" + tenant + "/" + path, "Authorization", "Bearer " + city.clerkToken());
    }

    Http.Answer post(String path, Map<String, ?> json) {
        return Http.postJson(
                city.base() + "/api/" + tenant + "/" + path, json, "Authorization", "Bearer " + city.clerkToken());
    }

    /** The first licence-to-be of an offer as a list of offers tells it. */
    static String firstLicence(Map<String, Object> offer) {
        try {
            return Fields.of(offer).strings("licences").getFirst();
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    /** The licences-to-be of an offer, in the order ordered. */
    static List<String> ordered(Http.Answer offer) {
        try {
            return Fields.of(offer.json()).strings("licences");
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    static List<Map<String, Object>> list(Http.Answer answer, String name) {
        try {
            return Fields.of(answer.json()).objects(name);
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }
}
