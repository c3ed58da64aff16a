package city.elicence.issuer.order;

import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Lifecycle;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Json;
import city.elicence.issuer.tenant.TypeShelf;
import city.elicence.issuer.vault.Digest;
import city.elicence.web.vault.Vault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words under which a licence is found in the whole city. They are keyed digests under words of their own: who steals
 * the database cannot tell whom they are about, nor match them with the words that clerks search by.
 */
final class Links {
    private static final int MOST_OF_ONE_KIND = 50;

    private final Vault vault;
    private final TypeShelf types;

    Links(Vault vault, TypeShelf types) {
        this.vault = vault;
        this.types = types;
    }

    /** A word and what it is for. */
    record Link(String kind, Digest word) {}

    /** What a licence of a type with these claims is found by. */
    List<Link> of(CredentialType type, Map<String, Object> claims, @Nullable String holder) {
        List<Link> links = new ArrayList<>();
        for (Lifecycle.Dependence dependence : type.lifecycle().suspendedBy()) {
            String kind = kind(dependence.event());
            texts(dependence.whom(), claims).forEach(whom -> links.add(new Link(kind, word(kind, whom))));
        }
        if (holder != null) {
            links.add(new Link("holder", holder(holder)));
        } else {
            for (ClaimPath path : type.holders()) {
                texts(path, claims).forEach(number -> links.add(new Link("holder", holder(number))));
            }
        }
        for (CredentialType successor : types.catalogue().types()) {
            for (Lifecycle.Supersession rule : successor.lifecycle().supersedes()) {
                if (rule.type().equals(type.id())) {
                    links.add(new Link("superseded", superseded(successor, rule, sorted(rule), claims)));
                }
            }
        }
        return links;
    }

    /** Whose event the birth of this licence is the proof of. */
    List<Link> caused(CredentialType type, Map<String, Object> claims) {
        Lifecycle.Cause cause = type.lifecycle().causes();
        if (cause == null) {
            return List.of();
        }
        String kind = kind(cause.event());
        return texts(cause.whom(), claims).stream()
                .map(whom -> new Link(kind, word(kind, whom)))
                .toList();
    }

    /** Under which words the licences stand that the birth of this one ends. */
    List<Link> ended(CredentialType type, Map<String, Object> claims) {
        List<Link> links = new ArrayList<>();
        for (Lifecycle.Supersession rule : type.lifecycle().supersedes()) {
            List<ClaimPath> ours = sorted(rule).stream()
                    .map(theirs -> rule.match().getOrDefault(theirs, theirs))
                    .toList();
            links.add(new Link("superseded", superseded(type, rule, ours, claims)));
        }
        return links;
    }

    Digest holder(String number) {
        return word("holder", number);
    }

    private Digest word(String kind, String of) {
        return Digest.of(vault.blind("city/" + kind, of));
    }

    private Digest superseded(
            CredentialType successor, Lifecycle.Supersession rule, List<ClaimPath> paths, Map<String, Object> claims) {
        List<Object> values = new ArrayList<>();
        paths.forEach(path -> values.add(List.copyOf(path.select(claims))));
        return word("superseded", successor.id() + "\n" + rule.type() + "\n" + Json.write(Map.of("values", values)));
    }

    private static List<ClaimPath> sorted(Lifecycle.Supersession rule) {
        return rule.match().keySet().stream()
                .sorted(Comparator.comparing(ClaimPath::toString))
                .toList();
    }

    private static Set<String> texts(ClaimPath path, Map<String, Object> claims) {
        Set<String> texts = new LinkedHashSet<>();
        for (Object value : path.select(claims)) {
            if (value instanceof String text && !text.isBlank() && texts.size() < MOST_OF_ONE_KIND) {
                texts.add(text.strip());
            }
        }
        return texts;
    }

    private static String kind(Lifecycle.Event event) {
        return event.name().toLowerCase(Locale.ROOT);
    }
}
