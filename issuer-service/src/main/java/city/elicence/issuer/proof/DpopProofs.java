package city.elicence.issuer.proof;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.vault.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks DPoP proofs in the order of RFC 9449 §4.3, always with a nonce of ours (§8, §9). */
public final class DpopProofs {
    /** How old a proof's {@code iat} may be; freshness itself comes from the nonce. */
    private static final Duration OLDEST = Duration.ofMinutes(5);
    /** FAPI 2.0 Security Profile §5.3.2.1: of all JWTs, up to 10 seconds ahead must be taken, more than 60 must not. */
    private static final Duration AHEAD = Duration.ofSeconds(60);

    private static final int MAX_JTI = 256;

    private final ServerNonces nonces;

    public DpopProofs(ServerNonces nonces) {
        this.nonces = nonces;
    }

    /**
     * A request that a proof must match.
     *
     * @param headers every {@code DPoP} header field of the request
     * @param uri the address as the client sees it, without query and fragment
     * @param accessToken the token sent with it, or null at the token endpoint
     */
    public record Expected(
            String tenant,
            List<String> headers,
            String method,
            String uri,
            @Nullable String accessToken) {
        public Expected {
            headers = List.copyOf(headers);
        }
    }

    /** Why a proof does not count. */
    public static final class NotAProof extends Exception {
        private static final long serialVersionUID = 1;
        private final boolean nonceWanted;

        NotAProof(String message, boolean nonceWanted) {
            super(message, null, false, false);
            this.nonceWanted = nonceWanted;
        }

        /** Whether all that is missing is a fresh nonce of ours: {@code use_dpop_nonce}. */
        public boolean nonceWanted() {
            return nonceWanted;
        }
    }

    /** The thumbprint (RFC 7638) of the key that signed the one proof of this request. */
    public String check(Rows rows, Expected expected, Instant now) throws NotAProof {
        if (expected.headers().size() != 1) {
            throw no("expected exactly one DPoP header field");
        }
        try {
            Jws proof = Jws.parse(expected.headers().getFirst());
            EcPublicKey key = signer(proof);
            Fields claims = Fields.of(proof.claims());
            checkClaims(claims, expected, now);
            if (!proof.isInTime(now, AHEAD)) {
                throw no("exp, nbf: expected a proof whose time has come and is not over");
            }
            checkNonce(claims, expected.tenant(), now);
            String jti = claims.string("jti");
            if (jti.isEmpty() || jti.length() > MAX_JTI) {
                throw no("jti: expected 1 to " + MAX_JTI + " characters");
            }
            if (!Spent.firstUse(
                    rows,
                    "dpop",
                    key.thumbprint() + "\n" + expected.uri() + "\n" + jti,
                    now.plus(OLDEST).plus(AHEAD))) {
                throw no("jti: expected a value that was not used before");
            }
            return key.thumbprint();
        } catch (JoseException | JsonException malformed) {
            throw no("expected a DPoP proof: " + malformed.getMessage());
        }
    }

    private static EcPublicKey signer(Jws proof) throws NotAProof, JsonException, JoseException {
        Fields header = Fields.of(proof.header());
        if (!"dpop+jwt".equals(header.optString("typ").orElse(""))) {
            throw no("typ: expected dpop+jwt");
        }
        if (!"ES256".equals(header.optString("alg").orElse(""))) {
            throw no("alg: expected ES256");
        }
        if (header.object("jwk").containsKey("d")) {
            throw no("jwk: expected a public key");
        }
        EcPublicKey key = EcPublicKey.fromJwk(header.object("jwk"));
        if (!proof.verifiedBy(key)) {
            throw no("expected a signature by the key in the header");
        }
        return key;
    }

    private static void checkClaims(Fields claims, Expected expected, Instant now) throws NotAProof, JsonException {
        if (!expected.method().equals(claims.string("htm"))) {
            throw no("htm: expected the method of this request");
        }
        if (!isSamePlace(expected.uri(), withoutQuery(claims.string("htu")))) {
            throw no("htu: expected the address of this endpoint");
        }
        Instant iat = claims.instant("iat");
        if (iat.isBefore(now.minus(OLDEST)) || iat.isAfter(now.plus(AHEAD))) {
            throw no("iat: expected a time within the last " + OLDEST.toMinutes() + " minutes");
        }
        if (expected.accessToken() != null) {
            byte[] hash = Secret.sha256(expected.accessToken().getBytes(StandardCharsets.US_ASCII));
            if (!Base64Url.encode(hash).equals(claims.optString("ath").orElse(""))) {
                throw no("ath: expected the hash of the access token");
            }
        }
    }

    private void checkNonce(Fields claims, String tenant, Instant now) throws NotAProof, JsonException {
        String nonce = claims.optString("nonce").orElse("");
        if (!nonces.isFresh(ServerNonces.Purpose.DPOP, tenant, nonce, now)) {
            throw new NotAProof("nonce: expected the value of the DPoP-Nonce header field", true);
        }
    }

    /** RFC 9449 §4.3: compared after the normalization of RFC 3986 §6.2.2 and §6.2.3, for scheme, host and port. */
    private static boolean isSamePlace(String expected, String found) {
        try {
            URI one = new URI(expected);
            URI other = new URI(found);
            return one.getScheme().equalsIgnoreCase(other.getScheme())
                    && one.getHost().equalsIgnoreCase(other.getHost())
                    && port(one) == port(other)
                    && Objects.equals(one.getRawPath(), other.getRawPath())
                    && other.getRawUserInfo() == null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    /** RFC 9449 §4.3 (9): query and fragment parts are ignored. */
    private static String withoutQuery(String uri) {
        int end = uri.length();
        for (char mark : new char[] {'?', '#'}) {
            int at = uri.indexOf(mark);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        return uri.substring(0, end);
    }

    private static NotAProof no(String text) {
        return new NotAProof(text, false);
    }
}
