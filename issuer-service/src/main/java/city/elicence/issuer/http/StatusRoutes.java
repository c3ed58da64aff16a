package city.elicence.issuer.http;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.merkle.MerkleHash;
import city.elicence.credentials.status.StatusListCwt;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.issuer.anchor.Receipts;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.status.StatusPublisher;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.Tenants;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Status lists, their aggregation (Token Status List §8, §9), receipts, and proofs for auditors. */
final class StatusRoutes {
    private static final int DIGEST_BYTES = 32;

    private final Tenants tenants;
    private final StatusPublisher publisher;
    private final Receipts receipts;
    private final Clock clock;

    StatusRoutes(Tenants tenants, StatusPublisher publisher, Receipts receipts, Clock clock) {
        this.tenants = tenants;
        this.publisher = publisher;
        this.receipts = receipts;
        this.clock = clock;
    }

    void mount(Router router) {
        router.getWithRegex("/(?<tenant>[a-z0-9-]+)/status/(?<list>[0-9]{1,6})").handler(Exchange.route(this::list));
        router.get("/:tenant/status")
                .handler(Exchange.route(
                        x -> x.reply(200, Map.of("status_lists", publisher.aggregation(x.tenant(tenants))))));
        router.post("/:tenant/receipts").handler(Exchange.route(this::receipt));
        router.get("/logs/:did/consistency").handler(Exchange.route(this::consistency));
        router.get("/oversight").handler(Exchange.route(x -> x.reply(200, publisher.counts(clock.instant()))));
    }

    /** An auditor knows an issuer by its DID, as the ledger does. */
    private void consistency(Exchange x) {
        Tenant tenant = tenants.all().stream()
                .filter(each -> each.did().equals(x.path("did")))
                .findFirst()
                .orElseThrow(() -> Refused.desk(
                        Problem.Desk.DeskCode.NOT_FOUND, "did: expected an issuing authority of this service"));
        List<String> proof = receipts.consistency(tenant, size(x, "first"), size(x, "second")).stream()
                .map(MerkleHash::toBase64Url)
                .toList();
        x.reply(200, Map.of("proof", proof));
    }

    private static long size(Exchange x, String name) {
        try {
            return Long.parseLong(x.query(name).orElse(""));
        } catch (NumberFormatException malformed) {
            throw Refused.desk(Problem.Desk.DeskCode.INVALID_REQUEST, name + ": expected a number of entries");
        }
    }

    private void list(Exchange x) {
        // A cache between us and a verifier must not hide a revocation: ttl in the token is for the verifier alone.
        x.header("Cache-Control", "no-cache");
        x.header("Vary", "Accept, Accept-Encoding");
        int list = Integer.parseInt(x.path("list"));
        Tenant tenant = x.tenant(tenants);
        Instant now = clock.instant();
        Optional<Instant> then = x.hasQuery("time") ? Optional.of(time(x)) : Optional.empty();
        if (x.prefers(StatusListCwt.MEDIA_TYPE, StatusListToken.MEDIA_TYPE)) {
            byte[] cwt = then.map(past -> publisher.cwtAt(tenant, list, past, now))
                    .orElseGet(() -> publisher.cwt(tenant, list, now));
            x.reply(200, StatusListCwt.MEDIA_TYPE, Buffer.buffer(cwt));
        } else {
            String token = then.map(past -> publisher.tokenAt(tenant, list, past, now))
                    .orElseGet(() -> publisher.token(tenant, list, now));
            x.reply(200, StatusListToken.MEDIA_TYPE, token);
        }
    }

    /** "Historical Resolution": a Unix time. */
    private static Instant time(Exchange x) {
        try {
            return Instant.ofEpochSecond(Long.parseUnsignedLong(x.query("time").orElse("")));
        } catch (NumberFormatException | DateTimeException malformed) {
            throw Refused.desk(Problem.Desk.DeskCode.INVALID_REQUEST, "time: expected a Unix time in seconds");
        }
    }

    private void receipt(Exchange x) {
        Map<String, Object> json = x.json(text -> Refused.desk(Problem.Desk.DeskCode.INVALID_REQUEST, text));
        byte[] digest;
        try {
            digest = Fields.of(json).bytes("digest");
        } catch (JsonException malformed) {
            throw Refused.desk(Problem.Desk.DeskCode.INVALID_REQUEST, String.valueOf(malformed.getMessage()));
        }
        if (digest.length != DIGEST_BYTES) {
            throw Refused.desk(Problem.Desk.DeskCode.INVALID_REQUEST, "digest: expected 32 bytes in base64url");
        }
        x.reply(200, receipts.of(x.tenant(tenants), digest).toJson());
    }
}
