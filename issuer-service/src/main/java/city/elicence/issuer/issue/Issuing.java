package city.elicence.issuer.issue;

import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.merkle.LogEntry;
import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Problem.Credential.CredentialCode;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Configuration;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.TypeShelf;
import city.elicence.issuer.type.PublishedTypes;
import city.elicence.issuer.vault.Secret;
import city.elicence.web.vault.Vault;
import io.vertx.sqlclient.Row;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The act of issuing: the licence, one copy for each key, their status, what the ledger is to be told, and the audit row. */
final class Issuing {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What a credential request means, among what its access token is for: a licence-to-be, and the format. */
    record Wanted(String licence, Format format) {
        /** By its credential identifier. */
        static Wanted named(String identifier) {
            return new Wanted(Format.base(identifier), Format.of(identifier));
        }
    }

    private final Vault vault;
    private final TypeShelf types;
    private final IssuerSettings.Limits limits;
    private final StatusDraw status;
    private final CopyMaker copies;
    private final PublishedTypes published;

    Issuing(Vault vault, TypeShelf types, PublishedTypes published, Addresses addresses, IssuerSettings settings) {
        this.vault = vault;
        this.types = types;
        this.limits = settings.limits();
        this.status = new StatusDraw(addresses, settings.limits());
        this.published = published;
        this.copies = new CopyMaker(addresses, published, settings.zone());
    }

    /**
     * The licence-to-be, locked, so that two requests for it come one after the other and the second finds what the first did;
     * and so the grant, which nobody can then revoke before this is done.
     *
     * @throws Refused when the access token is for it no longer: it may have been offered again since the token was looked at
     */
    static Row locked(Rows rows, Tenant tenant, Access access, Wanted wanted) {
        Row offered = rows.one(
                        "select * from offered_licence where id = $1 and tenant = $2 for update",
                        wanted.licence(),
                        tenant.id())
                .orElseThrow();
        Optional<Row> granted = rows.one(
                "select 1 from access_grant where id = $1 and revoked_at is null and $2 = any(licences) for share",
                access.grant(),
                wanted.format().named(wanted.licence()));
        if (granted.isEmpty()) {
            throw new Refused(new Problem.Access(
                    Problem.Access.AccessCode.INVALID_TOKEN,
                    access.dpop(),
                    "this access token is for this licence no longer"));
        }
        return offered;
    }

    /**
     * What this access token obtained of this licence before for these keys, as long as the wallet has not said that it has
     * it. A token bound to a key may obtain more afterwards, or for other keys; a bearer token, which somebody else may hold,
     * obtains a licence once.
     */
    Optional<CredentialReply> again(Rows rows, Tenant tenant, Access access, Wanted wanted, ProvenKeys keys) {
        List<Row> before =
                rows.all("""
                select id, holder_keys, event from issuance
                where access_token = $1 and licence_id = $2 and format = $3
                """, access.token(), wanted.licence(), wanted.format().identifier());
        for (Row row : before) {
            if (Rows.digest(row, "holder_keys").equals(keys.digest())
                    && !"credential_accepted".equals(row.getString("event"))) {
                return Optional.of(kept(rows, tenant, row.getString("id")));
            }
        }
        if (!before.isEmpty() && !access.dpop()) {
            throw Refused.credential(
                    CredentialCode.CREDENTIAL_REQUEST_DENIED,
                    "this access token obtained this credential before, and is bound to no key");
        }
        return Optional.empty();
    }

    /** The credentials of an issuance, while we still keep them for the wallet. */
    CredentialReply kept(Rows rows, Tenant tenant, String issuance) {
        List<String> credentials = new ArrayList<>();
        for (Row row :
                rows.all("select position, sealed from copy where issuance_id = $1 order by position", issuance)) {
            if (row.getBuffer("sealed") == null) {
                throw Refused.credential(
                        CredentialCode.CREDENTIAL_REQUEST_DENIED, "the wallet has said that it has this credential");
            }
            credentials.add(vault.open(place(tenant, issuance, row.getInteger("position")), Rows.bytes(row, "sealed")));
        }
        return new CredentialReply.Issued(credentials, issuance);
    }

