package city.elicence.company.dossier;

import city.elicence.company.consent.Consents;
import city.elicence.company.consent.Given;
import city.elicence.company.keep.Company;
import city.elicence.company.keep.Tables;
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
    private final Tables tables;
    private final Dossier dossier;
    private final Consents consents;
    private final Receipts receipts;
    private final Clock clock;

    public DossierDesk(Tables tables, Dossier dossier, Consents consents, Receipts receipts, Clock clock) {
        this.tables = tables;
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
        List<Draft> drafts = new ArrayList<>();
        dossier.open(company.id(), List.copyOf(covered.keySet())).forEach((place, document) -> {
            Given word = Objects.requireNonNull(covered.get(place));
            SdJwt shown = shown(document, word);
            drafts.add(new Draft(
                    word.id(),
                    bound(shown, document, asked.get()),
                    new Receipts.Use(receiptOf(document, place, shown, asked.get()), word, null)));
        });
        return drafts.isEmpty() ? List.of() : kept(company, drafts);
    }

    /** What is signed to be shown, and worth nothing until its use is counted. */
    private record Draft(String consent, String presentation, Receipts.Use use) {}

    /**
     * The presentations whose uses are counted and whose receipts are kept: on disk, in one commit, before any of them leaves. A consent of
     * which another question took the last use meanwhile, or which was withdrawn, drops out here.
     */
    private List<String> kept(Company company, List<Draft> drafts) {
        List<Receipts.Written> written =
                receipts.sign(company, drafts.stream().map(Draft::use).toList());
        return tables.transaction(within -> {
            Set<String> taken =
                    consents.take(within, drafts.stream().map(Draft::consent).collect(Collectors.toSet()));
            List<String> presentations = new ArrayList<>();
            List<Receipts.Written> good = new ArrayList<>();
            for (int i = 0; i < drafts.size(); i++) {
                if (taken.contains(drafts.get(i).consent())) {
                    presentations.add(drafts.get(i).presentation());
                    good.add(written.get(i));
                }
            }
            receipts.keep(within, company, good);
            return presentations;
        });
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
