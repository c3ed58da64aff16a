package city.elicence.wallet.present;

import city.elicence.credentials.dcql.DcqlQuery;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.json.Base64Url;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request whose sender was proven and whose form was checked; made only by reading one. */
public final class Request {
    private final String clientId;
    private final String nonce;
    private final ReturnAddress returnAddress;
    private final DcqlQuery query;
    private final List<TransactionData> transactions;

    Request(
            String clientId,
            String nonce,
            ReturnAddress returnAddress,
            DcqlQuery query,
            List<TransactionData> transactions) {
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

    DcqlQuery query() {
        return query;
    }

    List<TransactionData> transactions() {
        return transactions;
    }

    /** By which a second answer to the same request is known. */
    String fingerprint() {
        String both = clientId + '\0' + nonce;
        return Base64Url.encode(Sha256.of(both.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "Request[" + clientId + "]";
    }
}
