package city.elicence.company.request;

import city.elicence.company.keep.Person;
import city.elicence.company.keep.Refused;
import city.elicence.company.keep.Tables;
import city.elicence.company.mandate.Mandate;
import city.elicence.company.mandate.MandateDesk;
import city.elicence.company.sign.CompanyKeys;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.sdjwt.SdJwtException;
import city.elicence.credentials.verify.mandate.CompanyAct;
import city.elicence.credentials.verify.mandate.SignatoryCheck;
import city.elicence.wallet.present.Choice;
import city.elicence.wallet.present.Consent;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who must sign before a request is answered: one person with the right to, or as many as the business licence says. */
public final class Signatures {
    /** The power to show the company's licences where nothing is signed for. */
    private static final String SHOW = "present-licences";

    private final Tables tables;
    private final MandateDesk mandates;
    private final CompanyKeys keys;
    private final Clock clock;

    public Signatures(Tables tables, MandateDesk mandates, CompanyKeys keys, Clock clock) {
        this.tables = tables;
        this.mandates = mandates;
        this.keys = keys;
        this.clock = clock;
    }

    /** Takes a person's word. Returns what to show once enough have given theirs, with the mandate of each; empty before. */
    Optional<Choice> approve(String company, String request, Person by, Consent consent, Choice choice) {
        if (consent.transactions().isEmpty()) {
            requireRight(company, by);
            return Optional.of(choice);
        }
        try {
            Signing signing = Signing.read(consent);
            @Nullable
            Long amount = signing.act().amountFen().isPresent()
                    ? signing.act().amountFen().getAsLong()
                    : null;
            Mandate mandate = mandates.require(company, by, signing.act().power(), amount);
            int added = tables.change(
                    "insert into approval (request_id, person, card, at) values ($1, $2, $3, $4) on conflict do nothing",
                    request,
                    by.id(),
                    mandate.card(),
                    clock.instant());
            List<String> cards =
                    tables.all("select card from approval where request_id = $1 order by at", request).stream()
                            .map(row -> row.getString("card"))
                            .toList();
            long required = SignatoryCheck.required(
                    keys.company(company).whole().process().claims());
            if (cards.size() < required) {
                if (added == 0) {
                    throw new Refused(
                            new Refused.Reason.Conflict("same-person-twice", "this person has signed; another must"));
                }
                return Optional.empty();
            }
            Choice signed = choice.with(signing.question(), cards.getFirst());
            for (String card : cards.subList(1, cards.size())) {
                signed = signed.adding(signing.question(), card);
            }
            return Optional.of(signed);
        } catch (JsonException | SdJwtException unreadable) {
            throw Refused.malformed("act: expected a power, and an amount in fen where there is one");
        }
    }

    /** That a person may decide on what is shown. */
    void requireRight(String company, Person by) {
        mandates.requireRight(company, by, SHOW);
    }

    /** Who has signed so far. */
    List<String> of(String request) {
        return tables.all("select person from approval where request_id = $1 order by at", request).stream()
                .map(row -> row.getString("person"))
                .toList();
    }

    /** The act, and the question that mandates answer. */
    private record Signing(CompanyAct act, String question) {
        static Signing read(Consent consent) throws JsonException {
            Fields transaction =
                    Fields.of(Json.parseObject(consent.transactions().getFirst()));
            return new Signing(
                    CompanyAct.fromJson(transaction.map()),
                    transaction.strings("credential_ids").getFirst());
        }
    }
}
