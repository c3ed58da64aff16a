package city.elicence.wallet.authorise;

import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.present.Consent;
import city.elicence.wallet.store.CardClaim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A holder's word given in advance, as a company gives it: this verifier may see these claims of this type, for this
 * purpose, until then.
 *
 * @param verifierDid who may ask; only an accredited verifier has one
 * @param type the {@code vct}
 * @param claims what may be disclosed, with all that lies below; a request for anything else is not covered
 */
public record StandingConsent(
        String id,
        String verifierDid,
        String type,
        Set<ClaimPath> claims,
        String purpose,
        Instant from,
        Instant until) {
    public StandingConsent {
        claims = Set.copyOf(claims);
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("until: expected after from");
        }
    }

    /** Whether this one covers all that the suggested answer would disclose, and nothing else was to be agreed to. */
    public boolean covers(Consent consent, Instant now) {
        boolean inForce = !now.isBefore(from) && now.isBefore(until);
        if (!inForce
                || !verifierDid.equals(consent.verifier().did())
                || !consent.transactions().isEmpty()) {
            return false;
        }
        Map<String, List<String>> picks = consent.suggested().picks();
        boolean covered = !picks.isEmpty();
        for (Consent.Question question : consent.questions()) {
            List<String> cards = picks.getOrDefault(question.id(), List.of());
            for (Consent.Match match : question.matches()) {
                covered &= !cards.contains(match.card().id()) || covers(match);
            }
        }
        return covered;
    }

    private boolean covers(Consent.Match match) {
        if (!match.card().type().equals(type)) {
            return false;
        }
        for (CardClaim claim : match.disclosed()) {
            boolean allowed = !claim.selective() || claims.stream().anyMatch(path -> path.covers(claim.path()));
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    Map<String, Object> toJson() {
        List<Object> paths = new ArrayList<>();
        for (ClaimPath path : claims) {
            paths.add(path.toJson());
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("verifier", verifierDid);
        json.put("type", type);
        json.put("claims", paths);
        json.put("purpose", purpose);
        json.put("from", from.toString());
        json.put("until", until.toString());
        return json;
    }

    static StandingConsent fromJson(Map<String, Object> json) throws JsonException {
        Fields fields = Fields.of(json);
        Set<ClaimPath> claims = new LinkedHashSet<>();
        for (Object path : fields.list("claims")) {
            claims.add(ClaimPath.fromJson(path));
        }
        return new StandingConsent(
                fields.string("id"),
                fields.string("verifier"),
                fields.string("type"),
                claims,
                fields.string("purpose"),
                fields.time("from"),
                fields.time("until"));
    }
}
