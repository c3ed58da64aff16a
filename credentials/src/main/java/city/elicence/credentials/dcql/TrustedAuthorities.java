package city.elicence.credentials.dcql;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Authorities of which one should stand behind the credential (OpenID4VP 1.0 §6.1.1). Of the types only {@code aki} is
 * understood; a credential never matches by another.
 */
public record TrustedAuthorities(String type, List<String> values) {
    /** §6.1.1.1: the key identifier of an AuthorityKeyIdentifier in the credential's certificates. */
    public static final String AKI = "aki";

    public TrustedAuthorities {
        values = List.copyOf(values);
    }

    static TrustedAuthorities parse(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json);
        return new TrustedAuthorities(
                fields.string("type"), Limits.size("trusted_authorities.values", fields.strings("values")));
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type);
        json.put("values", values);
        return json;
    }

    boolean fits(HeldCredential credential) {
        return type.equals(AKI) && values.stream().anyMatch(credential.authorityKeyIds()::contains);
    }
}
