package city.elicence.verifier;

import city.elicence.credentials.json.Base64Url;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A licence with a secret in somebody's wallet, shown to one party after another. */
record UsedLicence(TestCity city, String type, TestIssuer.Held held, Map<String, Object> claims) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A check in which it was shown. */
    record Asked(String checkId) {}

    static UsedLicence invoice(TestCity city, long patientPaid) {
        return of(city, TestCity.INVOICE, Map.of("patient_paid", patientPaid, "red_letter", false));
    }

    static UsedLicence voided(TestCity city, long patientPaid) {
        return of(city, TestCity.INVOICE, Map.of("patient_paid", patientPaid, "red_letter", true));
    }

    static UsedLicence confirmation(TestCity city, long amount) {
        return of(city, TestCity.CONFIRMATION, Map.of("amount", amount, "disputed", false));
    }

    static UsedLicence due(TestCity city, long amount) {
        return of(
                city,
                TestCity.CONFIRMATION,
                Map.of(
                        "amount",
                        amount,
                        "disputed",
                        false,
                        "confirmation_number",
                        "QR-" + amount,
                        "buyer_name",
                        "机场",
                        "due_on",
                        "2030-01-01"));
    }

    private static UsedLicence of(TestCity city, String type, Map<String, Object> claims) {
        byte[] secret = new byte[16];
        RANDOM.nextBytes(secret);
        Map<String, Object> all = new LinkedHashMap<>(claims);
        all.put("claim_secret", Base64Url.encode(secret));
        return new UsedLicence(city, type, city.hospital.issue(type, all), all);
    }

    String secret() {
        return String.valueOf(claims.get("claim_secret"));
    }

    Asked showTo(String tenant) {
        return showTo(tenant, type.equals(TestCity.INVOICE) ? "patient_paid" : "amount", "claim_secret");
    }

    /** Shows these claims, and always the flag that may forbid a use. */
    Asked showTo(String tenant, String... asked) {
        return showTo(city.api(), tenant, asked);
    }

    /** The same at another service. */
    Asked showTo(TestApi service, String tenant, String... asked) {
        List<Map<String, Object>> paths = new ArrayList<>();
        List<String> shown = new ArrayList<>(List.of(type.equals(TestCity.INVOICE) ? "red_letter" : "disputed"));
        for (String claim : asked) {
            paths.add(Map.of("path", List.of(claim)));
            shown.add(claim);
        }
        Map<String, Object> dcql = Map.of(
                "credentials",
                List.of(Map.of(
                        "id",
                        "licence",
                        "format",
                        "dc+sd-jwt",
                        "meta",
                        Map.of("vct_values", List.of("type:" + type)),
                        "claims",
                        paths)));
        TestApi.Answer made =
                service.post("/api/checks", Map.of("tenant", tenant, "dcql", dcql, "purpose", "a claim, once"));
        if (made.status() != 201) {
            throw new AssertionError(made.body());
        }
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        RawWallet.respond(request, "licence", RawWallet.present(held, request, shown.toArray(String[]::new)));
        return new Asked(made.string("id"));
    }
}
