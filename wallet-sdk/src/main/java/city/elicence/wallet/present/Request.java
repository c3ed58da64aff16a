package city.elicence.wallet.present;

import city.elicence.credentials.dcql.DcqlQuery;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.Hex;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.jose.Suites;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request whose sender was proven and whose form was checked; made only by reading one. */
public final class Request {
    private final String clientId;
    private final String nonce;
    private final ReturnAddress returnAddress;
    private final DcqlQuery query;
    private final Algorithms algorithms;
    private final List<TransactionData> transactions;

    Request(
            String clientId,
            String nonce,
            ReturnAddress returnAddress,
            DcqlQuery query,
            Algorithms algorithms,
            List<TransactionData> transactions) {
        this.algorithms = algorithms;
        this.clientId = clientId;
        this.nonce = nonce;
        this.returnAddress = returnAddress;
        this.query = query;
        this.transactions = List.copyOf(transactions);
    }

    /**
     * Where the answer goes, and how.
     *
     * @param state to be sent back as it came, null where there was none
     * @param recipient the key to encrypt for, null for {@code direct_post}
     */
    record ReturnAddress(
            URI uri, @Nullable String state, @Nullable Recipient recipient) {}

    /** Section 8.3: the verifier's key for this one answer. */
    record Recipient(EcPublicKey key, @Nullable String keyId, String enc) {}

    String clientId() {
        return clientId;
    }

    String nonce() {
        return nonce;
    }

    ReturnAddress returnAddress() {
        return returnAddress;
    }

    /**
     * By which the verifier takes SD-JWT VCs and the key binding JWTs with them (annex B.3.4).
     *
     * @param issuers null where it does not say
     * @param holders null where it does not say
     */
    record Algorithms(
            @Nullable List<String> issuers, @Nullable List<String> holders) {
        /** Whether it takes what was signed so; an mdoc, which has no such algorithm, in any case. */
        boolean allow(Optional<String> issuer, @Nullable EcPublicKey holder) {
            return !issuer.isPresent()
                    || ((issuers == null || issuers.contains(issuer.get()))
                            && (holder == null
                                    || holders == null
                                    || holders.contains(holder.suite().algorithm())));
        }

        boolean haveOneOf(Suites suites) {
            return (issuers == null || suites.algorithms().stream().anyMatch(issuers::contains))
                    && (holders == null || suites.algorithms().stream().anyMatch(holders::contains));
        }
    }

    Algorithms algorithms() {
        return algorithms;
    }

    DcqlQuery query() {
        return query;
    }

    List<TransactionData> transactions() {
        return transactions;
    }

    /** By which a second answer to the same request is known. */
    String fingerprint() {
        String both = clientId + '\0' + nonce;
        return Hex.encode(Sha256.of(both.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "Request[" + clientId + "]";
    }
}
