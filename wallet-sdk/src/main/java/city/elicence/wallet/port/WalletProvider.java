package city.elicence.wallet.port;

import city.elicence.credentials.jose.EcPublicKey;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The maker of the app, who vouches for it to issuers that want to know with whom they deal. Most issuers do not ask; a
 * wallet without a provider works with those.
 */
public interface WalletProvider {
    /**
     * OpenID4VCI appendix E: a {@code oauth-client-attestation+jwt} whose {@code cnf} is this key and whose {@code sub}
     * is the wallet's {@code client_id}. HAIP section 4.4.1: one for each authorization server, never reused.
     */
    String walletAttestation(EcPublicKey clientKey, String authorizationServer) throws IOException;

    /** OpenID4VCI appendix D.1: a {@code key-attestation+jwt} for all keys of a batch, with the issuer's nonce. */
    String keyAttestation(List<EcPublicKey> keys, @Nullable String nonce) throws IOException;
}
