package city.elicence.credentials.sdjwt;

import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.ClaimPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An SD-JWT or SD-JWT+KB (RFC 9901 §4) in compact form, as parsed: an issuer-signed JWT, disclosures, perhaps a key binding JWT.
 * Nothing in it is true until its signature was verified and {@link #process} has put the disclosures in their places.
 */
public final class SdJwt {
    public static final int MAX_LENGTH = Jws.MAX_LENGTH;
    public static final int MAX_DISCLOSURES = 512;

    private final Jws issuerJwt;
    private @Nullable Map<String, Object> payload;
    private final List<Disclosure> disclosures;
    private final @Nullable Jws keyBinding;
    private final Suites taken;

    private SdJwt(
            Jws issuerJwt,
            @Nullable Map<String, Object> payload,
            List<Disclosure> disclosures,
            @Nullable Jws keyBinding,
            Suites taken) {
        this.taken = taken;
        this.issuerJwt = issuerJwt;
        this.payload = payload;
        this.disclosures = Collections.unmodifiableList(disclosures);
        this.keyBinding = keyBinding;
    }

    /** Parses one whose hash and holder's key are to be those of ES256; see {@link #parse(String, Suites)}. */
    public static SdJwt parse(String compact) throws SdJwtException {
        return parse(compact, Suites.ES256_ALONE);
    }

    /** Parses one whose hash and holder's key may be those of any of these suites. */
    public static SdJwt parse(String compact, Suites taken) throws SdJwtException {
        if (compact.length() > MAX_LENGTH) {
            throw malformed("expected at most " + MAX_LENGTH + " characters", null);
        }
        int tilde = compact.indexOf('~');
        if (tilde < 0) {
            throw malformed("expected a tilde after the issuer-signed JWT", null);
        }
        List<Disclosure> disclosures = new ArrayList<>();
        int start = tilde + 1;
        for (int next = compact.indexOf('~', start); next >= 0; next = compact.indexOf('~', start)) {
            if (disclosures.size() == MAX_DISCLOSURES) {
                throw malformed("expected at most " + MAX_DISCLOSURES + " disclosures", null);
            }
            disclosures.add(Disclosure.parse(compact.substring(start, next)));
            start = next + 1;
        }
        String last = compact.substring(start);
        return of(compact.substring(0, tilde), disclosures, last.isEmpty() ? null : last, taken);
    }

    /** As issued here. */
    static SdJwt issued(Jws issuerJwt, List<Disclosure> disclosures, Suites taken) {
        return new SdJwt(issuerJwt, null, disclosures, null, taken);
    }

    private static SdJwt of(String issuerJwt, List<Disclosure> disclosures, @Nullable String keyBinding, Suites taken)
            throws SdJwtException {
        try {
            Jws jws = Jws.parse(issuerJwt);
            return new SdJwt(jws, jws.claims(), disclosures, keyBinding == null ? null : Jws.parse(keyBinding), taken);
        } catch (JoseException e) {
            throw malformed("expected JWT~disclosures~[KB-JWT]: " + e.getMessage(), e);
        }
    }

    public Jws issuerJwt() {
        return issuerJwt;
    }

    /** The payload as the issuer signed it, digests and all. */
    public Map<String, Object> payload() {
        // Read when first asked for, where it was not parsed but made here: an issuer seldom looks again.
        Map<String, Object> known = payload;
        if (known == null) {
            try {
                known = issuerJwt.claims();
            } catch (JoseException e) {
                throw new IllegalStateException("what was signed here is a JSON object within the limits", e);
            }
            payload = known;
        }
        return known;
    }

    public List<Disclosure> disclosures() {
        return disclosures;
    }

    /** The key binding JWT in compact form. */
    public Optional<String> keyBinding() {
        return keyBinding == null ? Optional.empty() : Optional.of(keyBinding.compact());
    }

    /** By which its hash and its holder's key are read. */
    public Suites taken() {
        return taken;
    }

    Optional<Jws> keyBindingJws() {
        return Optional.ofNullable(keyBinding);
    }

    /** The hash algorithm of digests and of {@code sd_hash}. */
    public HashAlgorithm hashAlgorithm() throws SdJwtException {
        return Disclosing.algorithm(payload(), taken);
    }

    /** The claims, by RFC 9901 §7.1 steps 3 to 5. It does not look at the signature: that comes first, and elsewhere. */
    public DisclosedClaims process() throws SdJwtException {
        return Disclosing.process(payload(), disclosures, taken);
    }

    /**
     * What a holder shows (§7.2): the disclosures that lead to the given paths or lie below them, and no others; no key binding. The
     * paths are those of the claims with everything in this SD-JWT disclosed.
     */
    public SdJwt present(Collection<ClaimPath> paths) throws SdJwtException {
        List<Disclosure> chosen = new ArrayList<>();
        for (Map.Entry<ClaimPath, Disclosure> place : process().places().entrySet()) {
            if (paths.stream().anyMatch(path -> path.overlaps(place.getKey()))) {
                chosen.add(place.getValue());
            }
        }
        return new SdJwt(issuerJwt, payload, chosen, null, taken);
    }

    /** This SD-JWT as an SD-JWT+KB; {@link KeyBinding#sign} makes the key binding JWT. */
    SdJwt with(Jws keyBindingJwt) {
        return new SdJwt(issuerJwt, payload, disclosures, keyBindingJwt, taken);
    }

    /** This SD-JWT without key binding. */
    public SdJwt withoutKeyBinding() {
        return new SdJwt(issuerJwt, payload, disclosures, null, taken);
    }

    /** The text that {@code sd_hash} covers (§4.3.1): everything up to and including the last tilde. */
    public String boundText() {
        StringBuilder text = new StringBuilder(issuerJwt.compact()).append('~');
        for (Disclosure disclosure : disclosures) {
            text.append(disclosure.encoded()).append('~');
        }
        return text.toString();
    }

    /** The compact form, byte for byte as parsed. */
    public String serialize() {
        return keyBinding == null ? boundText() : boundText() + keyBinding.compact();
    }

    /** Never the contents: they are personal data. */
    @Override
    public String toString() {
        return "SdJwt[" + disclosures.size() + " disclosures" + (keyBinding == null ? "]" : ", key binding]");
    }

    private static SdJwtException malformed(String message, @Nullable Exception cause) {
        return cause == null
                ? new SdJwtException(SdJwtProblem.MALFORMED, message)
                : new SdJwtException(SdJwtProblem.MALFORMED, message, cause);
    }
}
