package city.elicence.issuer.issue;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.refusal.Problem.Credential.CredentialCode;
import city.elicence.issuer.refusal.Refused;
import java.security.cert.TrustAnchor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Checks key attestations (OpenID4VCI 1.0 Appendix D.1) by wallet providers that the city knows. */
final class KeyAttestations {
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final Supplier<Collection<TrustAnchor>> walletProviders;

    KeyAttestations(Supplier<Collection<TrustAnchor>> walletProviders) {
        this.walletProviders = walletProviders;
    }

    /** How an attestation comes. */
    enum Use {
        /** In the header of a {@code jwt} proof: then {@code exp} is a must. */
        WITH_JWT,
        /** As the {@code attestation} proof itself. */
        ALONE
    }

    /** The keys a provider speaks for, with the names they have in the attestation. */
    record Attested(List<EcPublicKey> keys, Map<String, EcPublicKey> byName, Optional<String> nonce) {
        Attested {
            keys = List.copyOf(keys);
            byName = Map.copyOf(byName);
        }

        Optional<EcPublicKey> named(String kid) {
            return Optional.ofNullable(byName.get(kid));
        }
    }

    /** The attested keys, which are of these suites; the provider itself signs by ES256. */
    Attested check(String compact, Use use, Suites suites, Instant now) {
        try {
            Jws jws = Jws.parse(compact);
            if (!"key-attestation+jwt".equals(jws.type().orElse(""))) {
                throw no("typ: expected key-attestation+jwt");
            }
            CertificateChain chain = jws.certificates().orElseThrow(() -> no("x5c: expected the provider's chain"));
            if (chain.anchoredBy(walletProviders.get(), now).isEmpty()) {
                throw no("x5c: expected a chain to a wallet provider that this issuer knows");
            }
            if (!jws.verifiedBy(chain.leafKey())) {
                throw no("expected an ES256 signature by the key in x5c");
            }
            Fields claims = Fields.of(jws.claims());
            if (claims.instant("iat").isAfter(now.plus(SKEW))) {
                throw no("iat: expected a time that is not in the future");
            }
            Optional<Instant> exp = claims.optInstant("exp");
            if (exp.isEmpty() ? use == Use.WITH_JWT : !now.isBefore(exp.get())) {
                throw no("exp: expected a time in the future");
            }
            return keys(claims, suites);
        } catch (JoseException | JsonException malformed) {
            throw no(String.valueOf(malformed.getMessage()));
        }
    }

    private static Attested keys(Fields claims, Suites suites) throws JsonException, JoseException {
        List<Object> list = claims.list("attested_keys");
        if (list.isEmpty()) {
            throw no("attested_keys: expected at least one");
        }
        List<EcPublicKey> keys = new ArrayList<>();
        Map<String, EcPublicKey> byName = new java.util.HashMap<>();
        for (Object element : list) {
            Map<String, Object> jwk = Json.asObject(element);
            EcPublicKey key = EcPublicKey.fromJwk(jwk, suites);
            byName.put(String.valueOf(keys.size()), key);
            if (keys.contains(key)) {
                throw no("attested_keys: expected distinct keys");
            }
            keys.add(key);
        }
        for (int i = 0; i < keys.size(); i++) {
            Optional<String> kid = Fields.of(Json.asObject(list.get(i))).optString("kid");
            EcPublicKey key = keys.get(i);
            kid.ifPresent(name -> byName.put(name, key));
        }
        return new Attested(keys, byName, claims.optString("nonce"));
    }

    private static Refused no(String text) {
        return Refused.credential(CredentialCode.INVALID_PROOF, "key attestation: " + text);
    }
}
