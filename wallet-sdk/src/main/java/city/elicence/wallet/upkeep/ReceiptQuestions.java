package city.elicence.wallet.upkeep;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.merkle.Receipt;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.TrustView;
import city.elicence.wallet.http.Exchange;
import city.elicence.wallet.http.SafeUri;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.port.HttpReply;
import city.elicence.wallet.store.Copy;
import city.elicence.wallet.store.HeldLicence;
import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks an issuer for the proof that a copy's digest is in its log, and believes only what the ledger has anchored. */
final class ReceiptQuestions {
    private final Supplier<TrustView> trust;
    private final Exchange exchange;

    ReceiptQuestions(Supplier<TrustView> trust, Exchange exchange) {
        this.trust = trust;
        this.exchange = exchange;
    }

    /** Null where none came that can be believed, or none is needed. */
    @Nullable
    Receipt ask(HeldLicence licence, Copy copy) throws RefusedException {
        URI endpoint = SafeUri.of(licence.receiptEndpoint());
        String did = licence.issuer().did();
        if (endpoint == null || did == null || copy.receipt() != null) {
            return null;
        }
        byte[] digest = copy.signedDigest();
        Receipt receipt = fetched(endpoint, digest);
        boolean believed = receipt != null && receipt.log().equals(did) && receipt.proves(digest) && anchored(receipt);
        return believed ? receipt : null;
    }

    private @Nullable Receipt fetched(URI endpoint, byte[] digest) {
        String body = Json.write(Map.of("digest", Base64Url.encode(digest)));
        try {
            HttpReply reply = exchange.post(endpoint, "application/json", body, Map.of());
            return reply.ok() ? Receipt.fromJson(Json.parseObject(reply.body())) : null;
        } catch (RefusedException | JsonException e) {
            return null;
        }
    }

    /** The head that the receipt leads to is the one that the ledger has for that size. */
    private boolean anchored(Receipt receipt) {
        try {
            LogHead head = trust.get()
                    .logHead(Did.parse(receipt.log()), receipt.size())
                    .orElse(null);
            return head != null && head.root().equals(receipt.root().toBase64Url());
        } catch (JsonException e) {
            return false;
        }
    }
}
