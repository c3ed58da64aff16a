package city.elicence.verifier.receipt;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.verify.Expectation;
import city.elicence.credentials.verify.Presentation;
import city.elicence.credentials.verify.PresentationVerifier;
import city.elicence.credentials.verify.Verdict;
import city.elicence.verifier.secret.RandomText;
import city.elicence.verifier.tenant.SigningKeys;
import city.elicence.verifier.tenant.Tenant;
import city.elicence.verifier.trust.CurrentTrust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a company's dossier by reference, and verifies each presentation that comes. Nothing of it is kept here. */
public final class DossierAsking {
    private static final String TYPE = "dossier-query+jwt";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final PresentationVerifier verifier;
    private final ShownDocuments shown;
    private final SigningKeys keys;
    private final CurrentTrust trust;
    private final Clock clock;

    public DossierAsking(ShownDocuments shown, SigningKeys keys, CurrentTrust trust, Clock clock) {
        this.verifier = new PresentationVerifier((key, until, now) -> true, trust.suites());
        this.shown = shown;
        this.keys = keys;
        this.trust = trust;
        this.clock = clock;
    }

    /** One document: its verdict, and its claims where it was accepted. */
    List<Map<String, Object>> ask(Tenant tenant, URI dossier, String reference) throws IOException {
        String nonce = RandomText.of128Bits();
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", TYPE);
        header.put("x5c", tenant.chain().toX5c());
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", dossier.toString());
        claims.put("iat", clock.instant().getEpochSecond());
        claims.put("nonce", nonce);
        claims.put("reference", reference);
        String query = Jws.sign(header, claims, keys.of(tenant.name()).orElseThrow());
        List<Map<String, Object>> documents = new ArrayList<>();
        for (String presentation : presentations(dossier, query)) {
            documents.add(document(tenant, nonce, presentation));
        }
        return documents;
    }

    private Map<String, Object> document(Tenant tenant, String nonce, String presentation) {
        Instant now = clock.instant();
        Expectation expectation =
                Expectation.online(nonce, tenant.did().value()).askedBy(tenant.did(), List.of());
        Verdict verdict = trust.withFreshStatus(
                Presentation.of(presentation),
                (view, lists) ->
                        verifier.verify(Presentation.of(presentation).withStatusTokens(lists), expectation, view, now));
        Map<String, Object> json = new LinkedHashMap<>();
        switch (verdict) {
            case Verdict.Accepted accepted -> {
                json.put("outcome", "accepted");
                shown.note(tenant.name(), nonce, presentation);
                json.put("type", accepted.credential().type().id());
                json.put("issuer", accepted.credential().issuer().did().value());
                json.put("claims", accepted.credential().claims());
            }
            case Verdict.Refused refused -> {
                json.put("outcome", "refused");
                json.put("code", refused.refusal().code());
                json.put("detail", refused.detail());
            }
        }
        return json;
    }

    /** None where the dossier says that there is nothing for this party. */
    private List<String> presentations(URI dossier, String query) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(dossier)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(Map.of("query", query))))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 404) {
                return List.of();
            }
            if (answer.statusCode() != 200 || answer.body().length() > MOST_BYTES) {
                throw new IOException("the dossier answered " + answer.statusCode());
            }
            return Fields.parse(answer.body()).strings("presentations");
        } catch (JsonException unreadable) {
            throw new IOException("the dossier's answer cannot be read", unreadable);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
