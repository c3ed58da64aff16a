package city.elicence.issuer.issue;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.proof.ServerNonces;
import city.elicence.issuer.refusal.Problem.Credential.CredentialCode;
import city.elicence.issuer.refusal.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks key proofs (OpenID4VCI 1.0 Appendix F.1, F.3, F.4). */
final class KeyProofs {
    private static final Duration OLDEST = Duration.ofMinutes(10);
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final ServerNonces nonces;
    private final KeyAttestations attestations;

    KeyProofs(ServerNonces nonces, KeyAttestations attestations) {
        this.nonces = nonces;
        this.attestations = attestations;
    }

    /**
     * What a proof must be for.
     *
     * @param issuer the Credential Issuer Identifier
     * @param clientId the client that the access token was given to, or null for anonymous access
     * @param batchSize most keys at once
     * @param suites of the keys
     */
    record Expected(String tenant, String issuer, @Nullable String clientId, int batchSize, Suites suites) {}

    ProvenKeys check(CredentialRequest request, Expected expected, Instant now) {
        Set<String> seen = new LinkedHashSet<>();
        Set<EcPublicKey> signers = new HashSet<>();
        // A set: wallets put one attestation of all their keys into the proof of each.
        Set<EcPublicKey> keys = new LinkedHashSet<>();
        if (request.proofType().equals("attestation")) {
            KeyAttestations.Attested attested =
                    attestations.check(request.proofs().getFirst(), KeyAttestations.Use.ALONE, expected.suites(), now);
            seen.add(fresh(attested.nonce(), expected, now));
            keys.addAll(attested.keys());
        } else {
            for (String proof : request.proofs()) {
                keys.addAll(jwtProof(proof, expected, seen, signers, now));
            }
        }
        if (keys.size() > expected.batchSize()) {
            throw no(CredentialCode.INVALID_PROOF, "expected " + expected.batchSize() + " keys at most");
        }
        return new ProvenKeys(List.copyOf(keys), seen);
    }

    private List<EcPublicKey> jwtProof(
            String compact, Expected expected, Set<String> seen, Set<EcPublicKey> signers, Instant now) {
        try {
            Jws proof = Jws.parse(compact);
            Fields header = Fields.of(proof.header());
            if (!"openid4vci-proof+jwt".equals(proof.type().orElse(""))) {
                throw no(CredentialCode.INVALID_PROOF, "typ: expected openid4vci-proof+jwt");
            }
            if (expected.suites().named(proof.algorithm()).isEmpty()) {
                throw no(CredentialCode.INVALID_PROOF, "alg: expected " + expected.suites());
            }
            Optional<KeyAttestations.Attested> attested = header.optString("key_attestation")
                    .map(a -> attestations.check(a, KeyAttestations.Use.WITH_JWT, expected.suites(), now));
            EcPublicKey key = signer(proof, header, attested, expected.suites());
            if (!proof.verifiedBy(key)) {
                throw no(CredentialCode.INVALID_PROOF, "expected a signature by the key in the proof's header");
            }
            if (!signers.add(key)) {
                throw no(CredentialCode.INVALID_PROOF, "expected each proof by a key of its own");
            }
            if (!proof.isInTime(now, SKEW)) {
                throw no(
                        CredentialCode.INVALID_PROOF, "exp, nbf: expected a proof whose time has come and is not over");
            }
            checkClaims(Fields.of(proof.claims()), expected, seen, now);
            if (attested.isEmpty()) {
                return List.of(key);
            }
            seen.add(fresh(attested.get().nonce(), expected, now));
            if (!attested.get().keys().contains(key)) {
                throw no(
                        CredentialCode.INVALID_PROOF,
                        "key_attestation: expected the key that signed the proof among its keys");
            }
            return attested.get().keys();
        } catch (JoseException | JsonException malformed) {
            throw no(CredentialCode.INVALID_PROOF, "expected a key proof: " + malformed.getMessage());
        }
    }

    /** F.1: exactly one of {@code jwk}, {@code kid} and {@code x5c} names the key; {@code kid} points into the attestation. */
    private static EcPublicKey signer(
            Jws proof, Fields header, Optional<KeyAttestations.Attested> attested, Suites suites)
            throws JoseException, JsonException {
        long named = List.of("jwk", "kid", "x5c").stream().filter(header::has).count();
        if (named != 1) {
            throw no(CredentialCode.INVALID_PROOF, "expected exactly one of jwk, kid and x5c in the proof's header");
        }
        if (header.has("jwk")) {
            return EcPublicKey.fromJwk(header.object("jwk"), suites);
        }
        if (header.has("x5c")) {
            return proof.certificates(suites).map(CertificateChain::leafKey).orElseThrow();
        }
        String kid = header.string("kid");
        return attested.flatMap(a -> a.named(kid))
                .orElseThrow(() ->
                        no(CredentialCode.INVALID_PROOF, "kid: expected a key of the key attestation, or use jwk"));
    }

    private void checkClaims(Fields claims, Expected expected, Set<String> seen, Instant now) throws JsonException {
        if (!expected.issuer().equals(claims.string("aud"))) {
            throw no(CredentialCode.INVALID_PROOF, "aud: expected this credential issuer's identifier");
        }
        Optional<String> iss = claims.optString("iss");
        if (iss.isPresent() && !iss.get().equals(expected.clientId())) {
            throw no(
                    CredentialCode.INVALID_PROOF,
                    expected.clientId() == null
                            ? "iss: expected none, since the token was obtained anonymously"
                            : "iss: expected the client_id that the token was given to");
        }
        Instant iat = claims.instant("iat");
        if (iat.isBefore(now.minus(OLDEST)) || iat.isAfter(now.plus(SKEW))) {
            throw no(
                    CredentialCode.INVALID_PROOF,
                    "iat: expected a time within the last " + OLDEST.toMinutes() + " minutes");
        }
        seen.add(fresh(claims.optString("nonce"), expected, now));
    }

    private String fresh(Optional<String> nonce, Expected expected, Instant now) {
        String value = nonce.orElseThrow(
                () -> no(CredentialCode.INVALID_PROOF, "nonce: expected a c_nonce from the nonce endpoint"));
        if (!nonces.isFresh(ServerNonces.Purpose.KEY_PROOF, expected.tenant(), value, now)) {
            throw no(CredentialCode.INVALID_NONCE, "nonce: expected a fresh c_nonce of this issuer");
        }
        return value;
    }

    private static Refused no(CredentialCode code, String text) {
        return Refused.credential(code, text);
    }
}
