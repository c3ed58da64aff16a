package city.elicence.credentials.verify.mandate;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.sdjwt.Frame;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.sdjwt.SdJwtIssuer;
import city.elicence.credentials.sdjwt.SdJwtVc;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The form of what is signed by a holder's key instead of an issuer's certificate: the JWS header {@code chain} carries the credential
 * that the key is bound to, an SD-JWT without key binding. {@code docs/mandates.md} describes it.
 */
public final class Mandates {
    /** The header that takes the place of {@code x5c}. */
    public static final String CHAIN = "chain";

    /** The type, in the catalogue, of a mandate. */
    public static final String MANDATE = "employee-mandate";

    /** The type, in the catalogue, of what a company's own key is bound to. */
    public static final String LICENCE = "business-licence";

    /** The {@code transaction_data} type by which a verifier names the act that people are to sign for. */
    public static final String ACT = "urn:elicence:company-act";

    /** In the key binding of a mandate: the digest of what the company shows beside it. */
    public static final String SHOWN_WITH = "shown_with";

    /** Credentials in a chain at most, the business licence included. */
    public static final int MOST_LINKS = 3;

    private Mandates() {}

    /** A mandate, signed by the key that {@code parent} is bound to. */
    public static SdJwt issue(
            SigningKey key, SdJwt parent, Map<String, Object> claims, Frame frame, SecureRandom random) {
        return new SdJwtIssuer(key, random).issue(header(SdJwtVc.TYPE, parent), claims, frame);
    }

    /** A statement of the company that is no credential: a consent, a receipt. */
    public static String sign(String type, SigningKey key, SdJwt licence, Map<String, Object> claims) {
        return Jws.sign(header(type, licence), claims, key);
    }

    private static Map<String, Object> header(String type, SdJwt parent) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", type);
        header.put(CHAIN, parent.withoutKeyBinding().serialize());
        return header;
    }

    public static boolean isChained(Jws jws) {
        return jws.header().get(CHAIN) instanceof String;
    }

    /** The credential that the signing key is bound to, believing nothing of it; empty where there is none. */
    public static Optional<SdJwt> parent(Jws jws) throws SdJwtException {
        return jws.header().get(CHAIN) instanceof String text ? Optional.of(SdJwt.parse(text)) : Optional.empty();
    }

    /** The chain from a JWS to what is signed by certificate, that one last; cut off where it is longer than is ever accepted. */
    public static List<SdJwt> chain(Jws jws) throws SdJwtException {
        List<SdJwt> chain = new ArrayList<>();
        Optional<SdJwt> parent = parent(jws);
        while (parent.isPresent() && chain.size() <= MOST_LINKS) {
            chain.add(parent.get());
            parent = parent(parent.get().issuerJwt());
        }
        return chain;
    }

    /** What a person who signs with a mandate signs beside the act: everything that the company shows with it. */
    public static String shownWith(Collection<SdJwt> others) {
        List<String> texts = new ArrayList<>();
        for (SdJwt other : others) {
            texts.add(other.boundText());
        }
        Collections.sort(texts);
        return Base64Url.encode(Sha256.of(String.join("\n", texts).getBytes(StandardCharsets.US_ASCII)));
    }
}
