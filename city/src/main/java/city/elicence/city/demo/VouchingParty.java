package city.elicence.city.demo;

import city.elicence.city.setup.Party;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.Jws;
import city.elicence.wallet.port.WalletProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A party of the city that vouches for the wallets of this machine. Its word counts where the ledger says that it is a wallet
 * provider. Of keys it says no more than whose they are: they are in a file, so there is no {@code key_storage} to name.
 */
public record VouchingParty(Party party, Clock clock) implements WalletProvider {
    /** The name of every wallet of this kind at an authorization server (HAIP 1.0 section 4.4.1). */
    private static final String CLIENT_ID = "elicence-wallet";

    private static final Duration LIFE = Duration.ofHours(1);

    @Override
    public String walletAttestation(EcPublicKey clientKey, String authorizationServer) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", CLIENT_ID);
        claims.put("cnf", Map.of("jwk", clientKey.toJwk()));
        return signed("oauth-client-attestation+jwt", claims);
    }

    @Override
    public String keyAttestation(List<EcPublicKey> keys, @Nullable String nonce) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("attested_keys", keys.stream().map(EcPublicKey::toJwk).toList());
        if (nonce != null) {
            claims.put("nonce", nonce);
        }
        return signed("key-attestation+jwt", claims);
    }

    private String signed(String type, Map<String, Object> claims) {
        // Drafts before the one that HAIP 1.0 names want it, and their servers are about.
        claims.put("iss", party.did().value());
        claims.put("iat", clock.instant().getEpochSecond());
        claims.put("exp", clock.instant().plus(LIFE).getEpochSecond());
        return Jws.sign(Map.of("typ", type, "x5c", party.chain().toX5c()), claims, party.signingKey());
    }
}
