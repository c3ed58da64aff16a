package city.elicence.issuer.offer;

import city.elicence.credentials.catalogue.ClaimProblem;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.json.Json;
import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.SubjectLine;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.TypeShelf;
import city.elicence.issuer.tenant.UseOnceSecrets;
import city.elicence.issuer.vault.Secret;
import city.elicence.web.vault.Vault;
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
    private final IssuerSettings settings;

    public OfferDesk(Store store, Vault vault, TypeShelf types, Addresses addresses, IssuerSettings settings) {
        this.store = store;
        this.vault = vault;
        this.types = types;
        this.addresses = addresses;
        this.settings = settings;
    }

    /** Checks the claims field by field, writes the offer and its licences-to-be, and returns what the citizen needs. */
    public Offer make(Tenant tenant, String clerk, OfferRequest request, Instant now) {
        Checked checked = check(tenant, request, now);
        return store.transaction(rows -> make(rows, tenant, clerk, checked, now));
    }

    /** An order whose claims were looked at: the only kind from which an offer is made. */
    record Checked(OfferRequest request, List<CredentialType> types, List<Problem.Field> warnings) {}

    /** Refuses what cannot become a licence, field by field. */
    Checked check(Tenant tenant, OfferRequest request, Instant now) {
        List<CredentialType> ordered = new ArrayList<>();
        List<Problem.Field> warnings = new ArrayList<>();
        for (int i = 0; i < request.licences().size(); i++) {
            OfferRequest.Licence licence = request.licences().get(i);
            CredentialType type = typeFor(tenant, licence.type());
            ordered.add(type);
            warnings.addAll(
                    checked(type, licence.claims(), i, request.licences().size(), now));
        }
        return new Checked(request, ordered, warnings);
    }

    /** Makes an offer in a transaction that the caller ends. */
    Offer make(Rows rows, Tenant tenant, String clerk, Checked checked, Instant now) {
        OfferRequest request = checked.request();
        List<CredentialType> ordered = checked.types();
        Secret code = Secret.fresh();
        String id = Secret.freshName();
        String txCode = request.txCode() ? "%06d".formatted(RANDOM.nextInt(TX_CODE_BOUND)) : null;
        Instant expiresAt = now.plus(settings.limits().offerLife());
        insert(rows, tenant, clerk, request, id, code, txCode, now, expiresAt);
        List<String> licences = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            OfferRequest.Licence licence = request.licences().get(i);
            Map<String, Object> claims = UseOnceSecrets.addedTo(ordered.get(i), licence.claims());
            licences.add(order(rows, tenant, id, i, ordered.get(i), claims, now.plus(request.readyIn())));
        }
        Map<String, Object> object = object(
                tenant, ordered.stream().map(CredentialType::id).toList(), request.grant(), code, txCode != null);
        return new Offer(id, licences, object, addresses.offer(tenant.id(), id), txCode, expiresAt, checked.warnings());
    }

    /** The Credential Offer object behind a {@code credential_offer_uri}, while the offer stands and was not taken. */
    public Map<String, Object> fetch(Tenant tenant, String id, Instant now) {
        var row = store.direct()
                .one("""
                    select code_sealed, grant_kind, tx_code is not null as with_tx_code,
                        array(select type_id from offered_licence l where l.offer_id = o.id order by position) as types
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

    /** Writes one licence-to-be: the credential dataset that a wallet's request will become a licence from. */
    String order(
            Rows rows,
            Tenant tenant,
            @Nullable String offer,
            int position,
            CredentialType type,
            Map<String, Object> claims,
            Instant readyAt) {
        String id = Secret.freshName();
        rows.change(
                """
                insert into offered_licence
                    (id, tenant, offer_id, position, type_id, type_version, claims, subject, search, ready_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                """,
                id,
                tenant.id(),
                offer,
                position,
                type.id(),
                String.valueOf(type.version()),
                vault.seal(tenant.id() + "/claims/" + id, Json.write(claims)),
                vault.seal(tenant.id() + "/subject/" + id, SubjectLine.of(type, claims)),
                SubjectLine.index(vault, tenant.id(), type, claims),
                readyAt);
        return id;
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

    private void insert(
            Rows rows,
            Tenant tenant,
            String clerk,
            OfferRequest request,
            String id,
            Secret code,
            @Nullable String txCode,
            Instant now,
            Instant expiresAt) {
        rows.change(
                """
                insert into offer (id, tenant, grant_kind, code, code_sealed, tx_code, tx_tries_left, created_by,
                    created_at, expires_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                """,
                id,
                tenant.id(),
                request.grant() == OfferRequest.Grant.AUTHORIZATION ? "authorization" : "pre-authorized",
                code.digest(),
                vault.seal(place(tenant, id), code.text()),
                txCode == null ? null : vault.blind(tenant.id() + "/tx/" + id, txCode),
                settings.limits().txCodeTries(),
                clerk,
                now,
                expiresAt);
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
