package city.elicence.wallet.store;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.merkle.Receipt;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of the copies of a licence: the same claims, signed apart, bound to a key of its own.
 *
 * @param keyAlias the holder's key, empty where the licence is bound to none
 * @param shownAt when a verifier first saw it, null while none has
 * @param receipt the proof that its digest is anchored, null while there is none
 */
public record Copy(
        String sdJwt,
        String keyAlias,
        @Nullable Instant shownAt,
        @Nullable Receipt receipt) {
    public boolean bound() {
        return !keyAlias.isEmpty();
    }

    public Copy shown(Instant at) {
        return shownAt != null ? this : new Copy(sdJwt, keyAlias, at, receipt);
    }

    public Copy anchoredBy(Receipt proof) {
        return new Copy(sdJwt, keyAlias, shownAt, proof);
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sd_jwt", sdJwt);
        json.put("key", keyAlias);
        if (shownAt != null) {
            json.put("shown", shownAt.toString());
        }
        if (receipt != null) {
            json.put("receipt", receipt.toJson());
        }
        return json;
    }

    static Copy fromJson(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json);
        Optional<Map<String, Object>> receipt = fields.optObject("receipt");
        return new Copy(
                fields.string("sd_jwt"),
                fields.string("key"),
                fields.optTime("shown").orElse(null),
                receipt.isPresent() ? Receipt.fromJson(receipt.get()) : null);
    }

    /** Never the contents. */
    @Override
    public String toString() {
        return "Copy[" + keyAlias + "]";
    }
}
