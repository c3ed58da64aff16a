package city.elicence.issuer.order;

import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.json.Json;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.standing.LicenceState;
import city.elicence.issuer.standing.Standing;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.tenant.SubjectLine;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.TypeShelf;
import city.elicence.issuer.vault.Secret;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes licences-to-be: the credential datasets that wallets' requests become credentials from. A licence is born when its
 * authority decides, not when a wallet comes for it; so what its birth ends (an earlier title) or suspends (what depended on
 * a life) ends in the same transaction, in every authority of the city.
 */
public final class Orders {
    private static final String DENY = """
            update offered_licence o set denied_at = $2 where id = any($1) and denied_at is null
                and not exists (select 1 from licence l where l.id = o.id)
            """;

    /** What cannot be over again: who was divorced may marry. */
    private static final Set<String> FOR_GOOD = Set.of("death", "dissolution");

    private final Vault vault;
    private final Standing standing;
    private final Links links;

    public Orders(Vault vault, TypeShelf types, Standing standing) {
        this.vault = vault;
        this.standing = standing;
        this.links = new Links(vault, types);
    }

    /** Writes one; gives its id. */
    public String write(Rows rows, Tenant tenant, Order order, Instant now) {
        CredentialType type = order.type();
        Map<String, Object> claims = order.claims();
        List<Links.Link> own = links.of(type, claims, order.holder());
        List<Links.Link> caused = links.caused(type, claims);
        List<Links.Link> ended = links.ended(type, claims);
        boolean ends =
                !caused.isEmpty() || !ended.isEmpty() || !order.replaces().isEmpty();
        if (ends && order.readyAt().isAfter(now)) {
            throw Refused.desk(
                    Problem.Desk.DeskCode.INVALID_REQUEST,
                    "a licence that ends others is born at once: it cannot be ready later");
        }
        lock(rows, own, caused, ended);
        refuseAfter(rows, own);
        String id = written(rows, tenant, order, own);
        for (Links.Link link : caused) {
            if (!passOn(rows, order.replaces(), id, link)) {
                happened(rows, tenant, id, link, order.actor(), now);
            }
        }
        ended.forEach(link -> end(rows, found(rows, link, id), id, order.actor(), "superseded", now));
        end(rows, order.replaces(), id, order.actor(), "replaced", now);
        revoked(rows, order.replaces(), order.actor(), now);
        return id;
    }

    /** How many licences were ended, and how many that no wallet has will not be issued. */
    public record Ended(int revoked, int denied) {}

    /** Ends a batch that was issued by mistake. */
    public Ended recall(Rows rows, List<String> licences, String actor, String reason, Instant now) {
        rows.all("select id from offered_licence where id = any($1) order by id for update", licences);
        int denied = rows.change(DENY, licences, now);
        List<String> alive = alive(rows, licences);
        standing.change(rows, alive, new Standing.Change(LicenceState.REVOKED, actor, "revoke", reason, null), now);
        // Of those that no wallet has, too: what they are the proof of happened when they were ordered.
        revoked(rows, licences, actor, now);
        return new Ended(alive.size(), denied);
    }

    /** Writes a licence again for another wallet of its holder: nothing else dies by it, and no event happens twice. */
    public String rewrite(Rows rows, Tenant tenant, Order order) {
        List<Links.Link> own = links.of(order.type(), order.claims(), order.holder());
        lock(rows, own);
        return written(rows, tenant, order, own);
    }

    /**
     * The old licences die and their successors, in the same order, take their place: also as the proof of what happened, and
     * as suspended where they were.
     */
    public void handOver(Rows rows, List<String> old, List<String> successors, String actor, Instant now) {
        for (int i = 0; i < old.size(); i++) {
            String from = old.get(i);
            String to = successors.get(i);
            rows.change("update life_event set cause = $2 where cause = $1", from, to);
            rows.change("update licence set because = $2 where because = $1", from, to);
            rows.change("""
                    insert into licence
                        (id, tenant, type_id, type_version, subject, search, state, reason, issued_at, changed_at, because)
                    select o.id, o.tenant, o.type_id, o.type_version, o.subject, o.search, l.state, l.reason, $3, $3, l.because
                    from licence l join offered_licence o on o.id = $2 where l.id = $1 and l.state = 'SUSPENDED'
                    """, from, to, now);
            end(rows, List.of(from), to, actor, "the holder's phone was lost", now);
        }
    }

    /** Licences of a holder in these authorities that are not dead, with their tenant and type, in order of their ids; locked. */
    public List<Row> heldBy(Rows rows, String number, List<String> tenants) {
        rows.all(
                "select id from offered_licence where id in (select licence_id from licence_link where kind = 'holder'"
                        + " and word = $1) and tenant = any($2) order by id for update",
                links.holder(number),
                tenants);
        return rows.all(
                "select id, tenant, type_id from licence where id in (select licence_id from licence_link"
                        + " where kind = 'holder' and word = $1) and tenant = any($2) and state <> 'REVOKED'"
                        + " order by id for update",
                links.holder(number),
                tenants);
    }

