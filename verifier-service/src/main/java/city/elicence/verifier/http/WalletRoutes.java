package city.elicence.verifier.http;

import city.elicence.credentials.qr.Qr;
import city.elicence.credentials.qr.QrException;
import city.elicence.credentials.qr.QrLevel;
import city.elicence.verifier.decide.Deciding;
import city.elicence.verifier.decide.VerdictRow;
import city.elicence.verifier.request.RequestDesk;
import city.elicence.verifier.request.WalletMetadata;
import city.elicence.verifier.response.ComingBack;
import city.elicence.verifier.response.Receiving;
import city.elicence.verifier.response.WalletForm;
import city.elicence.web.HttpRefusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What wallets and their browsers call; nobody signs in here. Each address has the relying party in it. */
final class WalletRoutes {
    static final String REQUEST = "/:tenant/request/:id";
    static final String RESPONSE = "/:tenant/response/:id";
    static final String RETURN = "/:tenant/return/:id";
    static final String QR = "/:tenant/qr/:id";

    private static final int PIXELS_A_MODULE = 6;

    private final RequestDesk requests;
    private final Receiving receiving;
    private final Deciding deciding;
    private final ComingBack comingBack;

    WalletRoutes(RequestDesk requests, Receiving receiving, Deciding deciding, ComingBack comingBack) {
        this.requests = requests;
        this.receiving = receiving;
        this.deciding = deciding;
        this.comingBack = comingBack;
    }

    void addTo(Router router) {
        router.get(REQUEST).handler(Answers.guarded(this::fetch));
        router.post(REQUEST).handler(Answers.guarded(this::fetchByPost));
        router.post(RESPONSE).handler(Answers.guarded(this::respond));
        router.get(RETURN).handler(Answers.guarded(this::comeBack));
        router.get(QR).handler(Answers.guarded(this::qr));
    }

    private void fetch(RoutingContext ctx) {
        requestObject(ctx, null, null);
    }

    /** OpenID4VP 1.0 §5.10. */
    private void fetchByPost(RoutingContext ctx) {
        Map<String, List<String>> form = Forms.read(ctx);
        String metadata = Forms.optional(form, "wallet_metadata");
        requestObject(
                ctx, Forms.optional(form, "wallet_nonce"), metadata == null ? null : WalletMetadata.parse(metadata));
    }

    private void requestObject(RoutingContext ctx, @Nullable String walletNonce, @Nullable WalletMetadata wallet) {
        String jwt = requests.fetch(ctx.pathParam("tenant"), ctx.pathParam("id"), walletNonce, wallet);
        Answers.text(ctx, "application/oauth-authz-req+jwt", jwt);
    }

    /** OpenID4VP 1.0 §8.2: taken in by one step, judged by the next; a bad presentation is told so. */
    private void respond(RoutingContext ctx) {
        Receiving.Received received =
                receiving.receive(ctx.pathParam("tenant"), ctx.pathParam("id"), WalletForm.read(Forms.read(ctx)));
        VerdictRow verdict = deciding.decide(received.checkId());
        if (verdict.outcome() == VerdictRow.Outcome.REFUSED) {
            throw new HttpRefusal(
                    400,
                    "invalid_request",
                    verdict.sentence(),
                    Map.of(),
                    verdict.code() == null ? Map.of() : Map.of("code", verdict.code()));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("redirect_uri", received.redirectUri().toString());
        Answers.json(ctx, 200, body);
    }

    /** OpenID4VP 1.0 §14.2: same-device results wait for this. */
    private void comeBack(RoutingContext ctx) {
        String tenant = ctx.pathParam("tenant");
        String id = ctx.pathParam("id");
        List<String> codes = ctx.queryParam("response_code");
        Cookie session = ctx.request().getCookie(CheckSession.NAME);
        boolean sameDevice = comingBack.browser(
                tenant, id, codes.size() == 1 ? codes.get(0) : "", session == null ? null : session.getValue());
        ctx.response()
                .setStatusCode(303)
                .putHeader(HttpHeaders.LOCATION, sameDevice ? "/checks/" + id : "/shown")
                .end();
    }

    private void qr(RoutingContext ctx) {
        String link = requests.link(ctx.pathParam("tenant"), ctx.pathParam("id"));
        ctx.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "image/png")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(Buffer.buffer(png(link)));
    }

    private static byte[] png(String link) {
        try {
            return Qr.encode(link, QrLevel.MEDIUM).png(PIXELS_A_MODULE);
        } catch (QrException tooLong) {
            // Only a request by value can be this long (redirect_uri prefix with a large query).
            throw new HttpRefusal(400, "invalid_request", "the request is too long for a QR code; follow its link");
        }
    }
}