    CredentialReply issue(
            Rows rows, Tenant tenant, Access access, Format format, Row offered, ProvenKeys keys, Instant now) {
        String licence = offered.getString("id");
        CredentialType type = types.type(offered.getString("type_id"))
                .orElseThrow(() -> Refused.credential(
                        CredentialCode.CREDENTIAL_REQUEST_DENIED, "this type of licence is no longer issued"));
        if (!types.configurations(tenant).contains(new Configuration(type, format))) {
            throw Refused.credential(
                    CredentialCode.CREDENTIAL_REQUEST_DENIED,
                    "this type of licence is no longer issued in this format");
        }
        Instant firstIssued = licence(rows, tenant, offered, now);
        checkNotTooOften(rows, access, licence, format);
        Map<String, Object> claims = copies.claimsOn(type, entered(tenant, offered), now);
        Instant until = copies.lastMoment(type, claims, firstIssued);
        if (!until.isAfter(now)) {
            throw Refused.credential(
                    CredentialCode.CREDENTIAL_REQUEST_DENIED, "the licence has ended; it is not issued again");
        }
        String issuance = Secret.freshName();
        rows.change(
                """
                insert into issuance (id, tenant, licence_id, grant_id, access_token, holder_keys, issued_at, format)
                values ($1, $2, $3, $4, $5, $6, $7, $8)
                """,
                issuance,
                tenant.id(),
                licence,
                access.grant(),
                access.token(),
                keys.digest(),
                now,
                format.identifier());
        if (format == Format.SD_JWT_VC) {
            published.keep(rows, type);
        }
        CopyMaker.Batch batch = new CopyMaker.Batch(
                tenant, type, format, claims, now, until, keys.keys().size());
        List<String> credentials = copies(rows, batch, licence, issuance, keys.keys());
        rows.change("insert into outbox (tenant, kind, at) values ($1, 'log', $2)", tenant.id(), now);
        rows.change(
                "insert into audit (tenant, at, actor, act, licence_id) values ($1, $2, 'wallet', 'issued', $3)",
                tenant.id(),
                now,
                licence);
        return new CredentialReply.Issued(credentials, issuance);
    }

    /** The licence's row, made at its first issue; a licence that is not valid is not issued again. */
    private static Instant licence(Rows rows, Tenant tenant, Row offered, Instant now) {
        String id = offered.getString("id");
        rows.change("""
                insert into licence (id, tenant, type_id, type_version, subject, search, state, issued_at, changed_at)
                select id, tenant, type_id, type_version, subject, search, 'VALID', $3, $3
                from offered_licence where id = $1 and tenant = $2
                on conflict do nothing
                """, id, tenant.id(), now);
        Row licence = rows.one("select state, issued_at from licence where id = $1 for update", id)
                .orElseThrow();
        if (!licence.getString("state").equals("VALID")) {
            throw Refused.credential(CredentialCode.CREDENTIAL_REQUEST_DENIED, "the licence is revoked or suspended");
        }
        return Rows.instant(licence, "issued_at");
    }

    private void checkNotTooOften(Rows rows, Access access, String licence, Format format) {
        long issued = rows.one(
                        "select count(*) as n from issuance where grant_id = $1 and licence_id = $2 and format = $3",
                        access.grant(),
                        licence,
                        format.identifier())
                .map(row -> row.getLong("n"))
                .orElse(0L);
        if (issued >= limits.issuancesPerGrant()) {
            throw Refused.credential(
                    CredentialCode.CREDENTIAL_REQUEST_DENIED, "renewed too often; the citizen must authorise again");
        }
    }

    private Map<String, Object> entered(Tenant tenant, Row offered) {
        String place = tenant.id() + "/claims/" + offered.getString("id");
        try {
            return Json.parseObject(vault.open(place, Rows.bytes(offered, "claims")));
        } catch (JsonException unreadable) {
            throw new IllegalStateException("the claims of a licence do not read", unreadable);
        }
    }

    private List<String> copies(
            Rows rows, CopyMaker.Batch batch, String licence, String issuance, List<EcPublicKey> holders) {
        Tenant tenant = batch.tenant();
        List<StatusDraw.Place> drawn =
                status.draw(rows, tenant, tenant.suite(batch.format()), holders.size(), batch.now());
        List<String> credentials = new ArrayList<>();
        List<List<@Nullable Object>> written = new ArrayList<>();
        for (int position = 0; position < holders.size(); position++) {
            StatusDraw.Place place = drawn.get(position);
            Copy copy = copies.make(batch, holders.get(position), place.reference(), position);
            byte[] salt = new byte[LogEntry.SALT_LENGTH];
            RANDOM.nextBytes(salt);
            credentials.add(copy.credential());
            written.add(Arrays.asList(
                    issuance,
                    position,
                    tenant.id(),
                    licence,
                    holders.get(position).thumbprint(),
                    place.list(),
                    place.slot(),
                    copy.signedDigest(),
                    salt,
                    vault.seal(place(tenant, issuance, position), copy.credential()),
                    copy.expiresAt()));
        }
        rows.changeAll("""
                insert into copy (issuance_id, position, tenant, licence_id, holder_key, list, slot, signed_digest, log_salt,
                    sealed, expires_at)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                """, written);
        return credentials;
    }

    private static String place(Tenant tenant, String issuance, int position) {
        return tenant.id() + "/copy/" + issuance + "/" + position;
    }
}
