package city.elicence.issuer.evidence;

import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.dcql.DcqlQuery;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.TypeShelf;
import city.elicence.issuer.vault.Digest;
import city.elicence.issuer.vault.Secret;
import city.elicence.web.vault.Vault;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where evidence is asked for, judged and kept. An application holds what the licence would say; a wallet shows what the type
 * requires; what was shown must be good and must agree with the application. The verdict is kept, what was shown is not.
 */
public final class EvidenceDesk {
    private static final Duration APPLICATION_LIFE = Duration.ofHours(2);
    private static final Duration EVIDENCE_LIFE = Duration.ofMinutes(30);
    private static final int MOST_SHOWINGS = 20;
    private static final int MOST_LISTED = 100;

    private final Store store;
    private final Vault vault;
    private final TypeShelf types;
    private final Addresses addresses;
    private final EvidenceChecks checks;

    public EvidenceDesk(Store store, Vault vault, TypeShelf types, Addresses addresses, EvidenceChecks checks) {
        this.store = store;
        this.vault = vault;
        this.types = types;
        this.addresses = addresses;
        this.checks = checks;
    }

    /** What is applied for. */
    public record Content(
            String type,
            Map<String, Object> claims,
            @Nullable String holder) {}

    /** Whether a type requires evidence, and there is a verifier to ask at. */
    public boolean isRequired(CredentialType type) {
        return type.requires() != null && !(checks instanceof NoEvidence);
    }

    /** Opens an application; in an authorization session when {@code session} is given, else at a clerk's desk. */
    public String open(Rows rows, Tenant tenant, String by, Content content, @Nullable Digest session, Instant now) {
        String id = Secret.freshName();
        String holder = content.holder();
        rows.change(
                """
                insert into application (id, tenant, type_id, claims, holder, opened_by, opened_at, expires_at, session)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                """,
                id,
                tenant.id(),
                content.type(),
                vault.seal(place(tenant, id), Json.write(content.claims())),
                holder == null ? null : vault.seal(place(tenant, id) + "/holder", holder),
                by,
                now,
                now.plus(APPLICATION_LIFE),
                session);
        return id;
    }

    /** As {@link #open(Rows, Tenant, String, Content, Digest, Instant)}, by itself. */
    public String open(Tenant tenant, String clerk, Content content, Instant now) {
        return store.transaction(rows -> open(rows, tenant, clerk, content, null, now));
    }

    /** The application of a session for a type, if one was opened. */
    public Optional<String> ofSession(Rows rows, Digest session, String type) {
        return rows.one("select id from application where session = $1 and type_id = $2", session, type)
                .map(row -> row.getString("id"));
    }

    /**
     * Asks a wallet for evidence.
     *
     * @param credentials ids of credential queries; none for all that are still wanted
     * @param returnTo see {@link EvidenceChecks#ask}
     */
    public Application ask(
            Tenant tenant, String application, List<String> credentials, @Nullable URI returnTo, Instant now) {
        Row row = open(store.direct(), tenant, application, now, false);
        Requirement requirement = requirement(tenant, row);
        List<Row> showings = showings(store.direct(), application);
        if (showings.size() >= MOST_SHOWINGS) {
            throw Refused.desk(
                    Problem.Desk.DeskCode.WRONG_STATE, "evidence was asked for too often; open another application");
        }
        List<String> asked =
                credentials.isEmpty() ? requirement.wanted(answered(showings, now)) : List.copyOf(credentials);
        DcqlQuery query = requirement
                .query(asked, addresses::type)
                .orElseThrow(() -> Refused.desk(
                        Problem.Desk.DeskCode.INVALID_REQUEST,
                        "credentials: expected ids of the type's query, and something that is still wanted"));
        EvidenceChecks.Asked made = reach(() -> checks.ask(
                tenant.id(), query.toJson(), requirement.type().label().zh() + "申请材料核验", returnTo));
        store.direct().change("""
                        insert into evidence (check_id, application_id, credentials, same_device, link, qr, asked_at, outcome)
                        values ($1, $2, $3, $4, $5, $6, $7, 'waiting')
                        """, made.check(), application, asked, returnTo != null, made.link(), made.qr(), now);
        return look(tenant, application, now);
    }

