package city.elicence.company.dossier;

import city.elicence.company.consent.Consents;
import city.elicence.company.consent.Given;
import city.elicence.company.keep.Company;
import city.elicence.company.receipt.Receipts;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.merkle.LogEntry;
import city.elicence.credentials.sdjwt.KeyBinding;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions by reference: presentations, made for who asks, of the documents that a standing consent covers, with the claims
 * that it names and no others. Where there is no consent and where there is no document the answer is one and the same.
 */
public final class DossierDesk {
    private final Dossier dossier;
    private final Consents consents;
    private final Receipts receipts;
    private final Clock clock;

    public DossierDesk(Dossier dossier, Consents consents, Receipts receipts, Clock clock) {
        this.dossier = dossier;
        this.consents = consents;
        this.receipts = receipts;
        this.clock = clock;
    }

    /** SD-JWT+KBs for this question; none says nothing of what there is. */
    public List<String> answer(Company company, Optional<DossierQuery.Asked> asked) {
        // Both are looked up whoever asks and whatever is found, and no document is read before.
        String verifier = asked.map(DossierQuery.Asked::verifier).orElse("");
        String reference = asked.map(DossierQuery.Asked::reference).orElse("");
        List<Given> words = consents.inForce(company.id(), verifier);
        List<Dossier.Place> places = dossier.find(company.id(), reference);
        if (asked.isEmpty()) {
            return List.of();
        }
        Map<Dossier.Place, Given> covered = new LinkedHashMap<>();
        for (Dossier.Place place : places) {
            @Nullable Given word = covering(words, place.type(), reference);
            if (word != null) {
                covered.put(place, word);
            }
        }
        Set<String> taken =
                consents.take(covered.values().stream().map(Given::id).collect(Collectors.toSet()));
        covered.values().removeIf(word -> !taken.contains(word.id()));
        List<String> presentations = new ArrayList<>();
        List<Receipts.Use> uses = new ArrayList<>();
        dossier.open(company.id(), List.copyOf(covered.keySet())).forEach((place, document) -> {
            Given word = Objects.requireNonNull(covered.get(place));
            SdJwt shown = shown(document, word);
            presentations.add(bound(shown, document, asked.get()));
            uses.add(new Receipts.Use(receiptOf(document, place, shown, asked.get()), word, null));
        });
        receipts.write(company, uses);
        return presentations;
    }

    private static @Nullable Given covering(List<Given> words, String type, String reference) {
        for (Given word : words) {
            if (word.type().equals(type)
                    && (word.reference() == null || word.reference().equals(reference))) {
                return word;
            }
        }
        return null;
    }

    private static SdJwt shown(Document document, Given word) {
        try {
            return document.credential().present(word.claims());
        } catch (SdJwtException unreadable) {
            throw new IllegalStateException("a document of the dossier cannot be shown", unreadable);
        }
    }

    private String bound(SdJwt shown, Document document, DossierQuery.Asked asked) {
        try {
            return KeyBinding.sign(
                            shown, asked.nonce(), asked.verifier(), clock.instant(), Map.of(), document.signingKey())
                    .serialize();
        } catch (SdJwtException unreadable) {
            throw new IllegalStateException("a document of the dossier cannot be signed", unreadable);
        }
    }

    private static Receipts.Shown receiptOf(
            Document document, Dossier.Place place, SdJwt shown, DossierQuery.Asked asked) {
        try {
            return new Receipts.Shown(
                    document.issuer(),
                    asked.verifier(),
                    asked.verifierName(),
                    place.type(),
                    shown.process().places().keySet().stream()
                            .map(ClaimPath::toString)
                            .toList(),
                    Base64Url.encode(LogEntry.digestOf(shown.issuerJwt().compact())));
        } catch (SdJwtException unreadable) {
            throw new IllegalStateException("a document of the dossier cannot be read", unreadable);
        }
    }
}
