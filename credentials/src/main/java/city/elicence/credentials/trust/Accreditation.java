package city.elicence.credentials.trust;

import city.elicence.credentials.json.ClaimPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the authority says of a party on the ledger: its names, its certificate authorities, what it may issue and ask. Frozen since
 * a moment means that from then on it may do nothing, until the authority writes otherwise; withdrawn means that its periods end.
 */
public record Accreditation(
        Did did,
        Names names,
        Set<Role> roles,
        List<Anchor> anchors,
        List<Grant> issues,
        List<AskGrant> asks,
        @Nullable Instant frozenSince) {

    public Accreditation {
        roles = Collections.unmodifiableSet(roles.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(roles));
        anchors = Collections.unmodifiableList(new ArrayList<>(anchors));
        issues = Collections.unmodifiableList(new ArrayList<>(issues));
        asks = Collections.unmodifiableList(new ArrayList<>(asks));
    }

    public boolean isFrozenAt(Instant at) {
        return frozenSince != null && !at.isBefore(frozenSince);
    }

    /** Whether the party may ever issue this type, at whatever time. */
    public boolean knowsType(String type) {
        return issues.stream().anyMatch(grant -> grant.type().equals(type));
    }

    public boolean mayIssue(String type, Instant at) {
        return roles.contains(Role.ISSUER)
                && !isFrozenAt(at)
                && issues.stream()
                        .anyMatch(grant ->
                                grant.type().equals(type) && grant.period().contains(at));
    }

    /** The end of the grant under which a credential of this type was issued at that time, if it has ended by {@code now}. */
    public Optional<Instant> endedSince(String type, Instant issued, Instant now) {
        if (mayIssue(type, now)) {
            return Optional.empty();
        }
        Instant end = frozenSince;
        for (Grant grant : issues) {
            Instant until = grant.period().until();
            if (grant.type().equals(type) && grant.period().contains(issued) && until != null) {
                end = end == null || until.isBefore(end) ? until : end;
            }
        }
        return Optional.ofNullable(end);
    }

    /** Whether the party may ask for anything of this type. */
    public boolean mayAskAbout(String type, Instant at) {
        return roles.contains(Role.VERIFIER)
                && !isFrozenAt(at)
                && asks.stream()
                        .anyMatch(grant ->
                                grant.type().equals(type) && grant.period().contains(at));
    }

    public boolean mayAsk(String type, ClaimPath claim, Instant at) {
        return roles.contains(Role.VERIFIER)
                && !isFrozenAt(at)
                && asks.stream()
                        .anyMatch(grant ->
                                grant.type().equals(type) && grant.period().contains(at) && grant.allows(claim));
    }

    /** This accreditation, frozen from that moment on. */
    public Accreditation frozen(Instant since) {
        return new Accreditation(did, names, roles, anchors, issues, asks, since);
    }
}
