package city.elicence.credentials.verify.shown;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.sdjwt.KeyBinding;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.verify.Expectation;
import city.elicence.credentials.verify.HolderBinding;
import city.elicence.credentials.verify.ReplayGuard;
import city.elicence.credentials.verify.refusal.Refusal;
import city.elicence.credentials.verify.refusal.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** RFC 9901 §7.3 step 5: the holder signed exactly this, for this verifier, now, and once. */
final class KeyBindingCheck {
    private final Expectation expectation;
    private final Instant now;
    private final ReplayGuard replays;

    KeyBindingCheck(Expectation expectation, Instant now, ReplayGuard replays) {
        this.expectation = expectation;
        this.now = now;
        this.replays = replays;
    }

    /** Empty when no key binding is expected. */
    Optional<HolderProof> check(SdJwt sdJwt, Contents contents) throws RefusedException {
        if (expectation.binding() instanceof HolderBinding.DangerouslyNotChecked) {
            if (sdJwt.keyBinding().isPresent()) {
                throw new RefusedException(Refusal.KEY_BINDING_UNEXPECTED, "expected an SD-JWT without KB-JWT (§7.2)");
            }
            return Optional.empty();
        }
        if (!sdJwt.keyBinding().isPresent()) {
            throw new RefusedException(Refusal.KEY_BINDING_MISSING, "expected an SD-JWT+KB (§7.3 step 2)");
        }
        EcPublicKey key = contents.holderKey();
        if (key == null) {
            throw new RefusedException(
                    Refusal.HOLDER_KEY_MISSING, "cnf: expected in the credential, with a key for " + sdJwt.taken());
        }
        try {
            KeyBinding binding = KeyBinding.of(sdJwt);
            if (!binding.signedBy(key)) {
                throw new RefusedException(
                        Refusal.NOT_THE_HOLDER, "expected " + key.suite() + " by the key in cnf (§7.3 step 5.3)");
            }
            if (!binding.covers(sdJwt)) {
                throw new RefusedException(
                        Refusal.PRESENTATION_ALTERED, "sd_hash: expected the digest of what is shown (§7.3 step 5.7)");
            }
            address(binding);
            age(binding);
            once(binding);
            return Optional.of(new HolderProof(
                    key, binding.claims(), "signed by the holder " + seconds(binding.issuedAt()) + " s ago"));
        } catch (SdJwtException e) {
            throw new RefusedException(Refusal.KEY_BINDING_MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private void address(KeyBinding binding) throws RefusedException {
        HolderBinding expected = expectation.binding();
        String audience =
                expected instanceof HolderBinding.Online online ? online.audience() : HolderBinding.OFFLINE_AUDIENCE;
        if (!binding.audience().equals(audience)) {
            throw new RefusedException(Refusal.WRONG_AUDIENCE, "aud: expected " + audience);
        }
        if (expected instanceof HolderBinding.Online online && !binding.nonce().equals(online.nonce())) {
            throw new RefusedException(Refusal.WRONG_NONCE, "nonce: expected that of the present request");
        }
    }

    private void age(KeyBinding binding) throws RefusedException {
        Duration skew = expectation.skew();
        Instant latest = now.plus(skew);
        if (binding.issuedAt().isAfter(latest)
                || binding.begins().filter(begins -> begins.isAfter(latest)).isPresent()) {
            throw new RefusedException(
                    Refusal.KEY_BINDING_FROM_FUTURE,
                    "iat, nbf: expected at most " + skew.toMillis() / 1000 + " s ahead");
        }
        boolean expired = binding.expires()
                .filter(expires -> !expires.isAfter(now.minus(skew)))
                .isPresent();
        if (expired
                || binding.issuedAt().isBefore(now.minus(expectation.maxAge()).minus(skew))) {
            throw new RefusedException(
                    Refusal.KEY_BINDING_TOO_OLD,
                    "signed " + seconds(binding.issuedAt()) + " s ago, expected at most "
                            + expectation.maxAge().toMillis() / 1000);
        }
    }

    private void once(KeyBinding binding) throws RefusedException {
        Instant forgettable = binding.issuedAt()
                .plus(expectation.maxAge())
                .plus(expectation.skew().multipliedBy(2));
        if (!replays.firstSeen(binding.replayKey(), forgettable, now)) {
            throw new RefusedException(Refusal.REPLAYED, "expected a presentation that was not seen before");
        }
    }

    private long seconds(Instant then) {
        return Duration.between(then, now).toMillis() / 1000;
    }
}
