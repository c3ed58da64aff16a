package city.elicence.credentials.sdjwt;

import city.elicence.credentials.json.ClaimPath;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The Processed SD-JWT Payload (RFC 9901 §7.1): the claims with the disclosures put in their places, and for each disclosure the
 * path at which it stands. An outer disclosure comes before those inside it.
 */
public record DisclosedClaims(Map<String, Object> claims, Map<ClaimPath, Disclosure> places) {
    public DisclosedClaims {
        places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
    }

    /** Never the claims: they are personal data. */
    @Override
    public String toString() {
        return "DisclosedClaims" + places.keySet();
    }
}
