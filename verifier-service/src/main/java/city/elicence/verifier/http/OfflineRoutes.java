package city.elicence.verifier.http;

import city.elicence.credentials.jose.SigningKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.snapshot.SnapshotJson;
import city.elicence.verifier.audit.AuditTrail;
import city.elicence.verifier.decide.OfflineDesk;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import city.elicence.verifier.tenant.SigningKeys;
import city.elicence.verifier.tenant.Tenant;
import city.elicence.verifier.tenant.Tenants;
import city.elicence.verifier.trust.CurrentTrust;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The scanner: frames of an offline code in, a verdict out; and the trust that a scanner without network carries. */
final class OfflineRoutes {
    static final String OFFLINE = "/api/offline";
    static final String SNAPSHOT = "/api/trust-snapshot";

    /** The same for citizens' phones, with nobody asked who they are: all of it stands on the ledger for everyone to read. */
    static final String FOR_PHONES = "/trust-snapshot/:tenant";

    private static final int LONGEST_FRAME = 4_096;

    private final SignIn signIn;
    private final Tenants tenants;
    private final OfflineDesk offline;
    private final AuditTrail audit;
    private final Trust trust;

    /** What a snapshot is made of. */
    record Trust(CurrentTrust current, SigningKeys keys) {}

    OfflineRoutes(SignIn signIn, Tenants tenants, OfflineDesk offline, AuditTrail audit, Trust trust) {
        this.signIn = signIn;
        this.tenants = tenants;
        this.offline = offline;
        this.audit = audit;
        this.trust = trust;
    }

    void addTo(Router router) {
        router.post(OFFLINE).handler(Answers.guarded(this::scan));
        router.get(SNAPSHOT).handler(Answers.guarded(this::snapshot));
        router.get(FOR_PHONES).handler(Answers.guarded(ctx -> answer(ctx, tenants.require(ctx.pathParam("tenant")))));
    }

    private void scan(RoutingContext ctx) {
        Caller caller = signIn.asker(ctx);
        try {
            Fields body = Fields.parse(Forms.json(ctx));
            Tenant tenant = tenants.require(caller.tenantOf(body));
            String purpose = body.optString("purpose").orElse("offline");
            List<byte[]> frames = new ArrayList<>();
            for (String frame : body.strings("frames")) {
                frames.add(octets(frame));
            }
            switch (offline.scan(tenant.did(), frames)) {
                case OfflineDesk.Scan.Incomplete incomplete -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("outcome", "incomplete");
                    json.put("missing", incomplete.missing());
                    Answers.json(ctx, 202, json);
                }
                case OfflineDesk.Scan.Judged judged -> {
                    audit.offlineDecided(
                            tenant.name(),
                            caller.actor(),
                            purpose.substring(0, Math.min(300, purpose.length())),
                            judged.asked(),
                            new AuditTrail.Decision(
                                    judged.outcome(), judged.code().isEmpty() ? null : judged.code()));
                    Answers.json(ctx, 200, judged.json());
                }
            }
        } catch (JsonException e) {
            throw new CheckRefused(new Problem.Malformed(String.valueOf(e.getMessage())));
        }
    }

    /** Standard base64 or base64url, with padding or without: what a page makes of a QR code's octets. */
    private static byte[] octets(String frame) {
        if (frame.length() <= LONGEST_FRAME) {
            try {
                return Base64.getUrlDecoder().decode(frame.replace('+', '-').replace('/', '_'));
            } catch (IllegalArgumentException ignored) {
                // Said below, in the same words.
            }
        }
        throw new CheckRefused(new Problem.Malformed("frames: base64, at most " + LONGEST_FRAME + " characters each"));
    }

    /** Signed by the relying party's own key: its devices trust that and nothing else. */
    private void snapshot(RoutingContext ctx) {
        Caller caller = signIn.asker(ctx);
        String wanted = Queries.text(ctx, "tenant");
        String name = wanted == null ? caller.tenant() : wanted;
        if (name == null) {
            throw new CheckRefused(new Problem.Malformed("expected tenant: whose devices will carry it"));
        }
        caller.requireTenant(name);
        answer(ctx, tenants.require(name));
    }

    private void answer(RoutingContext ctx, Tenant tenant) {
        SigningKey key =
                trust.keys().of(tenant.name()).orElseThrow(() -> new CheckRefused(new Problem.UnknownTenant()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tenant", tenant.name());
        json.put("snapshot", SnapshotJson.sign(trust.current().snapshot(), key));
        json.put("signed_by", key.publicKey().toJwk());
        Answers.json(ctx, 200, json);
    }
}
