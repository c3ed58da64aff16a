package city.elicence.issuer.issue;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.issuer.vault.Digest;
import city.elicence.issuer.vault.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Keys that the wallet has shown to be its own, for this issuer and now. Made by {@link KeyProofs} only.
 *
 * @param keys distinct, in the order of the proofs
 * @param nonces the fresh nonces of ours in the proofs, yet to be spent
 */
record ProvenKeys(List<EcPublicKey> keys, Set<String> nonces) {
    ProvenKeys {
        keys = List.copyOf(keys);
        nonces = Set.copyOf(nonces);
    }

    /** The same for the same set of keys in any order. */
    Digest digest() {
        String all = String.join(
                "\n", keys.stream().map(EcPublicKey::thumbprint).sorted().toList());
        return Digest.of(Secret.sha256(all.getBytes(StandardCharsets.US_ASCII)));
    }
}