    /**
     * The proof of an event was revoked: what it suspended is worth again what it was, unless something else stands that
     * suspends it for good.
     */
    public void revoked(Rows rows, List<String> licences, String actor, Instant now) {
        List<Links.Link> events =
                rows
                        .all("select kind, word from life_event where cause = any($1) and voided_at is null", licences)
                        .stream()
                        .map(row -> new Links.Link(row.getString("kind"), Rows.digest(row, "word")))
                        .toList();
        if (events.isEmpty()) {
            return;
        }
        lock(rows, events);
        rows.change("update life_event set voided_at = $2 where cause = any($1) and voided_at is null", licences, now);
        rows.change("""
                update licence l set because = e.cause, reason = 'suspended by ' || e.kind
                from licence_link k join life_event e on e.kind = k.kind and e.word = k.word
                where k.licence_id = l.id and l.because = any($1) and l.state = 'SUSPENDED'
                    and e.kind = any($2) and e.voided_at is null
                """, licences, List.copyOf(FOR_GOOD));
        List<String> suspended = ids(rows.all(
                "select id from licence where because = any($1) and state = 'SUSPENDED' order by id for update",
                licences));
        standing.change(
                rows,
                suspended,
                new Standing.Change(LicenceState.VALID, actor, "resume", "the proof of the event was revoked", null),
                now);
    }

    /** Two acts on the same person or thing come one after the other; words in order, so that they never wait crosswise. */
    @SafeVarargs
    private static void lock(Rows rows, List<Links.Link>... all) {
        List<String> words = new ArrayList<>();
        for (List<Links.Link> links : all) {
            links.stream()
                    .filter(link -> !link.kind().equals("holder"))
                    .forEach(link ->
                            words.add(HexFormat.of().formatHex(link.word().bytes())));
        }
        Collections.sort(words);
        for (String word : words) {
            rows.one("select pg_advisory_xact_lock(hashtextextended($1, 0))", word);
        }
    }

    private static void refuseAfter(Rows rows, List<Links.Link> own) {
        for (Links.Link link : own) {
            boolean stands = FOR_GOOD.contains(link.kind())
                    && rows.one(
                                    "select 1 from life_event where kind = $1 and word = $2 and voided_at is null",
                                    link.kind(),
                                    link.word())
                            .isPresent();
            if (stands) {
                throw Refused.desk(
                        Problem.Desk.DeskCode.WRONG_STATE,
                        "the city's registers have a " + link.kind() + " that this licence depends on");
            }
        }
    }

    private String written(Rows rows, Tenant tenant, Order order, List<Links.Link> own) {
        String id = Secret.freshName();
        insert(rows, tenant, id, order);
        List<List<@Nullable Object>> tuples = new ArrayList<>();
        own.forEach(link -> tuples.add(List.of(id, link.kind(), link.word())));
        rows.changeAll(
                "insert into licence_link (licence_id, kind, word) values ($1, $2, $3) on conflict do nothing", tuples);
        return id;
    }

    private void insert(Rows rows, Tenant tenant, String id, Order order) {
        CredentialType type = order.type();
        rows.change(
                """
                insert into offered_licence
                    (id, tenant, offer_id, position, type_id, type_version, claims, subject, search, ready_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                """,
                id,
                tenant.id(),
                order.offer(),
                order.position(),
                type.id(),
                String.valueOf(type.version()),
                vault.seal(tenant.id() + "/claims/" + id, Json.write(order.claims())),
                vault.seal(tenant.id() + "/subject/" + id, SubjectLine.of(type, order.claims())),
                SubjectLine.index(vault, tenant.id(), type, order.claims()),
                order.readyAt());
    }

    /** What depends on a life, a marriage or a company is suspended, and what waits for a wallet is not issued. */
    private void happened(Rows rows, Tenant tenant, String cause, Links.Link link, String actor, Instant now) {
        rows.change(
                "insert into life_event (cause, tenant, kind, word, at) values ($1, $2, $3, $4, $5)",
                cause,
                tenant.id(),
                link.kind(),
                link.word(),
                now);
        List<String> found = found(rows, link, cause);
        deny(rows, found, now);
        List<String> valid = ids(rows.all(
                "select id from licence where id = any($1) and state = 'VALID' order by id for update", found));
        standing.change(
                rows,
                valid,
                new Standing.Change(LicenceState.SUSPENDED, actor, "suspend", "suspended by " + link.kind(), cause),
                now);
    }

    /**
     * A correction about the same one: it is the proof now of what happened already, and suspends nothing that stands since.
     *
     * @return whether it is one
     */
    private static boolean passOn(Rows rows, List<String> replaced, String id, Links.Link link) {
        int passed = rows.change(
                "update life_event set cause = $2 where cause = any($1) and kind = $3 and word = $4 and voided_at is null",
                replaced,
                id,
                link.kind(),
                link.word());
        if (passed > 0) {
            rows.change("""
                    update licence l set because = $2 from licence_link k
                    where l.because = any($1) and k.licence_id = l.id and k.kind = $3 and k.word = $4
                    """, replaced, id, link.kind(), link.word());
        }
        return passed > 0;
    }

    private void end(Rows rows, List<String> licences, String successor, String actor, String why, Instant now) {
        if (licences.isEmpty()) {
            return;
        }
        deny(rows, licences, now);
        standing.change(
                rows,
                alive(rows, licences),
                new Standing.Change(LicenceState.REVOKED, actor, "revoke", why, successor),
                now);
    }

    /** The rows that stand under a word, locked: whoever issues one of them at this moment goes first or not at all. */
    private static List<String> found(Rows rows, Links.Link link, String but) {
        return ids(rows.all(
                "select id from offered_licence where id in (select licence_id from licence_link where kind = $1"
                        + " and word = $2) and id <> $3 order by id for update",
                link.kind(),
                link.word(),
                but));
    }

    /** Licences that no wallet came for are not issued any more; those that were are for {@link Standing}. */
    private static void deny(Rows rows, List<String> licences, Instant now) {
        rows.change(DENY, licences, now);
    }

    private static List<String> alive(Rows rows, List<String> licences) {
        return ids(rows.all(
                "select id from licence where id = any($1) and state <> 'REVOKED' order by id for update", licences));
    }

    private static List<String> ids(List<Row> rows) {
        return rows.stream().map(row -> row.getString("id")).toList();
    }
}
