package city.elicence.company.dossier;

import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document as it is kept: the credential, the key that it is bound to, and who issued it.
 *
 * @param issuer the issuer's DID, null for a stranger
 * @param name what it is called, by language
 */
public record Document(
        SdJwt credential, SoftwareKey key, @Nullable String issuer, Map<String, Object> name) {
    String text() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("credential", credential.serialize());
        json.put("key", key.toPrivateJwk());
        json.put("name", name);
        if (issuer != null) {
            json.put("issuer", issuer);
        }
        return Json.write(json);
    }

    static Document read(String text) {
        try {
            Fields fields = Fields.parse(text);
            return new Document(
                    SdJwt.parse(fields.string("credential")),
                    SoftwareKey.fromJwk(fields.object("key")),
                    fields.optString("issuer").orElse(null),
                    fields.object("name"));
        } catch (JsonException | JoseException | SdJwtException unreadable) {
            throw new IllegalStateException("a document of the dossier cannot be read", unreadable);
        }
    }

    SigningKey signingKey() {
        return key;
    }

    /** Never the contents. */
    @Override
    public String toString() {
        return "Document";
    }
}
