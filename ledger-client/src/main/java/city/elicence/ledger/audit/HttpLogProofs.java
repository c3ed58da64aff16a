package city.elicence.ledger.audit;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.merkle.MerkleHash;
import city.elicence.credentials.trust.Did;
import java.io.IOException;
import java.io.InputStream;
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

/** Asks issuer services for consistency proofs, at {@code BASE/logs/DID/consistency}. */
final class HttpLogProofs implements LogProofs, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MAX_REPLY_BYTES = 64 * 1024;

    private final List<URI> bases;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    HttpLogProofs(List<URI> bases) {
        this.bases = List.copyOf(bases);
    }

    /** The first answer counts: who gives a wrong one is found by it. No answer is no proof. */
    @Override
    public Optional<List<MerkleHash>> consistency(Did issuer, long first, long second) {
        String path = "/logs/" + URLEncoder.encode(issuer.value(), StandardCharsets.UTF_8) + "/consistency?first="
                + first + "&second=" + second;
        for (URI base : bases) {
            Optional<List<MerkleHash>> proof = ask(URI.create(base.toString().replaceAll("/+$", "") + path));
            if (proof.isPresent()) {
                return proof;
            }
        }
        return Optional.empty();
    }

    private Optional<List<MerkleHash>> ask(URI uri) {
        try {
            HttpResponse<InputStream> response = http.send(
                    HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(MAX_REPLY_BYTES + 1);
                if (response.statusCode() != 200 || bytes.length > MAX_REPLY_BYTES) {
                    return Optional.empty();
                }
                List<MerkleHash> proof = new ArrayList<>();
                for (String hash :
                        Fields.parse(new String(bytes, StandardCharsets.UTF_8)).strings("proof")) {
                    proof.add(MerkleHash.fromBase64Url(hash));
                }
                return Optional.of(proof);
            }
        } catch (IOException | JsonException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
