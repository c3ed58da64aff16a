package city.elicence.issuer.status;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.status.StatusException;
import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.standing.ListSigner;
import city.elicence.issuer.standing.TokenHistory;
import city.elicence.issuer.standing.TokenTimes;
import city.elicence.issuer.store.Rows;
import city.elicence.issuer.store.Store;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.Tenants;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * Signs status lists and hands them out. The token of a list's version stands in the list's row, signed in the transaction
 * that made the version, so that what a clerk has done is what the next reader gets. An old token is signed anew with the
 * same content, since its age is what a verifier without a network judges it by.
 */
public final class StatusPublisher {
    private final Store store;
    private final Addresses addresses;
    private final ListSigner signer;
    private final TokenHistory history;
    private final IssuerSettings.Limits limits;
    private final Suites suites;

    public StatusPublisher(
            Store store, Addresses addresses, ListSigner signer, TokenHistory history, IssuerSettings settings) {
        this.history = history;
        this.store = store;
        this.addresses = addresses;
        this.signer = signer;
        this.limits = settings.limits();
        this.suites = settings.suites();
    }

    /** The Status List Token (Token Status List §5.1, §8.2), never older than its {@code ttl}. */
    public String token(Tenant tenant, int list, Instant now) {
        Row row = store.direct()
                .one(
                        "select suite, version, bits, entries, token, token_at from status_list where tenant = $1 and list = $2",
                        tenant.id(),
                        list)
                .orElseThrow(() -> Refused.desk(Problem.Desk.DeskCode.NOT_FOUND, "there is no such status list"));
        String token = row.getString("token");
        if (token != null && !isToRenew(tenant, list, Rows.instant(row, "token_at"), now)) {
            return token;
        }
        return renew(store.direct(), tenant, list, row, now);
    }

    /** Whether a token is too old, or was dated by a clock that stood ahead and can be dated anew. */
    private boolean isToRenew(Tenant tenant, int list, Instant at, Instant now) {
        return TokenTimes.isAhead(at, now)
                ? !TokenTimes.next(store.direct(), tenant.id(), list, at, now).isAfter(now)
                : !now.isBefore(at.plus(limits.statusTtl()));
    }

    /** The same list as a CWT (§5.2), of the same version and time as the token, signed for whoever asks. */
    public byte[] cwt(Tenant tenant, int list, Instant now) {
        try {
            return cwt(tenant, list, token(tenant, list, now));
        } catch (StatusException unreadable) {
            throw new IllegalStateException("our own status list token does not read", unreadable);
        }
    }

    /** The token that was valid at a past time ("Historical Resolution"). */
    public String tokenAt(Tenant tenant, int list, Instant then, Instant now) {
        return history.at(store.direct(), tenant.id(), list, then, now)
                .orElseThrow(() -> Refused.desk(
                        Problem.Desk.DeskCode.NOT_FOUND, "no token of this list that was valid at that time is kept"));
    }

    /** The same as a CWT. */
    public byte[] cwtAt(Tenant tenant, int list, Instant then, Instant now) {
        try {
            return cwt(tenant, list, tokenAt(tenant, list, then, now));
        } catch (StatusException unreadable) {
            throw new IllegalStateException("a status list token that was kept does not read", unreadable);
        }
    }

    private byte[] cwt(Tenant tenant, int list, String jwt) throws StatusException {
        StatusListToken token = StatusListToken.parse(jwt);
        EcPublicKey signed = token.certificates(suites)
                .map(CertificateChain::leafKey)
                .orElse(tenant.key().publicKey());
        StatusList content = token.check(signed, token.subject(), token.issuedAt(), limits.statusTtl());
        return signer.cwt(tenant, list, content, token.issuedAt());
    }

    /** Signs again what nobody has asked for lately, so that the history has no gaps. */
    public void signOld(Tenants tenants, Instant now) {
        String old = "select tenant, list, suite, version, bits, entries from status_list where token_at < $1";
        for (Row row : store.direct().all(old, now.minus(limits.statusLife().dividedBy(2)))) {
            tenants.find(row.getString("tenant"))
                    .ifPresent(tenant -> keptToken(tenant, row.getInteger("list"), row, now));
        }
    }

    /** The addresses of all lists of a tenant (Token Status List §9.3). */
    public List<String> aggregation(Tenant tenant) {
        return store.direct().all("select list from status_list where tenant = $1 order by list", tenant.id()).stream()
                .map(row -> addresses.statusList(tenant.id(), row.getInteger("list")))
                .toList();
    }

    /** Signs the tokens of lists that have none yet: those that issuing has just opened. */
    public void signNew(Tenants tenants, Instant now) {
        String unsigned = "select tenant, list, suite, version, bits, entries from status_list where token is null";
        for (Row row : store.direct().all(unsigned)) {
            tenants.find(row.getString("tenant"))
                    .ifPresent(tenant -> keptToken(tenant, row.getInteger("list"), row, now));
        }
    }

    private void keptToken(Tenant tenant, int list, Row row, Instant now) {
        String token = renew(store.direct(), tenant, list, row, now);
        assert !token.isEmpty();
    }

    /**
     * Signs a list again as soon as the clock is past its token's {@code iat}. Needed after a burst: the ledger tells versions
     * apart by that second, so two tokens of one second cannot both be anchored.
     */
    public void signAgainLater(Tenant tenant, int list, Instant now) {
        store.direct()
                .one(
                        "select suite, version, bits, entries, token_at from status_list where tenant = $1 and list = $2",
                        tenant.id(),
                        list)
                .filter(row -> Rows.instant(row, "token_at").isBefore(now.truncatedTo(ChronoUnit.SECONDS)))
                .ifPresent(row -> keptToken(tenant, list, row, now));
    }

    /** Signs a list's content, whatever it is, and keeps the token if no other version came in between. */
    private String renew(Rows rows, Tenant tenant, int list, Row row, Instant now) {
        try {
            StatusList content = StatusList.decompress(row.getShort("bits"), Rows.bytes(row, "entries"));
            String token = signer.sign(tenant, list, row.getString("suite"), content, now);
            int kept = rows.change(
                    """
                    update status_list set token = $4, token_at = $5
                    where tenant = $1 and list = $2 and version = $3
                    """, tenant.id(), list, row.getLong("version"), token, now.truncatedTo(ChronoUnit.SECONDS));
            if (kept != 1) {
                return token(tenant, list, now);
            }
            history.keepNext(rows, tenant.id(), list, token, now.truncatedTo(ChronoUnit.SECONDS));
            return token;
        } catch (StatusException unreadable) {
            throw new IllegalStateException("a status list's row does not read", unreadable);
        }
    }

    /** Counts for the regulator: no licence and no holder is in them; and which status lists are dated ahead of the clock. */
    public Map<String, Object> counts(Instant now) {
        return Counts.of(store.direct(), now);
    }
}
