package city.elicence.issuer.offer;

import city.elicence.credentials.catalogue.ClaimProblem;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Format;
import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.order.Order;
import city.elicence.issuer.order.Orders;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Configuration;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.TypeShelf;
import city.elicence.issuer.tenant.UseOnceSecrets;
import city.elicence.issuer.vault.Secret;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a clerk orders licences and gets an offer for the citizen's wallet. */
public final class OfferDesk {
    static final String PRE_AUTHORIZED = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
    private static final int TX_CODE_DIGITS = 6;
    private static final int TX_CODE_BOUND = 1_000_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Store store;
    private final Vault vault;
    private final TypeShelf types;
    private final Addresses addresses;
    private final Orders orders;
    private final IssuerSettings settings;

    public OfferDesk(
            Store store, Vault vault, TypeShelf types, Addresses addresses, Orders orders, IssuerSettings settings) {
        this.store = store;
        this.vault = vault;
        this.types = types;
        this.addresses = addresses;
        this.orders = orders;
        this.settings = settings;
    }

    /** Checks the claims field by field, writes the offer and its licences-to-be, and returns what the citizen needs. */
    public Offer make(Tenant tenant, String clerk, OfferRequest request, Instant now) {
        return store.transaction(rows -> make(rows, tenant, clerk, request, List.of(), now));
    }

    /** Whether one clerk proposes this and another approves it. Refuses what would be refused anyway. */
    public boolean needsTwo(Tenant tenant, OfferRequest request, Instant now) {
        return check(tenant, request, now).types().stream().anyMatch(OfferDesk::isIssuedByTwo);
    }

    /** Whether a licence of this type is issued by two clerks, none of them alone. */
    static boolean isIssuedByTwo(CredentialType type) {
        return type.twoPersons().contains("issue");
    }

    /**
     * As part of a larger act.
     *
     * @param replaces licences that die in the act in which these are born
     */
    public Offer make(
            Rows rows, Tenant tenant, String clerk, OfferRequest request, List<String> replaces, Instant now) {
        return make(rows, tenant, clerk, check(tenant, request, now), replaces, now);
    }

    /** An order whose claims were looked at: the only kind from which an offer is made. */
    record Checked(OfferRequest request, List<CredentialType> types, List<Problem.Field> warnings) {
        Checked {
            types = List.copyOf(types);
            warnings = List.copyOf(warnings);
        }
    }

    /** Refuses what cannot become a licence, field by field. */
    Checked check(Tenant tenant, OfferRequest request, Instant now) {
        List<CredentialType> ordered = new ArrayList<>();
        List<Problem.Field> warnings = new ArrayList<>();
        for (int i = 0; i < request.licences().size(); i++) {
            OfferRequest.Licence licence = request.licences().get(i);
            CredentialType type = typeFor(tenant, licence.type());
            requireFormats(tenant, type, licence.formats());
            ordered.add(type);
            warnings.addAll(
                    checked(type, licence.claims(), i, request.licences().size(), now));
        }
        return new Checked(request, ordered, warnings);
    }

    /** Makes an offer in a transaction that the caller ends. */
    Offer make(Rows rows, Tenant tenant, String clerk, Checked checked, List<String> replaces, Instant now) {
        OfferRequest request = checked.request();
        Written written = open(rows, tenant, clerk, request, now);
        List<String> made = new ArrayList<>();
        for (OfferRequest.Licence licence : request.licences()) {
            CredentialType type = checked.types().get(made.size());
            Order order = new Order(
                    written.id(),
                    made.size(),
                    type,
                    whole(type, licence),
                    now.plus(request.readyIn()),
                    clerk,
                    licence.holder(),
                    made.isEmpty() ? replaces : List.of());
            String id = orders.write(rows, tenant, order, now);
            made.add(inFormats(rows, id, licence.formats()));
        }
        return offer(tenant, request, written, made, checked.warnings());
    }

    /** The same licences for another wallet: their claims were checked on the day when they were first ordered. */
    public Offer remake(Rows rows, Tenant tenant, String clerk, OfferRequest request, Instant now) {
        Written written = open(rows, tenant, clerk, request, now);
        List<String> made = new ArrayList<>();
        for (OfferRequest.Licence licence : request.licences()) {
            CredentialType type = typeFor(tenant, licence.type());
            Order order = new Order(
                    written.id(), made.size(), type, whole(type, licence), now, clerk, licence.holder(), List.of());
            made.add(inFormats(rows, orders.rewrite(rows, tenant, order), licence.formats()));
        }
        return offer(tenant, request, written, made, List.of());
    }

    private static String inFormats(Rows rows, String id, List<Format> formats) {
        if (!formats.equals(List.of(Format.SD_JWT_VC))) {
            rows.change(
                    "update offered_licence set formats = $2 where id = $1",
                    id,
                    formats.stream().map(Format::identifier).toList());
        }
        return id;
    }

