package city.elicence.credentials.sdjwt;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Json;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes SD-JWTs (RFC 9901 §4): hides what the frame says, signs the rest. Digests are of the key's suite, salts 128 random bits (§9.3). */
public final class SdJwtIssuer {
    private static final int SALT_BYTES = 16;
    private static final int DIGEST_BYTES = 32;

    private final SigningKey key;
    private final HashAlgorithm hash;
    private final SecureRandom random;

    public SdJwtIssuer(SigningKey key, SecureRandom random) {
        this.key = key;
        this.hash = HashAlgorithm.of(key.suite());
        this.random = random;
    }

    /** Signs the claims; {@code header} is what the profile wants: typ, x5c. */
    public SdJwt issue(Map<String, Object> header, Map<String, Object> claims, Frame frame) {
        List<Disclosure> disclosures = new ArrayList<>();
        Map<String, Object> payload = new LinkedHashMap<>(object(claims, frame, disclosures, 1));
        // §4.1.1: without it sd_hash would be SHA-256, whatever the suite.
        if (!disclosures.isEmpty() || hash != HashAlgorithm.SHA_256) {
            payload.put("_sd_alg", hash.sdAlg());
        }
        SdJwt issued = SdJwt.issued(Jws.signed(header, Json.write(payload), key), disclosures, Suites.and(key.suite()));
        if (disclosures.size() > SdJwt.MAX_DISCLOSURES || issued.serialize().length() > SdJwt.MAX_LENGTH) {
            throw new IllegalArgumentException("claims too large to issue");
        }
        return issued;
    }

    private Map<String, Object> object(Map<?, ?> claims, Frame frame, List<Disclosure> disclosures, int depth) {
        Map<String, Object> signed = new LinkedHashMap<>();
        List<String> digests = new ArrayList<>();
        for (Map.Entry<?, ?> claim : claims.entrySet()) {
            String name = (String) claim.getKey();
            if (Disclosure.isReserved(name) || "_sd_alg".equals(name)) {
                throw new IllegalArgumentException("a claim cannot be named " + name);
            }
            Frame below = frame.at(name);
            Object value = value(claim.getValue(), below, disclosures, depth);
            if (below.isDisclosable()) {
                digests.add(hide(Disclosure.ofProperty(salt(), name, value), disclosures));
            } else {
                put(signed, name, value);
            }
        }
        if (!digests.isEmpty()) {
            for (int i = 0; i < frame.decoys(); i++) {
                digests.add(decoy());
            }
            // §4.2.4.1: the order must not tell the order of the claims.
            Collections.sort(digests);
            signed.put("_sd", digests);
        }
        return signed;
    }

    private List<@Nullable Object> array(List<?> elements, Frame frame, List<Disclosure> disclosures, int depth) {
        List<@Nullable Object> signed = new ArrayList<>();
        boolean hidden = false;
        for (int i = 0; i < elements.size(); i++) {
            Frame below = frame.at((long) i);
            Object value = value(elements.get(i), below, disclosures, depth);
            if (below.isDisclosable()) {
                signed.add(Map.of("...", hide(Disclosure.ofElement(salt(), value), disclosures)));
                hidden = true;
            } else {
                signed.add(value);
            }
        }
        for (int i = 0; hidden && i < frame.decoys(); i++) {
            signed.add(random.nextInt(signed.size() + 1), Map.of("...", decoy()));
        }
        return signed;
    }

    private @Nullable Object value(@Nullable Object value, Frame frame, List<Disclosure> disclosures, int depth) {
        if (depth >= Json.MAX_DEPTH) {
            throw new IllegalArgumentException("claims nested more than " + Json.MAX_DEPTH + " deep");
        }
        if (value instanceof Map<?, ?> map) {
            return object(map, frame, disclosures, depth + 1);
        }
        return value instanceof List<?> list ? array(list, frame, disclosures, depth + 1) : value;
    }

    private String hide(Disclosure disclosure, List<Disclosure> disclosures) {
        disclosures.add(disclosure);
        return disclosure.digest(hash);
    }

    @SuppressWarnings("NullAway") // JSON null is a value
    private static void put(Map<String, Object> object, String name, @Nullable Object value) {
        object.put(name, value);
    }

    private String salt() {
        return random(SALT_BYTES);
    }

    /** §4.2.5: the digest of something random cannot be told from the digest of a disclosure. */
    private String decoy() {
        return hash.digest(random(DIGEST_BYTES));
    }

    private String random(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Base64Url.encode(bytes);
    }
}
