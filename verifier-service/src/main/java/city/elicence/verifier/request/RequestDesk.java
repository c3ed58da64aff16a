package city.elicence.verifier.request;

import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Json;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import city.elicence.verifier.secret.SealedColumn;
import city.elicence.verifier.tenant.Addresses;
import city.elicence.verifier.tenant.SigningKeys;
import city.elicence.verifier.tenant.Tenant;
import city.elicence.verifier.tenant.Tenants;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where wallets get the request: the link in the QR code, and the signed object behind it. */
public final class RequestDesk {
    /** More than any wallet needs, few enough that the signing key is no oracle. */
    private static final int MOST_FETCHES = 20;

    private static final int LONGEST_WALLET_NONCE = 512;

    private final Pool pool;
    private final Tenants tenants;
    private final SigningKeys keys;
    private final Addresses addresses;
    private final Suites suites;
    private final SealedColumn encryptionKeys;
    private final Clock clock;

    public RequestDesk(
            Pool pool,
            Tenants tenants,
            SigningKeys keys,
            Addresses addresses,
            Suites suites,
            SealedColumn encryptionKeys,
            Clock clock) {
        this.suites = suites;
        this.encryptionKeys = encryptionKeys;
        this.pool = pool;
        this.tenants = tenants;
        this.keys = keys;
        this.addresses = addresses;
        this.clock = clock;
    }

    /**
     * The request object, signed for this fetch.
     *
     * @param walletNonce what a wallet sent by POST, to be found again inside the signature (§5.10)
     */
    public String fetch(String tenant, String id, @Nullable String walletNonce, @Nullable WalletMetadata wallet) {
        if (walletNonce != null && walletNonce.length() > LONGEST_WALLET_NONCE) {
            throw new CheckRefused(
                    new Problem.Malformed("wallet_nonce: at most " + LONGEST_WALLET_NONCE + " characters"));
        }
        PendingRequest request = count(tenant, id);
        if (!request.prefix().signed()) {
            // §5.9.3: such a request cannot be signed, so it travels by value in the link.
            throw new CheckRefused(new Problem.UnknownCheck());
        }
        if (wallet != null) {
            wallet.requireFor(request);
        }
        Tenant party = tenants.require(tenant);
        String signed = RequestObject.signed(
                party,
                keys.of(tenant).orElseThrow(() -> new IllegalStateException("no signing key for " + tenant)),
                request,
                suites,
                walletNonce);
        return signed;
    }

    /** The link that a QR code shows. */
    public String link(String tenant, String id) {
        PendingRequest request = open(tenant, id);
        return request.prefix().signed()
                ? "openid4vp://?" + byReference(tenant, id, request.clientId())
                : "openid4vp://?" + byValue(request);
    }

    /** The same of a request that was made just now, for a button to follow; {@code scheme} is {@code openid4vp} or {@code haip-vp}. */
    public String link(Asking.Opened made, String scheme) {
        boolean signed = ClientIdPrefix.ofClientId(made.clientId()).signed();
        return scheme + "://?"
                + (signed
                        ? byReference(made.tenant(), made.id(), made.clientId())
                        : byValue(open(made.tenant(), made.id())));
    }

    private String byReference(String tenant, String id, String clientId) {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("client_id", clientId);
        query.put("request_uri", addresses.request(tenant, id).toString());
        query.put("request_uri_method", "post");
        return query(query);
    }

    private String byValue(PendingRequest request) {
        return query(RequestObject.parameters(tenants.require(request.tenant()), request, suites));
    }

    private static String query(Map<String, Object> parameters) {
        return parameters.entrySet().stream()
                .map(e -> e.getKey() + "="
                        + URLEncoder.encode(
                                e.getValue() instanceof String text ? text : Json.write(e.getValue()),
                                StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Where the request object of a check is. */
    public URI address(String tenant, String id) {
        return addresses.request(tenant, id);
    }

    private PendingRequest open(String tenant, String id) {
        for (Row row : pool.preparedQuery(
                        "select " + PendingRequest.COLUMNS + " from check_request where id = $1 and tenant = $2")
                .execute(Tuple.of(id, tenant))
                .await()) {
            return PendingRequest.read(row, addresses, encryptionKeys);
        }
        throw new CheckRefused(new Problem.UnknownCheck());
    }

    /** Counts a fetch of a request that may still be answered, or says why it may not. */
    private PendingRequest count(String tenant, String id) {
        for (Row row : pool.preparedQuery("update check_request r set fetches = fetches + 1"
                        + " where id = $1 and tenant = $2 returning fetches, "
                        + " exists (select 1 from check_response a where a.check_id = r.id) as answered, "
                        + PendingRequest.COLUMNS)
                .execute(Tuple.of(id, tenant))
                .await()) {
            if (row.getBoolean("answered")) {
                throw new CheckRefused(new Problem.AlreadyAnswered());
            }
            PendingRequest request = PendingRequest.read(row, addresses, encryptionKeys);
            if (!clock.instant().isBefore(request.expiresAt())) {
                throw new CheckRefused(new Problem.Expired());
            }
            if (row.getInteger("fetches") > MOST_FETCHES) {
                throw new CheckRefused(new Problem.FetchedTooOften());
            }
            return request;
        }
        throw new CheckRefused(new Problem.UnknownCheck());
    }
}
