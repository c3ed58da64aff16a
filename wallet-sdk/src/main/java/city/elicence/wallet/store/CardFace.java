package city.elicence.wallet.store;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.sdjwt.DisclosedClaims;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.outcome.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a kept licence into the card that its holder sees. */
public final class CardFace {
    private static final Duration SOON = Duration.ofDays(30);

    /** Claims that say how the licence is signed, bound and revoked, and nothing about its holder. */
    private static final Set<String> TECHNICAL =
            Set.of("iss", "iat", "nbf", "exp", "cnf", "vct", "vct#integrity", "status", "sub", "jti");

    private CardFace() {}

    public static Card of(HeldLicence licence, Instant now) throws RefusedException {
        SdJwtVc vc = read(licence.copies().get(0));
        HeldLicence.KnownStatus known = licence.status();
        Instant from = vc.notBefore().orElse(null);
        Instant until = vc.expires().orElse(null);
        int fresh = 0;
        for (Copy copy : licence.copies()) {
            fresh += copy.shownAt() == null ? 1 : 0;
        }
        return new Card(
                licence.id(),
                licence.vct(),
                licence.name(),
                licence.issuer(),
                licence.look(),
                claims(licence, vc.disclosed()),
                state(known == null ? CardState.VALID : known.state(), from, until, now),
                from,
                until,
                known == null ? null : known.asOf(),
                licence.anchored(),
                fresh,
                licence.receivedAt());
    }

    /** What was verified when it was stored can be read again; if not, the store was tampered with. */
    public static SdJwtVc read(Copy copy) throws RefusedException {
        try {
            return SdJwtVc.of(SdJwt.parse(copy.sdJwt()));
        } catch (SdJwtException e) {
            throw new RefusedException(Reason.STORE, "a stored licence cannot be read: " + e.problem());
        }
    }

    /** The claims at the given paths, or all of them where {@code paths} is null, as the holder sees them. */
    public static List<CardClaim> claims(HeldLicence licence, DisclosedClaims disclosed) {
        List<CardClaim> claims = new ArrayList<>();
        for (Map.Entry<String, Object> claim : disclosed.claims().entrySet()) {
            if (!TECHNICAL.contains(claim.getKey())) {
                add(claims, licence, disclosed, ClaimPath.of(claim.getKey()), claim.getValue());
            }
        }
        return claims;
    }

    private static void add(
            List<CardClaim> claims,
            HeldLicence licence,
            DisclosedClaims disclosed,
            ClaimPath path,
            @Nullable Object value) {
        if (value instanceof Map<?, ?> inner) {
            // An object of which nothing is disclosed is empty, and says nothing.
            for (Map.Entry<?, ?> claim : inner.entrySet()) {
                add(claims, licence, disclosed, path.then(claim.getKey()), claim.getValue());
            }
            return;
        }
        claims.add(new CardClaim(path, label(licence, path), value, selective(disclosed, path)));
    }

    private static boolean selective(DisclosedClaims disclosed, ClaimPath path) {
        for (ClaimPath place : disclosed.places().keySet()) {
            if (place.steps().size() <= path.steps().size() && place.overlaps(path)) {
                return true;
            }
        }
        return false;
    }

    private static Words label(HeldLicence licence, ClaimPath path) {
        Words exact = licence.labels().get(path);
        return exact != null ? exact : Words.same(path.toString());
    }

    private static CardState state(CardState said, @Nullable Instant from, @Nullable Instant until, Instant now) {
        if (said == CardState.REVOKED || said == CardState.SUSPENDED) {
            return said;
        }
        if (until != null && !now.isBefore(until)) {
            return CardState.EXPIRED;
        }
        if (from != null && now.isBefore(from)) {
            return CardState.NOT_YET_VALID;
        }
        return until != null && now.plus(SOON).isAfter(until) ? CardState.EXPIRES_SOON : CardState.VALID;
    }
}
