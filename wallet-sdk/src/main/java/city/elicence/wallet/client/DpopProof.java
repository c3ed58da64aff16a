package city.elicence.wallet.client;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.json.Base64Url;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A DPoP proof, RFC 9449 section 4.2: this request, by this key, now. */
final class DpopProof {
    private DpopProof() {}

    static String of(
            SigningKey key, String method, URI uri, Instant now, @Nullable String nonce, @Nullable String accessToken) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", "dpop+jwt");
        header.put("jwk", key.publicKey().toJwk());
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", RandomText.of(16));
        claims.put("htm", method);
        claims.put("htu", withoutQuery(uri));
        claims.put("iat", now.getEpochSecond());
        if (nonce != null) {
            claims.put("nonce", nonce);
        }
        if (accessToken != null) {
            claims.put("ath", Base64Url.encode(Sha256.of(accessToken.getBytes(StandardCharsets.US_ASCII))));
        }
        return Jws.sign(header, claims, key);
    }

    /** {@code htu} is the address without query and fragment. */
    private static String withoutQuery(URI uri) {
        String text = uri.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
    }
}
