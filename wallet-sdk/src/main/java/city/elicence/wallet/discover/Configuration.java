package city.elicence.wallet.discover;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.outcome.Words;
import city.elicence.wallet.store.CardLook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code credential_configurations_supported}.
 *
 * @param vct the {@code vct}, or the {@code doctype} of an mdoc
 * @param bound false where the issuer binds this licence to no key
 * @param jwtProof true where a signed proof by ES256 is taken
 * @param attestationProof true where a key attestation alone is taken
 * @param attestationRequired true where keys must come with an attestation
 */
public record Configuration(
        String id,
        String formatIdentifier,
        String vct,
        @Nullable String scope,
        boolean bound,
        boolean jwtProof,
        boolean attestationProof,
        boolean attestationRequired,
        Words name,
        CardLook look,
        Map<ClaimPath, Words> labels) {
    public Configuration {
        labels = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** Whether this wallet can receive it: the format is known, and so is a way to bind it to a key. */
    public boolean receivable() {
        if (!format().isPresent() || vct.isEmpty()) {
            return false;
        }
        // A mobile document without a key of the device could never be shown.
        boolean mayBeUnbound = format().get() == Format.SD_JWT_VC;
        return bound ? jwtProof || attestationProof : mayBeUnbound;
    }

    /** The format, if it is one that this wallet knows. */
    public Optional<Format> format() {
        return Format.identifiedBy(formatIdentifier);
    }

    static Configuration read(String id, Fields fields) throws JsonException {
        Fields proofs = Fields.of(fields.optObject("proof_types_supported").orElse(Map.of()));
        Fields about = Fields.of(fields.optObject("credential_metadata").orElse(Map.of()));
        List<Map<String, Object>> display = about.objects("display");
        String format = fields.string("format");
        String named = format.equals(Format.MDOC.identifier()) ? "doctype" : "vct";
        String vct = fields.optString(named).orElse("");
        return new Configuration(
                id,
                format,
                vct,
                fields.optString("scope").orElse(null),
                // Section 12.2.4: no proof type means that no proof is needed.
                fields.has("cryptographic_binding_methods_supported") || fields.has("proof_types_supported"),
                takesEs256(proofs, "jwt"),
                takesEs256(proofs, "attestation"),
                needsAttestation(proofs, "jwt") || (!proofs.has("jwt") && proofs.has("attestation")),
                Display.name(display, vct.isEmpty() ? id : vct),
                Display.look(display),
                labels(about.objects("claims")));
    }

    private static boolean takesEs256(Fields proofs, String type) throws JsonException {
        return proofs.has(type)
                && proofs.fields(type)
                        .strings("proof_signing_alg_values_supported")
                        .contains("ES256");
    }

    private static boolean needsAttestation(Fields proofs, String type) throws JsonException {
        return proofs.has(type) && proofs.fields(type).has("key_attestations_required");
    }

    private static Map<ClaimPath, Words> labels(List<Map<String, Object>> claims) throws JsonException {
        Map<ClaimPath, Words> labels = new LinkedHashMap<>();
        for (Map<String, Object> claim : claims) {
            Fields fields = Fields.of(claim);
            ClaimPath path = ClaimPath.fromJson(claim.get("path"));
            labels.put(path, Display.name(fields.objects("display"), path.toString()));
        }
        return labels;
    }
}
