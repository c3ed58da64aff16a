package city.elicence.company.http;

import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.json.Json;
import city.elicence.wallet.outcome.Refusal;
import city.elicence.wallet.party.Party;
import city.elicence.wallet.present.Choice;
import city.elicence.wallet.present.Consent;
import city.elicence.wallet.receive.OfferPreview;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.CardClaim;
import city.elicence.wallet.store.HistoryEntry;
import city.elicence.wallet.store.Logo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a wallet says, as JSON for the pages of a company and of the demo phone. */
public final class WalletJson {
    private static final Catalogue CATALOGUE = Catalogue.builtIn();

    private WalletJson() {}

    public static Map<String, Object> card(Card card) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", card.id());
        json.put("type", card.type());
        json.put("name", card.name().toJson());
        json.put("issuer", party(card.issuer()));
        json.put("state", card.state().name());
        put(json, "valid_from", card.validFrom());
        put(json, "valid_until", card.validUntil());
        put(json, "status_as_of", card.statusAsOf());
        json.put("anchored", card.anchored());
        json.put("fresh_copies", card.freshCopies());
        json.put("claims", claims(card.claims()));
        Optional<CredentialType> type = CATALOGUE.byVct(card.type());
        json.put("colour", type.map(t -> t.card().colour()).orElse("#31506b"));
        type.flatMap(t -> Catalogue.emblem(t.card().emblem())).ifPresent(svg -> json.put("emblem", svg));
        Logo logo = type.isEmpty() ? card.look().logo() : null;
        if (logo != null) {
            json.put("logo", logo.dataUri());
        }
        json.put("summary", type.map(t -> summary(t, card)).orElse(List.of()));
        return json;
    }

    /** Whether the catalogue has a drawing for its type. */
    public static boolean hasEmblem(Card card) {
        return CATALOGUE.byVct(card.type()).isPresent();
    }

    public static Map<String, Object> offer(OfferPreview offer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("issuer", party(offer.issuer()));
        List<Object> licences = new ArrayList<>();
        offer.licences().forEach(licence -> licences.add(licence.name().toJson()));
        json.put("licences", licences);
        json.put("tx_code", offer.txCode() != null);
        json.put("sign_in", offer.signInNeeded());
        return json;
    }

    public static Map<String, Object> consent(Consent consent) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("verifier", party(consent.verifier()));
        List<Object> questions = new ArrayList<>();
        for (Consent.Question question : consent.questions()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("id", question.id());
            List<Object> matches = new ArrayList<>();
            for (Consent.Match match : question.matches()) {
                matches.add(Map.of("card", card(match.card()), "disclosed", claims(match.disclosed())));
            }
            each.put("matches", matches);
            questions.add(each);
        }
        json.put("questions", questions);
        json.put("transactions", consent.transactions());
        json.put("suggested", suggested(consent.suggested()));
        json.put("asked_at", consent.askedAt().toString());
        return json;
    }

    public static Map<String, Object> history(HistoryEntry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", entry.at().toString());
        json.put("kind", entry.kind().name());
        json.put("party", entry.party().toJson());
        json.put("card", entry.cardName().toJson());
        json.put("claims", entry.claims());
        return json;
    }

    public static Map<String, Object> refusal(Refusal refusal) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", refusal.code());
        json.put("sentence", refusal.sentence().toJson());
        json.put("next_step", refusal.nextStep().toJson());
        return json;
    }

    public static String text(Object tree) {
        return Json.write(tree);
    }

    private static Map<String, Object> suggested(Choice choice) {
        Map<String, Object> json = new LinkedHashMap<>();
        choice.picks().forEach(json::put);
        return json;
    }

    private static Map<String, Object> party(Party party) {
        Map<String, Object> json = new LinkedHashMap<>(party.toJson());
        json.put("accredited", party.accredited());
        return json;
    }

    private static List<Object> claims(List<CardClaim> claims) {
        List<Object> list = new ArrayList<>();
        for (CardClaim claim : claims) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("path", claim.path().toString());
            json.put("label", claim.label().toJson());
            if (claim.value() != null) {
                json.put("value", claim.value());
            }
            json.put("selective", claim.selective());
            list.add(json);
        }
        return list;
    }

    private static List<Object> summary(CredentialType type, Card card) {
        List<Object> lines = new ArrayList<>();
        type.card()
                .summary()
                .forEach(path -> card.claims().stream()
                        .filter(claim -> claim.path().equals(path))
                        .map(CardClaim::value)
                        .filter(value -> value instanceof String || value instanceof Number)
                        .forEach(value -> lines.add(String.valueOf(value))));
        return lines;
    }

    private static void put(Map<String, Object> json, String name, @Nullable Instant instant) {
        if (instant != null) {
            json.put(name, instant.toString());
        }
    }
}
