package city.elicence.company.http;

import city.elicence.company.consent.Consents;
import city.elicence.company.consent.Given;
import city.elicence.company.keep.Refused;
import city.elicence.company.mandate.Mandate;
import city.elicence.company.mandate.MandateDesk;
import city.elicence.company.sign.StatusPlaces;
import city.elicence.company.statement.Statements;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.status.StatusListToken;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Who may act for a company, what it consents to, and the receipts of what was shown. */
public final class AuthorityRoutes implements AutoCloseable {
    /** The power to give the company's word in advance, and to take it back. */
    private static final String CONSENT = "present-licences";

    private final MandateDesk mandates;
    private final Consents consents;
    private final Statements statements;
    private final StatusPlaces places;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public AuthorityRoutes(MandateDesk mandates, Consents consents, Statements statements, StatusPlaces places) {
        this.mandates = mandates;
        this.consents = consents;
        this.statements = statements;
        this.places = places;
    }

    void addTo(Router router, Function<CompanyRoutes.SignedStep, Handler<RoutingContext>> signed) {
        router.get("/api/:tenant/mandates").handler(signed.apply((who, ctx) -> {
            List<Object> all = new ArrayList<>();
            mandates.all(who.company().id()).forEach(each -> all.add(json(each)));
            return Map.of("mandates", all);
        }));
        router.post("/api/:tenant/mandates")
                .handler(signed.apply(
                        (who, ctx) -> json(mandates.grant(who.company(), who.person(), mandateWish(ctx)))));
        router.delete("/api/:tenant/mandates/:id")
                .handler(signed.apply(
                        (who, ctx) -> json(mandates.revoke(who.company(), who.person(), ctx.pathParam("id")))));
        router.get("/api/:tenant/consents").handler(signed.apply((who, ctx) -> {
            List<Object> all = new ArrayList<>();
            consents.all(who.company().id()).forEach(each -> all.add(json(each)));
            return Map.of("consents", all);
        }));
        router.post("/api/:tenant/consents").handler(signed.apply((who, ctx) -> {
            mandates.requireRight(who.company().id(), who.person(), CONSENT);
            return json(consents.give(who.company(), who.person(), consentWish(ctx)));
        }));
        router.delete("/api/:tenant/consents/:id").handler(signed.apply((who, ctx) -> {
            mandates.requireRight(who.company().id(), who.person(), CONSENT);
            return json(consents.withdraw(who.company().id(), ctx.pathParam("id")));
        }));
        router.get("/api/:tenant/receipts").handler(signed.apply((who, ctx) -> {
            List<Object> all = new ArrayList<>();
            Map<String, Statements.Kept> back =
                    statements.countersigned(who.company().id());
            for (Statements.Kept kept : statements.all(who.company().id(), "receipt")) {
                Map<String, Object> json = json(kept);
                Statements.Kept countersigned = back.get(kept.id());
                if (countersigned != null) {
                    json.put("countersigned", proven(countersigned));
                }
                all.add(json);
            }
            return Map.of("receipts", all);
        }));
        router.get("/:company/status").handler(this::status);
    }

    private void status(RoutingContext ctx) {
        threads.execute(() -> {
            try {
                String token = places.token(ctx.pathParam("company"));
                ctx.response()
                        .putHeader("Content-Type", StatusListToken.MEDIA_TYPE)
                        .putHeader("Cache-Control", "max-age=1")
                        .end(token)
                        .await();
            } catch (Refused unknown) {
                ctx.fail(Exchange.toldOutside(new Refused.Reason.NotFound("list")));
            } catch (RuntimeException failed) {
                ctx.fail(failed);
            }
        });
    }

    private static Mandate.Wish mandateWish(RoutingContext ctx) {
        try {
            Fields body = Fields.parse(Exchange.body(ctx).encode());
            OptionalLong limit = body.optLong("limit");
            return new Mandate.Wish(
                    body.string("person"),
                    body.strings("powers"),
                    limit.isPresent() ? limit.getAsLong() : null,
                    LocalDate.parse(body.string("valid_until")),
                    body.flag("may_delegate"));
        } catch (JsonException | DateTimeParseException e) {
            throw Refused.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static Given.Wish consentWish(RoutingContext ctx) {
        try {
            Fields body = Fields.parse(Exchange.body(ctx).encode());
            Set<ClaimPath> claims = new LinkedHashSet<>();
            for (String claim : body.strings("claims")) {
                claims.add(ClaimPath.parse(claim));
            }
            return new Given.Wish(
                    body.string("verifier"),
                    body.string("type"),
                    claims,
                    body.string("purpose"),
                    body.optString("reference").orElse(null),
                    body.time("until"),
                    Math.toIntExact(body.optLong("uses").orElse(1)));
        } catch (JsonException | IllegalArgumentException | ArithmeticException e) {
            throw Refused.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Object> json(Mandate mandate) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", mandate.number());
        json.put("person", mandate.person());
        json.put("powers", mandate.powers());
        if (mandate.limitFen() != null) {
            json.put("limit", mandate.limitFen());
        }
        json.put("valid_until", mandate.validUntil().toString());
        json.put("may_delegate", mandate.mayDelegate());
        json.put("granted_by", mandate.grantedBy());
        if (mandate.revokedAt() != null) {
            json.put("revoked_at", mandate.revokedAt().toString());
        }
        return json;
    }

    private static Map<String, Object> json(Given given) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", given.id());
        json.put("verifier", given.verifier());
        json.put("type", given.type());
        json.put("claims", given.claims().stream().map(ClaimPath::toString).toList());
        json.put("purpose", given.purpose());
        if (given.reference() != null) {
            json.put("reference", given.reference());
        }
        json.put("until", given.until().toString());
        json.put("uses", (long) given.uses());
        json.put("used", (long) given.used());
        json.put("given_by", given.givenBy());
        json.put("signed", given.signed());
        if (given.withdrawnAt() != null) {
            json.put("withdrawn_at", given.withdrawnAt().toString());
        }
        return json;
    }

    private static Map<String, Object> json(Statements.Kept kept) {
        Map<String, Object> json = proven(kept);
        try {
            json.put("says", Jws.parse(kept.signed()).claims());
        } catch (JoseException unreadable) {
            throw new IllegalStateException("a receipt of our own cannot be read", unreadable);
        }
        return json;
    }

    private static Map<String, Object> proven(Statements.Kept kept) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", kept.id());
        json.put("at", kept.at().toString());
        json.put("signed", kept.signed());
        if (kept.proof() != null) {
            json.put("proof", kept.proof().toJson());
        }
        return json;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