    /**
     * A new offer of a licence that was written before and that no wallet has: its first offer ran out. What was offered together with it
     * stays where it is.
     *
     * @throws Refused when it is not there, was taken, or was denied
     */
    public Offer again(Tenant tenant, String clerk, String licence, Instant now) {
        return store.transaction(rows -> {
            Row row = rows.one("""
                            select type_id, formats, denied_at, offer_id from offered_licence where id = $1 and tenant = $2 for update
                            """, licence, tenant.id())
                    .orElseThrow(() -> Refused.desk(Problem.Desk.DeskCode.NOT_FOUND, "there is no such licence"));
            // By a statement of its own: the one that waited for the lock does not see what was issued meanwhile.
            boolean taken = rows.one("select 1 from issuance where licence_id = $1 limit 1", licence)
                    .isPresent();
            if (taken || row.getOffsetDateTime("denied_at") != null) {
                throw Refused.desk(
                        Problem.Desk.DeskCode.WRONG_STATE, "a wallet has it, or it is not to be issued any more");
            }
            OfferRequest request = OfferRequest.ofOne(
                    new OfferRequest.Licence(row.getString("type_id"), Map.of(), null, Map.of()).as(row));
            Written written = open(rows, tenant, clerk, request, now);
            leave(rows, row.getString("offer_id"), licence, now);
            rows.change("update offered_licence set offer_id = $2, position = 0 where id = $1", licence, written.id());
            return offer(tenant, request, written, List.of(licence), List.of());
        });
    }

    /** Takes a licence out of the offer that it is in, and out of what wallets were granted; what then has none is over. */
    private static void leave(Rows rows, @Nullable String offer, String licence, Instant now) {
        // First the offer, so that a wallet that takes it at this moment is waited for.
        rows.change("""
                update offer o set expires_at = case
                    when exists (select 1 from offered_licence l where l.offer_id = o.id and l.id <> $2) then expires_at
                    else least(expires_at, $3) end where id = $1
                """, offer, licence, now);
        rows.change("""
                update access_grant set licences = array_remove(array_remove(licences, $1), $1::text || '.mdoc'),
                    revoked_at = case when licences <@ array[$1::text, $1::text || '.mdoc']
                        then coalesce(revoked_at, $2) else revoked_at end
                where licences && array[$1::text, $1::text || '.mdoc']
                """, licence, now);
    }

    private static Map<String, Object> whole(CredentialType type, OfferRequest.Licence licence) {
        Map<String, Object> claims = UseOnceSecrets.addedTo(type, licence.claims());
        claims.putAll(licence.secrets());
        return claims;
    }

