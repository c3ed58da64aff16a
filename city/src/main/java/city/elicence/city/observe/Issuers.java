package city.elicence.city.observe;

import city.elicence.credentials.did.DidDocument;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.merkle.MerkleHash;
import city.elicence.credentials.trust.Did;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerReader;
import city.elicence.ledger.audit.LogProofs;
import city.elicence.ledger.view.LedgerView;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What issuers answer over HTTP. Where they are stands on the ledger: a log is served by the service that serves its issuer's status
 * lists, or, where it has none, by the service that its DID document names.
 */
final class Issuers implements LogProofs, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();
    private final LedgerReader ledger;
    private final Supplier<LedgerView> view;

    Issuers(LedgerReader ledger, Supplier<LedgerView> view) {
        this.ledger = ledger;
        this.view = view;
    }

    @Override
    public Optional<List<MerkleHash>> consistency(Did issuer, long first, long second) {
        return service(issuer)
                .flatMap(service -> proof(URI.create(service + "/logs/"
                        + URLEncoder.encode(issuer.value(), StandardCharsets.UTF_8) + "/consistency?first=" + first
                        + "&second=" + second)));
    }

    private Optional<String> service(Did issuer) {
        List<URI> lists = view.get().statusLists(issuer);
        if (!lists.isEmpty()) {
            return Optional.of(lists.getFirst().toString().replaceFirst("/[^/]+/status/[^/]*$", ""));
        }
        try {
            return ledger.document(issuer)
                    .map(DidDocument::log)
                    .map(base -> base.toString().replaceFirst("/$", ""));
        } catch (LedgerException notNow) {
            return Optional.empty();
        }
    }

    private Optional<List<MerkleHash>> proof(URI log) {
        try {
            List<MerkleHash> proof = new ArrayList<>();
            Optional<String> answer = get(log);
            if (answer.isEmpty()) {
                return Optional.empty();
            }
            for (String hash : Fields.parse(answer.get()).strings("proof")) {
                proof.add(MerkleHash.fromBase64Url(hash));
            }
            return Optional.of(proof);
        } catch (JsonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The body at an address, or nothing when there is none to get now. */
    Optional<String> get(URI address) {
        HttpRequest request = HttpRequest.newBuilder(address).GET().build();
        // The client's own timeout ends with the headers; a body may then come by a byte a minute.
        CompletableFuture<HttpResponse<String>> exchange = http.sendAsync(
                request,
                HttpResponse.BodyHandlers.limiting(
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_BYTES));
        try {
            HttpResponse<String> answer = exchange.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            exchange.cancel(true);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
