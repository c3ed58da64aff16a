package city.elicence.wallet.receive;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.jose.Suites;
import city.elicence.wallet.discover.Configuration;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.port.KeyStore;
import city.elicence.wallet.port.WalletProvider;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Proofs that the wallet holds the keys to which a licence is to be bound: OpenID4VCI appendix F. */
final class Proofs {
    private final KeyStore keys;
    private final Suites suites;
    private final Clock clock;
    private final @Nullable WalletProvider provider;

    Proofs(KeyStore keys, Suites suites, Clock clock, @Nullable WalletProvider provider) {
        this.keys = keys;
        this.suites = suites;
        this.clock = clock;
        this.provider = provider;
    }

    /** Empty where the issuer binds this licence to no key. */
    Map<String, Object> of(Reception reception, int position, @Nullable String nonce) throws RefusedException {
        Configuration configuration = reception.configuration(position);
        if (!configuration.bound()) {
            return Map.of();
        }
        List<SigningKey> holderKeys = holderKeys(reception, position);
        String issuer = reception.offering().metadata().issuer();
        if (!configuration.attestationRequired()) {
            List<Object> jwts = new ArrayList<>();
            for (SigningKey key : holderKeys) {
                jwts.add(signed(key, issuer, nonce, null));
            }
            return Map.of("jwt", jwts);
        }
        String attestation = attestation(holderKeys, nonce);
        if (configuration.jwtProof(suites)) {
            // Appendix F.1: one proof, by one of the attested keys, stands for all of them.
            return Map.of("jwt", List.of(signed(holderKeys.get(0), issuer, nonce, attestation)));
        }
        return Map.of("attestation", List.of(attestation));
    }

    /** The keys of an order, made on the first call and opened on the others. */
    List<SigningKey> holderKeys(Reception reception, int position) {
        Suite suite = reception.configuration(position).holderSuite(suites, keys);
        List<SigningKey> all = new ArrayList<>();
        for (int copy = 0; copy < reception.copiesOf(position); copy++) {
            all.add(keys.create(reception.holderKey(position, copy), KeyStore.KeyUse.HOLDER, suite));
        }
        return all;
    }

    private String attestation(List<SigningKey> holderKeys, @Nullable String nonce) throws RefusedException {
        if (provider == null) {
            throw new RefusedException(Reason.OFFER_NOT_SUPPORTED, "the issuer wants attested keys");
        }
        List<EcPublicKey> open = new ArrayList<>();
        for (SigningKey key : holderKeys) {
            open.add(key.publicKey());
        }
        try {
            return provider.keyAttestation(open, nonce);
        } catch (IOException e) {
            throw new RefusedException(Reason.NETWORK, "no key attestation from the wallet provider");
        }
    }

    /** Appendix F.1. {@code iss} is left out: it must be where the token was had anonymously, and may be elsewhere. */
    private String signed(SigningKey key, String issuer, @Nullable String nonce, @Nullable String attestation) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", "openid4vci-proof+jwt");
        header.put("jwk", key.publicKey().toJwk());
        if (attestation != null) {
            header.put("key_attestation", attestation);
        }
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("aud", issuer);
        claims.put("iat", clock.instant().getEpochSecond());
        if (nonce != null) {
            claims.put("nonce", nonce);
        }
        return Jws.sign(header, claims, key);
    }
}
