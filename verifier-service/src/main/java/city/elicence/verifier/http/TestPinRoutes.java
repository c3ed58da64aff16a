package city.elicence.verifier.http;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.verifier.problem.CheckRefused;
import city.elicence.verifier.problem.Problem;
import city.elicence.verifier.trust.PinnedTestCertificates;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pinning test certificates at run time: for administrators, under an address that says what it is. */
final class TestPinRoutes {
    static final String PINS = "/api/dangerously-pinned-test-certificates";
    static final String PIN = PINS + "/:sha256";

    private static final int MOST_CLAIMS = 100;

    private final SignIn signIn;
    private final PinnedTestCertificates pins;

    TestPinRoutes(SignIn signIn, PinnedTestCertificates pins) {
        this.signIn = signIn;
        this.pins = pins;
    }

    void addTo(Router router) {
        router.get(PINS).handler(Answers.guarded(this::list));
        router.post(PINS).handler(Answers.guarded(this::pin));
        router.delete(PIN).handler(Answers.guarded(this::unpin));
    }

    private void list(RoutingContext ctx) {
        signIn.reader(ctx);
        Answers.json(
                ctx,
                200,
                Map.of("pinned", pins.all().stream().map(TestPinRoutes::json).toList()));
    }

    private void pin(RoutingContext ctx) {
        Caller caller = signIn.adminOfWholeCity(ctx);
        try {
            Fields body = Fields.parse(Forms.json(ctx));
            X509Certificate leaf = CertificateChain.certificate(body.string("certificate")
                    .replaceAll("-----(BEGIN|END) CERTIFICATE-----", "")
                    .replaceAll("\\s", ""));
            List<ClaimPath> claims = new ArrayList<>();
            for (Object path : body.list("claims")) {
                claims.add(ClaimPath.fromJson(path));
            }
            String label = body.string("label");
            // Of an mdoc its document type stands in the place of vct.
            String vct = body.has("doctype") ? body.string("doctype") : body.string("vct");
            if (claims.size() > MOST_CLAIMS || label.isBlank() || label.length() > 100 || vct.length() > 512) {
                throw new JsonException(
                        "label, vct, claims: expected 1 to 100 and 512 characters, at most " + MOST_CLAIMS + " claims");
            }
            Answers.json(ctx, 201, json(pins.dangerouslyPin(leaf, vct, claims, label, caller.actor())));
        } catch (JsonException | JoseException e) {
            throw new CheckRefused(new Problem.Malformed(String.valueOf(e.getMessage())));
        }
    }

    private void unpin(RoutingContext ctx) {
        signIn.adminOfWholeCity(ctx);
        if (!pins.unpin(ctx.pathParam("sha256"))) {
            throw new CheckRefused(new Problem.UnknownCheck());
        }
        ctx.response().setStatusCode(204).end();
    }

    private static Map<String, Object> json(PinnedTestCertificates.Pin pin) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sha256", pin.sha256());
        json.put("vct", pin.vct());
        json.put("claims", pin.claims().stream().map(ClaimPath::toJson).toList());
        json.put("label", pin.label());
        json.put("pinned_at", pin.pinnedAt().toString());
        return json;
    }
}
