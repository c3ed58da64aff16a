package city.elicence.company.request;

import city.elicence.company.consent.Consents;
import city.elicence.company.consent.Given;
import city.elicence.company.keep.Companies;
import city.elicence.company.keep.Company;
import city.elicence.company.keep.Person;
import city.elicence.company.keep.Refused;
import city.elicence.company.keep.Tables;
import city.elicence.company.receipt.Receipts;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.Wallet;
import city.elicence.wallet.outcome.Outcome;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.outcome.Words;
import city.elicence.wallet.present.Choice;
import city.elicence.wallet.present.Consent;
import city.elicence.wallet.present.Presented;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests that reach a company (OpenID4VP). One inside a standing consent is answered at once, any other waits for a person. A
 * request that waits survives a restart: its link is kept, and read again.
 */
public final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final int MOST_OPEN = 1_000;
    private static final int MOST_LISTED = 200;
    /** The code of an answer that was sent and that its verifier takes no more: it arrived, or the request is over. */
    private static final String UNCONFIRMED = "unconfirmed";

    private final Tables tables;
    private final Vault vault;
    private final Companies companies;
    private final Consents consents;
    private final Signatures signatures;
    private final Disclosures disclosures;
    private final Sending sending;
    private final Clock clock;
    private final Map<String, Consent> open = Collections.synchronizedMap(new Recent<>());

    public Inbox(
            Tables tables,
            Vault vault,
            Companies companies,
            Consents consents,
            Signatures signatures,
            Disclosures disclosures,
            Sending sending,
            Clock clock) {
        this.tables = tables;
        this.vault = vault;
        this.companies = companies;
        this.consents = consents;
        this.signatures = signatures;
        this.disclosures = disclosures;
        this.sending = sending;
        this.clock = clock;
    }

    /** Reads a request, and answers it if a standing consent covers it. */
    public Asked take(Company company, String link) {
        Wallet wallet = companies.wallet(company.id());
        Outcome<Consent> read = wallet.readRequest(link);
        if (read instanceof Outcome.Refused) {
            // The company has agreed, for all of its requests, that whoever sends one learns what is wrong with it.
            wallet.tellRefused(link);
        }
        Consent consent = Refused.orValue(read);
        String id = UUID.randomUUID().toString();
        Instant now = clock.instant();
        String did = consent.verifier().did();
        tables.change(
                """
                insert into request (id, company, link, verifier, sealed, state, received_at)
                values ($1, $2, $3, $4, $5, 'waiting', $6)
                """,
                id,
                company.id(),
                vault.seal(place(id, "link"), link),
                did == null ? consent.verifier().id() : did,
                vault.seal(
                        place(id, "name"), Json.write(consent.verifier().name().toJson())),
                now);
        open.put(id, consent);
        for (Given given : consents.covering(company.id(), consent)) {
            if (sending.begin(company, id, receipts(company, consent, given), given)) {
                sendUnder(company, id, consent, given);
                break;
            }
        }
        return find(company.id(), id);
    }

    /**
     * A person agrees to what is suggested, or to other cards. Where the request names an act of the company, the person signs for it
     * with a mandate, and it is answered once as many have signed as the business licence says must.
     */
    public Asked approve(Company company, String id, Person by, Map<String, List<String>> picks) {
        Consent consent = waiting(company.id(), id);
        Choice choice = picks.isEmpty() ? consent.suggested() : new Choice(picks, false);
        Optional<Choice> signed = signatures.approve(company.id(), id, by, consent, choice);
        if (signed.isPresent()) {
            if (!sending.begin(company, id, disclosures.sign(company, consent, signed.get(), null, by.id()), by.id())) {
                throw beingAnswered();
            }
            Outcome<Presented> outcome = companies.wallet(company.id()).present(consent, signed.get());
            settle(company, id, outcome);
            Refused.orValue(outcome);
        }
        return find(company.id(), id);
    }

    private static Refused beingAnswered() {
        return new Refused(
                new Refused.Reason.Conflict("being-answered", "an answer is on its way; look again in a moment"));
    }

    private List<Receipts.Written> receipts(Company company, Consent consent, Given given) {
        return disclosures.sign(company, consent, consent.suggested(), given, null);
    }

    private void sendUnder(Company company, String id, Consent consent, Given given) {
        settle(company, id, companies.wallet(company.id()).presentUnder(given.id(), consent, consent.suggested()));
    }

    /** What became of an answer. One that the network lost was perhaps received: that is found out. */
    private void settle(Company company, String id, Outcome<Presented> outcome) {
        switch (outcome) {
            case Outcome.Done<Presented> done -> sending.arrived(company, id, null);
            case Outcome.Refused<Presented> refused
            when refused.refusal().is(Reason.NETWORK) -> {
                sending.unknown(id);
                return;
            }
            case Outcome.Refused<Presented> refused ->
                sending.refused(id, refused.refusal().code());
        }
        open.remove(id);
    }

    /** A round over the answers of which a crash or the network left unknown whether they arrived. */
    public void findOut() {
        for (Sending.Unknown answer : sending.due()) {
            // Whatever happens now, its next turn comes later.
            sending.unknown(answer.request());
            companies.find(answer.company()).ifPresent(company -> findOut(company, answer));
        }
    }

    /** A request that its verifier still hands out was not answered. Of any other it must be taken that the answer arrived. */
    private void findOut(Company company, Sending.Unknown answer) {
        String id = answer.request();
        String link = tables.one("select link from request where id = $1", id)
                .map(row -> vault.open(place(id, "link"), Tables.bytes(row, "link")))
                .orElseThrow();
        switch (link.contains("request_uri=") ? companies.wallet(company.id()).readRequest(link) : null) {
            case null -> sending.arrived(company, id, UNCONFIRMED);
            case Outcome.Done<Consent> asked -> notArrived(company, answer, asked.value());
            case Outcome.Refused<Consent> refused
            when refused.refusal().is(Reason.NETWORK) ->
                LOG.debug("a verifier cannot be asked whether an answer arrived");
            case Outcome.Refused<Consent> refused -> sending.arrived(company, id, UNCONFIRMED);
        }
    }

    private void notArrived(Company company, Sending.Unknown answer, Consent consent) {
        String id = answer.request();
        open.put(id, consent);
        Given given = answer.consent() == null ? null : consents.find(company.id(), answer.consent());
        if (given == null || !given.standsAt(clock.instant())) {
            sending.notArrived(id);
            return;
        }
        sending.again(id, receipts(company, consent, given));
        sendUnder(company, id, consent, given);
    }

    /** A person says no; who asked is told only that. */
    public Asked deny(String company, String id, Person by) {
        signatures.requireRight(company, by);
        if (sending.isOn(id)) {
            throw beingAnswered();
        }
        Refused.orValue(companies.wallet(company).deny(waiting(company, id)));
        tables.change(
                "update request set state = $2, decided_by = $3, decided_at = $4 where id = $1",
                id,
                Asked.State.DENIED.text(),
                by.id(),
                clock.instant());
        open.remove(id);
        return find(company, id);
    }

    /** Newest first. */
    public List<Asked> all(String company) {
        return tables
                .all(
                        "select * from request where company = $1 order by received_at desc limit $2",
                        company,
                        MOST_LISTED)
                .stream()
                .map(this::asked)
                .toList();
    }

    public Asked find(String company, String id) {
        return tables.one("select * from request where company = $1 and id = $2", company, id)
                .map(this::asked)
                .orElseThrow(() -> Refused.notFound("request"));
    }

    /** Those that can still be answered, each with its question; one whose time is over is left out. */
    public List<Asked> waiting(String company) {
        List<Asked> all = new ArrayList<>();
        for (Asked each : all(company)) {
            if (each.state() == Asked.State.WAITING) {
                try {
                    all.add(toDecide(company, each.id()));
                } catch (Refused over) {
                    LOG.debug(
                            "a request can not be read any more: {}",
                            over.reason().code());
                }
            }
        }
        return all;
    }

    /** One that waits, with its question read again where that is needed. */
    public Asked toDecide(String company, String id) {
        waiting(company, id);
        return find(company, id);
    }

    private Consent waiting(String company, String id) {
        Row row = tables.one("select * from request where company = $1 and id = $2", company, id)
                .orElseThrow(() -> Refused.notFound("request"));
        if (!row.getString("state").equals("waiting")) {
            throw new Refused(new Refused.Reason.Conflict("decided-before", "this request was decided before"));
        }
        Consent known = open.get(id);
        if (known != null) {
            return known;
        }
        Consent read = Refused.orValue(
                companies.wallet(company).readRequest(vault.open(place(id, "link"), Tables.bytes(row, "link"))));
        open.put(id, read);
        return read;
    }

    private Asked asked(Row row) {
        String id = row.getString("id");
        try {
            Words name = Words.fromJson(Fields.parse(vault.open(place(id, "name"), Tables.bytes(row, "sealed")))
                    .map());
            return new Asked(
                    id,
                    row.getString("verifier"),
                    name.zh(),
                    name.en(),
                    Asked.State.valueOf(row.getString("state").toUpperCase(java.util.Locale.ROOT)),
                    row.getString("code"),
                    row.getString("consent_id"),
                    row.getString("decided_by"),
                    Tables.instant(row, "received_at"),
                    Tables.optInstant(row, "decided_at"),
                    signatures.of(id),
                    open.get(id));
        } catch (JsonException unreadable) {
            throw new IllegalStateException("a request's row cannot be read", unreadable);
        }
    }

    private static String place(String id, String what) {
        return "request/" + id + '/' + what;
    }

    private static final class Recent<V> extends LinkedHashMap<String, V> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > MOST_OPEN;
        }
    }
}
