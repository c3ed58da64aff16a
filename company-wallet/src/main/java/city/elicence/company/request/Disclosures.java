package city.elicence.company.request;

import city.elicence.company.consent.Given;
import city.elicence.company.keep.Company;
import city.elicence.company.receipt.Receipts;
import city.elicence.company.sign.CompanyKeys;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.merkle.LogEntry;
import city.elicence.wallet.present.Choice;
import city.elicence.wallet.present.Consent;
import city.elicence.wallet.store.CardClaim;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The receipts of what an answer shows, one for each card. */
public final class Disclosures {
    private final Receipts receipts;
    private final CompanyKeys keys;

    public Disclosures(Receipts receipts, CompanyKeys keys) {
        this.receipts = receipts;
        this.keys = keys;
    }

    List<Receipts.Written> sign(
            Company company, Consent consent, Choice choice, @Nullable Given given, @Nullable String person) {
        List<Receipts.Use> uses = new ArrayList<>();
        for (Consent.Question question : consent.questions()) {
            List<String> picked = choice.picks().getOrDefault(question.id(), List.of());
            for (Consent.Match match : question.matches()) {
                if (picked.contains(match.card().id())) {
                    uses.add(new Receipts.Use(shown(company, consent, match), given, person));
                }
            }
        }
        return receipts.sign(company, uses);
    }

    private Receipts.Shown shown(Company company, Consent consent, Consent.Match match) {
        String did = consent.verifier().did();
        String jwt =
                keys.card(company.id(), match.card().id()).shown().issuerJwt().compact();
        return new Receipts.Shown(
                match.card().issuer().did(),
                did == null ? consent.verifier().id() : did,
                consent.verifier().name().zh(),
                match.card().type(),
                match.disclosed().stream()
                        .map(CardClaim::path)
                        .map(Object::toString)
                        .toList(),
                Base64Url.encode(LogEntry.digestOf(jwt)));
    }
}
