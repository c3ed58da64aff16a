package city.elicence.wallet.discover;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.outcome.Words;
import city.elicence.wallet.port.KeyStore;
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
 * @param signingAlgorithms by which an SD-JWT VC is signed, empty where that is not said
 * @param proofAlgorithms by which a signed proof is taken
 * @param attestationProof true where a key attestation alone is taken
 * @param attestationRequired true where keys must come with an attestation
 */
public record Configuration(
        String id,
        String formatIdentifier,
        String vct,
        @Nullable String scope,
        boolean bound,
        List<String> signingAlgorithms,
        List<String> proofAlgorithms,
        boolean attestationProof,
        boolean attestationRequired,
        Words name,
        CardLook look,
        Map<ClaimPath, Words> labels) {
    public Configuration {
        signingAlgorithms = List.copyOf(signingAlgorithms);
        proofAlgorithms = List.copyOf(proofAlgorithms);
        labels = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** Why this wallet cannot receive it; null where the format is known, who signs it, and a way to bind it to a key. */
    public @Nullable String notReceivable(Suites suites) {
        if (!format().isPresent() || vct.isEmpty()) {
            return "format " + formatIdentifier;
        }
        if (!signingAlgorithms.isEmpty() && !anyTaken(signingAlgorithms, suites)) {
            return "credential_signing_alg_values_supported: expected " + suites;
        }
        // A mobile document without a key of the device could never be shown.
        boolean mayBeUnbound = format().get() == Format.SD_JWT_VC;
        boolean bindable = anyTaken(proofAlgorithms, suites) || attestationProof;
        return (bound ? bindable : mayBeUnbound) ? null : "proof_types_supported: expected jwt by " + suites;
    }

    /** Whether a signed proof is taken by which keys of this wallet can be bound. */
    public boolean jwtProof(Suites suites) {
        return anyTaken(proofAlgorithms, suites);
    }

    /**
     * Of which suite the holder's keys are to be: of the one by which the issuer signs, where it takes such keys and the wallet's store
     * makes them; else on P-256.
     */
    public Suite holderSuite(Suites suites, KeyStore keys) {
        for (String algorithm : signingAlgorithms) {
            Optional<Suite> suite = suites.named(algorithm).filter(keys::makes);
            if (suite.isPresent() && proofAlgorithms.contains(algorithm)) {
                return suite.get();
            }
        }
        return Suite.ES256;
    }

    private static boolean anyTaken(List<String> algorithms, Suites suites) {
        return algorithms.stream().anyMatch(suites.algorithms()::contains);
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
                format.equals(Format.SD_JWT_VC.identifier())
                        ? fields.optStrings("credential_signing_alg_values_supported")
                                .orElse(List.of())
                        : List.of(),
                algorithms(proofs, "jwt"),
                algorithms(proofs, "attestation").contains(Suite.ES256.algorithm()),
                needsAttestation(proofs, "jwt") || (!proofs.has("jwt") && proofs.has("attestation")),
                Display.name(display, vct.isEmpty() ? id : vct),
                Display.look(display),
                labels(about.objects("claims")));
    }

    private static List<String> algorithms(Fields proofs, String type) throws JsonException {
        return proofs.has(type) ? proofs.fields(type).strings("proof_signing_alg_values_supported") : List.of();
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