    /** The browser of the same device came back from its wallet. */
    public void returned(Tenant tenant, String application, String responseCode, Instant now) {
        Row row = open(store.direct(), tenant, application, now, false);
        store.direct()
                .one("""
                        select check_id from evidence where application_id = $1 and same_device and outcome = 'waiting'
                        order by asked_at desc limit 1
                        """, row.getString("id"))
                .ifPresent(waiting ->
                        reaching(() -> checks.returned(tenant.id(), waiting.getString("check_id"), responseCode)));
    }

    /** How an application stands now: asks the verifier about what still waits, and judges what came. */
    public Application look(Tenant tenant, String application, Instant now) {
        Row row = find(store.direct(), tenant, application, false);
        Requirement requirement = requirement(tenant, row);
        for (Row showing : showings(store.direct(), application)) {
            if (showing.getString("outcome").equals("waiting")) {
                judge(tenant, requirement, showing.getString("check_id"), now);
            }
        }
        return application(row, requirement, now);
    }

    /** Those that a clerk has open, newest first. */
    public List<Application> open(Tenant tenant, Instant now) {
        List<Application> open = new ArrayList<>();
        for (Row row : store.direct().all("""
                select * from application where tenant = $1 and closed_at is null and session is null and expires_at > $2
                order by opened_at desc limit $3
                """, tenant.id(), now, MOST_LISTED)) {
            open.add(application(row, requirement(tenant, row), now));
        }
        return open;
    }

    /**
     * Takes an application whose evidence is whole and closes it, within the transaction that orders the licence.
     *
     * @throws Refused when evidence is missing, too old, or was revoked in between
     */
    public Content take(Rows rows, Tenant tenant, String application, Instant now) {
        Row row = open(rows, tenant, application, now, true);
        Requirement requirement = requirement(tenant, row);
        List<Row> showings = showings(rows, application);
        if (!requirement.wanted(answered(showings, now)).isEmpty()) {
            throw Refused.desk(Problem.Desk.DeskCode.WRONG_STATE, "evidence is missing, or was shown too long ago");
        }
        for (Row showing : showings) {
            if (isGood(showing, now) && isRevoked(rows, showing)) {
                throw Refused.desk(Problem.Desk.DeskCode.WRONG_STATE, "a licence shown as evidence was revoked since");
            }
        }
        rows.change("update application set closed_at = $2 where id = $1", application, now);
        return content(tenant, row);
    }

    /** Of what this service issued, the state is known here without asking anybody. */
    private static boolean isRevoked(Rows rows, Row showing) {
        return rows.one(
                        "select 1 from evidence e join copy c on c.signed_digest = any(e.digests)"
                                + " join licence l on l.id = c.licence_id where e.check_id = $1 and l.state <> 'VALID'",
                        showing.getString("check_id"))
                .isPresent();
    }

    private void judge(Tenant tenant, Requirement requirement, String check, Instant now) {
        EvidenceChecks.Answer answer = reach(() -> checks.look(tenant.id(), check));
        switch (answer) {
            case EvidenceChecks.Answer.Waiting() -> {}
            case EvidenceChecks.Answer.Refused(String code, Map<String, Object> report) ->
                decided(tenant, check, "refused", code, Set.of(), report, now);
            case EvidenceChecks.Answer.Accepted(
                    Map<String, List<Map<String, Object>>> claims,
                    Map<String, Object> report) -> {
                boolean agrees = requirement.agrees(claims);
                decided(
                        tenant,
                        check,
                        agrees ? "good" : "refused",
                        agrees ? null : "evidence-differs",
                        claims.keySet(),
                        report,
                        now);
            }
        }
    }

    private void decided(
            Tenant tenant,
            String check,
            String outcome,
            @Nullable String code,
            Set<String> shown,
            Map<String, Object> report,
            Instant now) {
        List<byte[]> digests = new ArrayList<>();
        try {
            Fields fields = Fields.of(report);
            for (Map<String, Object> presentation :
                    fields.has("presentations") ? fields.objects("presentations") : List.<Map<String, Object>>of()) {
                if (presentation.containsKey("credential_sha256")) {
                    digests.add(Fields.of(presentation).bytes("credential_sha256"));
                }
            }
        } catch (JsonException malformed) {
            throw Refused.desk(
                    Problem.Desk.DeskCode.VERIFIER_UNREACHABLE,
                    "the verifier's report does not read: " + malformed.getMessage());
        }
        store.direct()
                .change(
                        """
                        update evidence set outcome = $2, code = $3, shown = $4, digests = $5::bytea[], verdict = $6, decided_at = $7
                        where check_id = $1 and outcome = 'waiting'
                        """,
                        check,
                        outcome,
                        code,
                        List.copyOf(shown),
                        digests.stream().map(Buffer::buffer).toArray(Buffer[]::new),
                        Json.write(report),
                        now);
        reaching(() -> checks.forget(tenant.id(), check));
    }

