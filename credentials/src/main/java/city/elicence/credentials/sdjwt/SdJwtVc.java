package city.elicence.credentials.sdjwt;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What SD-JWT VC adds to SD-JWT: the type {@code dc+sd-jwt}, the claims that every credential may have, and those that a holder
 * must not be able to withhold (§2.2.2.2). The claims are read from the processed payload, so {@code iat} may be disclosed.
 */
public final class SdJwtVc {
    public static final String TYPE = "dc+sd-jwt";

    /** Claims that are never selectively disclosable. */
    public static final Set<String> NEVER_SELECTIVE = Collections.unmodifiableSet(
            new LinkedHashSet<>(Arrays.asList("iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status")));

    private final DisclosedClaims disclosed;
    private final Suites taken;
    private final Fields fields;
    private final String vct;

    private SdJwtVc(DisclosedClaims disclosed, Suites taken) throws JsonException {
        this.disclosed = disclosed;
        this.taken = taken;
        this.fields = Fields.of(disclosed.claims());
        requireForm(fields);
        this.vct = fields.string("vct");
    }

    /** Reads and checks form; the signature is still to verify. */
    public static SdJwtVc of(SdJwt sdJwt) throws SdJwtException {
        requireForm(sdJwt);
        DisclosedClaims disclosed = sdJwt.process();
        for (String claim : NEVER_SELECTIVE) {
            if (disclosed.claims().containsKey(claim) && !sdJwt.payload().containsKey(claim)) {
                throw new SdJwtException(
                        SdJwtProblem.PROTECTED_CLAIM, claim + ": expected in the clear, found in a disclosure");
            }
        }
        try {
            return new SdJwtVc(disclosed, sdJwt.taken());
        } catch (JsonException e) {
            throw new SdJwtException(SdJwtProblem.NOT_A_CREDENTIAL, String.valueOf(e.getMessage()), e);
        }
    }

    /** Issues a credential: {@code typ} and {@code x5c} in the header; refuses a frame that hides what must be seen. */
    public static SdJwt issue(SdJwtIssuer issuer, CertificateChain chain, Map<String, Object> claims, Frame frame) {
        for (String claim : NEVER_SELECTIVE) {
            if (frame.hides(claim)) {
                throw new IllegalArgumentException(claim + ": a credential cannot hide it");
            }
        }
        if (!(claims.get("vct") instanceof String)) {
            throw new IllegalArgumentException("vct: a credential has a type");
        }
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", TYPE);
        header.put("x5c", chain.toX5c());
        return issuer.issue(header, claims, frame);
    }

    /** §2.2.1: {@code typ} MUST be {@code dc+sd-jwt}; and of what the issuer signed in the clear, each claim has its form. */
    public static void requireForm(SdJwt sdJwt) throws SdJwtException {
        if (!TYPE.equals(sdJwt.issuerJwt().type().orElse(""))) {
            throw new SdJwtException(SdJwtProblem.NOT_A_CREDENTIAL, "typ: expected " + TYPE);
        }
        try {
            requireForm(Fields.of(sdJwt.payload()));
        } catch (JsonException e) {
            throw new SdJwtException(SdJwtProblem.NOT_A_CREDENTIAL, String.valueOf(e.getMessage()), e);
        }
    }

    /** A time that the issuer signed in the clear, of an SD-JWT whose form was checked. */
    public static Optional<Instant> signedTime(SdJwt sdJwt, String claim) {
        try {
            return Fields.of(sdJwt.payload()).optInstant(claim);
        } catch (JsonException e) {
            throw new IllegalStateException("checked when read", e);
        }
    }

    private static void requireForm(Fields fields) throws JsonException {
        fields.string("vct");
        fields.optString("iss");
        fields.optString("sub");
        fields.optInstant("iat");
        fields.optInstant("nbf");
        fields.optInstant("exp");
        fields.optObject("status");
        fields.optObject("cnf");
    }

    public DisclosedClaims disclosed() {
        return disclosed;
    }

    public Map<String, Object> claims() {
        return disclosed.claims();
    }

    public String vct() {
        return vct;
    }

    /** For display and for matching; trust never rests on it. */
    public Optional<String> issuer() {
        return text("iss");
    }

    public Optional<Instant> issuedAt() {
        return instant("iat");
    }

    public Optional<Instant> notBefore() {
        return instant("nbf");
    }

    public Optional<Instant> expires() {
        return instant("exp");
    }

    /** The {@code status} claim as it stands. */
    public Optional<Map<String, Object>> status() {
        try {
            return fields.optObject("status");
        } catch (JsonException e) {
            throw new IllegalStateException("checked when read", e);
        }
    }

    /** The holder's key, {@code cnf.jwk} (RFC 7800 §3.2); empty when the credential is bound to nobody. */
    public Optional<EcPublicKey> holderKey() throws SdJwtException {
        try {
            Optional<Map<String, Object>> cnf = fields.optObject("cnf");
            return cnf.isPresent()
                    ? Optional.of(EcPublicKey.fromJwk(Fields.of(cnf.get()).object("jwk"), taken))
                    : Optional.empty();
        } catch (JsonException | JoseException e) {
            throw new SdJwtException(
                    SdJwtProblem.NOT_A_CREDENTIAL, "cnf: expected jwk, a key on the curve of " + taken, e);
        }
    }

    private Optional<String> text(String name) {
        return claims().get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private Optional<Instant> instant(String name) {
        try {
            return fields.optInstant(name);
        } catch (JsonException e) {
            throw new IllegalStateException("checked when read", e);
        }
    }
}
