package city.elicence.issuer.tenant;

import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.web.vault.Vault;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a clerk sees of a licence in a list, and the words by which it is found: whom it is about, and the claims in its summary line. */
public final class SubjectLine {
    private static final int MAX_WORDS = 8;
    private static final int MAX_WORD_LENGTH = 120;

    private SubjectLine() {}

    /** The summary claims in one line. */
    public static String of(CredentialType type, Map<String, Object> claims) {
        return String.join(" · ", words(type.card().summary(), claims));
    }

    /** Blind index entries: one for each summary claim and for the subject's identifier. */
    public static List<byte[]> index(Vault vault, String tenant, CredentialType type, Map<String, Object> claims) {
        Set<String> words = new LinkedHashSet<>(words(type.card().summary(), claims));
        ClaimPath subject = type.subject();
        if (subject != null) {
            words.addAll(words(List.of(subject), claims));
        }
        return words.stream().limit(MAX_WORDS).map(w -> vault.blind(tenant, w)).toList();
    }

    private static Set<String> words(List<ClaimPath> paths, Map<String, Object> claims) {
        Set<String> words = new LinkedHashSet<>();
        for (ClaimPath path : paths) {
            for (Object value : path.select(claims)) {
                if (value instanceof String word && !word.isBlank() && word.length() <= MAX_WORD_LENGTH) {
                    words.add(word.strip());
                }
            }
        }
        return words;
    }
}
