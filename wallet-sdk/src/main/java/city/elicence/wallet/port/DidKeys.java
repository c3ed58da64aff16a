package city.elicence.wallet.port;

import city.elicence.credentials.jose.EcPublicKey;
import org.jspecify.annotations.Nullable;

/** Resolves the keys of DIDs, for verifiers whose client identifier is one: did:indy from the city's ledger. */
@FunctionalInterface
public interface DidKeys {
    /** Null where the DID, or the key in its document, is not known. */
    @Nullable
    EcPublicKey key(String did, String keyId);
}