    /** What is wrong with one licence's claims, each with its place under {@code prefix}. */
    public List<Problem.Field> problems(Tenant tenant, OfferRequest.Licence licence, String prefix, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, settings.zone());
        return typeFor(tenant, licence.type()).check(licence.claims(), today).stream()
                .map(problem -> field(prefix, problem))
                .filter(field -> !field.warning())
                .toList();
    }

    private record Written(String id, Secret code, @Nullable String txCode, Instant expiresAt) {}

    private Written open(Rows rows, Tenant tenant, String clerk, OfferRequest request, Instant now) {
        Written written = new Written(
                Secret.freshName(),
                Secret.fresh(),
                request.txCode() ? "%06d".formatted(RANDOM.nextInt(TX_CODE_BOUND)) : null,
                now.plus(settings.limits().offerLife()));
        insert(rows, tenant, clerk, request, written, now);
        return written;
    }

    private Offer offer(
            Tenant tenant, OfferRequest request, Written written, List<String> licences, List<Problem.Field> warnings) {
        return new Offer(
                written.id(),
                licences,
                object(
                        tenant,
                        request.licences().stream()
                                .flatMap(licence ->
                                        licence.formats().stream().map(format -> format.named(licence.type())))
                                .toList(),
                        request.grant(),
                        written.code(),
                        written.txCode() != null),
                addresses.offer(tenant.id(), written.id()),
                written.txCode(),
                written.expiresAt(),
                warnings);
    }

    /** The Credential Offer object behind a {@code credential_offer_uri}, while the offer stands and was not taken. */
    public Map<String, Object> fetch(Tenant tenant, String id, Instant now) {
        var row = store.direct()
                .one("""
                    select code_sealed, grant_kind, tx_code is not null as with_tx_code,
                        array(select type_id || case f when 'mso_mdoc' then '.mdoc' else '' end
                            from offered_licence l cross join unnest(l.formats) with ordinality u (f, n)
                            where l.offer_id = o.id order by position, n) as types
                    from offer o where id = $1 and tenant = $2 and expires_at > $3
                        and not exists (select 1 from access_grant g where g.code = o.code)
                    """, id, tenant.id(), now)
                .orElseThrow(() -> Refused.desk(
                        Problem.Desk.DeskCode.NOT_FOUND,
                        "there is no such offer, or it was taken, or its time is over"));
        Secret code = new Secret(vault.open(place(tenant, id), Rows.bytes(row, "code_sealed")));
        OfferRequest.Grant grant = row.getString("grant_kind").equals("authorization")
                ? OfferRequest.Grant.AUTHORIZATION
                : OfferRequest.Grant.PRE_AUTHORIZED;
        return object(tenant, Rows.strings(row, "types"), grant, code, row.getBoolean("with_tx_code"));
    }

    private void requireFormats(Tenant tenant, CredentialType type, List<Format> formats) {
        List<Configuration> offered = types.configurations(tenant);
        for (Format format : formats) {
            if (!offered.contains(new Configuration(type, format))) {
                throw Refused.desk(
                        Problem.Desk.DeskCode.INVALID_REQUEST,
                        "formats: expected those in which this authority issues the type");
            }
            if (tenant.isKnownUnaccreditedFor(format.named(type.id()))) {
                throw Refused.desk(
                        Problem.Desk.DeskCode.NOT_ACCREDITED,
                        "the ledger has no accreditation of this authority for the type in this format");
            }
        }
    }

    CredentialType typeFor(Tenant tenant, String id) {
        CredentialType type = types.type(id)
                .filter(t -> t.issuers().stream().anyMatch(tenant.roles()::contains))
                .orElseThrow(() -> Refused.desk(
                        Problem.Desk.DeskCode.INVALID_REQUEST, "type: expected one that this authority issues"));
        if (tenant.isKnownUnaccreditedFor(id)) {
            throw Refused.desk(
                    Problem.Desk.DeskCode.NOT_ACCREDITED,
                    "the ledger has no accreditation of this authority for the type");
        }
        return type;
    }

    /** Refuses wrong claims, each with its field; returns what is merely odd. */
    private List<Problem.Field> checked(
            CredentialType type, Map<String, Object> claims, int index, int count, Instant now) {
        String prefix = count == 1 ? "" : "licences[" + index + "].";
        LocalDate today = LocalDate.ofInstant(now, settings.zone());
        List<Problem.Field> fields = type.check(claims, today).stream()
                .map(problem -> field(prefix, problem))
                .toList();
        if (fields.stream().anyMatch(field -> !field.warning())) {
            throw new Refused(new Problem.Desk(
                    Problem.Desk.DeskCode.INVALID_CLAIMS, "some fields are not as they must be; see fields", fields));
        }
        return fields;
    }

    private static Problem.Field field(String prefix, ClaimProblem problem) {
        return new Problem.Field(
                prefix + problem.path(),
                problem.code(),
                problem.sentence().zh(),
                problem.sentence().en(),
                problem.warning());
    }

    private void insert(Rows rows, Tenant tenant, String clerk, OfferRequest request, Written written, Instant now) {
        String txCode = written.txCode();
        rows.change(
                """
                insert into offer (id, tenant, grant_kind, code, code_sealed, tx_code, tx_tries_left, created_by,
                    created_at, expires_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                """,
                written.id(),
                tenant.id(),
                request.grant() == OfferRequest.Grant.AUTHORIZATION ? "authorization" : "pre-authorized",
                written.code().digest(),
                vault.seal(place(tenant, written.id()), written.code().text()),
                txCode == null ? null : vault.blind(tenant.id() + "/tx/" + written.id(), txCode),
                settings.limits().txCodeTries(),
                clerk,
                now,
                written.expiresAt());
    }

    private Map<String, Object> object(
            Tenant tenant, List<String> typeIds, OfferRequest.Grant grant, Secret code, boolean txCode) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("credential_issuer", addresses.issuer(tenant.id()));
        object.put("credential_configuration_ids", List.copyOf(new LinkedHashSet<>(typeIds)));
        object.put(
                "grants",
                switch (grant) {
                    case AUTHORIZATION -> Map.of("authorization_code", Map.of("issuer_state", code.text()));
                    case PRE_AUTHORIZED -> Map.of(PRE_AUTHORIZED, preAuthorised(code, txCode));
                });
        return object;
    }

    private static Map<String, Object> preAuthorised(Secret code, boolean txCode) {
        Map<String, Object> grant = new LinkedHashMap<>();
        grant.put("pre-authorized_code", code.text());
        if (txCode) {
            grant.put(
                    "tx_code",
                    Map.of(
                            "input_mode", "numeric",
                            "length", (long) TX_CODE_DIGITS,
                            "description", "The code that the clerk told you or sent to your phone"));
        }
        return grant;
    }

    private static String place(Tenant tenant, String offer) {
        return tenant.id() + "/offer/" + offer;
    }
}
