package city.elicence.wallet.store;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.verify.shown.Contents;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.outcome.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
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

    /** The first octets of a JPEG, ff d8 ff e0 or ff d8 ff e1, in base64url. */
    private static final String JPEG = "_9j_";

    private CardFace() {}

    public static Card of(HeldLicence licence, Instant now) throws RefusedException {
        Contents contents = licence.copies().get(0).contents();
        HeldLicence.KnownStatus known = licence.status();
        Instant from = contents.notBefore();
        Instant until = contents.expires();
        int fresh = 0;
        for (Copy copy : licence.copies()) {
            fresh += copy.shownAt() == null ? 1 : 0;
        }
        return new Card(
                licence.id(),
                licence.vct(),
                licence.format(),
                licence.name(),
                licence.issuer(),
                licence.look(),
                claims(licence, contents),
                state(known == null ? CardState.VALID : known.state(), from, until, now),
                from,
                until,
                known == null ? null : known.asOf(),
                licence.anchored(),
                fresh,
                licence.receivedAt());
    }

    /** The claims, as the holder sees them. */
    public static List<CardClaim> claims(HeldLicence licence, Contents disclosed) {
        List<CardClaim> claims = new ArrayList<>();
        for (Map.Entry<String, Object> claim : disclosed.claims().entrySet()) {
            if (!TECHNICAL.contains(claim.getKey())) {
                add(claims, licence, disclosed, ClaimPath.of(claim.getKey()), claim.getValue());
            }
        }
        return claims;
    }

    private static void add(
            List<CardClaim> claims, HeldLicence licence, Contents disclosed, ClaimPath path, @Nullable Object value) {
        if (value instanceof Map<?, ?> inner) {
            // An object of which nothing is disclosed is empty, and says nothing.
            for (Map.Entry<?, ?> claim : inner.entrySet()) {
                add(claims, licence, disclosed, path.then(claim.getKey()), claim.getValue());
            }
            return;
        }
        claims.add(new CardClaim(path, label(licence, path), picture(value), selective(disclosed, path)));
    }

    /** A JPEG of an mdoc, which is octets there (OpenID4VP 1.0 section 6.3: base64url), as the picture that it is. */
    private static @Nullable Object picture(@Nullable Object value) {
        if (!(value instanceof String text) || !text.startsWith(JPEG)) {
            return value;
        }
        try {
            return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(Base64Url.decode(text));
        } catch (JsonException notBase64Url) {
            return value;
        }
    }

    private static boolean selective(Contents disclosed, ClaimPath path) {
        for (ClaimPath place : disclosed.disclosed()) {
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