    private Application application(Row row, Requirement requirement, Instant now) {
        String id = row.getString("id");
        List<Row> showings = showings(store.direct(), id);
        return new Application(
                id,
                row.getString("type_id"),
                row.getString("opened_by"),
                Rows.instant(row, "opened_at"),
                Rows.instant(row, "expires_at"),
                row.getOffsetDateTime("closed_at") != null,
                requirement.types(),
                requirement.wanted(answered(showings, now)),
                showings.stream().map(EvidenceDesk::showing).toList());
    }

    private static Application.Showing showing(Row row) {
        String verdict = row.getString("verdict");
        try {
            return new Application.Showing(
                    row.getString("check_id"),
                    Rows.strings(row, "credentials"),
                    row.getString("link"),
                    row.getString("qr"),
                    row.getString("outcome"),
                    row.getString("code"),
                    verdict == null ? null : Json.parseObject(verdict),
                    Rows.instant(row, "asked_at"),
                    Rows.optInstant(row, "decided_at"));
        } catch (JsonException unreadable) {
            throw new IllegalStateException("a verdict's row does not read", unreadable);
        }
    }

    private static Set<String> answered(List<Row> showings, Instant now) {
        Set<String> answered = new HashSet<>();
        showings.stream().filter(row -> isGood(row, now)).forEach(row -> answered.addAll(Rows.strings(row, "shown")));
        return answered;
    }

    private static boolean isGood(Row row, Instant now) {
        return row.getString("outcome").equals("good")
                && Rows.instant(row, "decided_at").plus(EVIDENCE_LIFE).isAfter(now);
    }

    private static List<Row> showings(Rows rows, String application) {
        return rows.all("select * from evidence where application_id = $1 order by asked_at", application);
    }

    private static Row find(Rows rows, Tenant tenant, String id, boolean lock) {
        return rows.one(
                        "select * from application where id = $1 and tenant = $2" + (lock ? " for update" : ""),
                        id,
                        tenant.id())
                .orElseThrow(() -> Refused.desk(Problem.Desk.DeskCode.NOT_FOUND, "there is no such application"));
    }

    private static Row open(Rows rows, Tenant tenant, String id, Instant now, boolean lock) {
        Row row = find(rows, tenant, id, lock);
        if (row.getOffsetDateTime("closed_at") != null || !now.isBefore(Rows.instant(row, "expires_at"))) {
            throw Refused.desk(Problem.Desk.DeskCode.WRONG_STATE, "the application is closed, or its time is over");
        }
        return row;
    }

    private Requirement requirement(Tenant tenant, Row row) {
        Content content = content(tenant, row);
        CredentialType type = types.type(content.type())
                .orElseThrow(() -> Refused.desk(Problem.Desk.DeskCode.WRONG_STATE, "the type is no longer issued"));
        var evidence = type.requires();
        if (evidence == null) {
            throw Refused.desk(Problem.Desk.DeskCode.WRONG_STATE, "the type requires no evidence");
        }
        return new Requirement(type, evidence, content.claims());
    }

    private Content content(Tenant tenant, Row row) {
        String place = place(tenant, row.getString("id"));
        try {
            return new Content(
                    row.getString("type_id"),
                    new LinkedHashMap<>(Json.parseObject(vault.open(place, Rows.bytes(row, "claims")))),
                    row.getBuffer("holder") == null ? null : vault.open(place + "/holder", Rows.bytes(row, "holder")));
        } catch (JsonException unreadable) {
            throw new IllegalStateException("an application's row does not read", unreadable);
        }
    }

    private static void reaching(Runnable call) {
        boolean done = reach(() -> {
            call.run();
            return true;
        });
        assert done;
    }

    private static <T> T reach(Supplier<T> call) {
        try {
            return call.get();
        } catch (EvidenceChecks.VerifierUnreachable unreachable) {
            throw Refused.desk(
                    Problem.Desk.DeskCode.VERIFIER_UNREACHABLE,
                    "the verifier at which evidence is shown does not answer: " + unreachable.getMessage());
        }
    }

    private static String place(Tenant tenant, String id) {
        return tenant.id() + "/application/" + id;
    }
}
