package city.elicence.company.http;

import city.elicence.company.keep.Refused;
import city.elicence.company.receipt.Receipts;
import city.elicence.company.statement.Statements;
import city.elicence.credentials.merkle.MerkleHash;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** What the service answers to an auditor: the proof that its log only grew, and how often consents were used. */
public final class OversightRoutes {
    private final Statements statements;
    private final Receipts receipts;

    public OversightRoutes(Statements statements, Receipts receipts) {
        this.statements = statements;
        this.receipts = receipts;
    }

    void addTo(Router router, Exchange exchange) {
        router.get("/logs/:did/consistency").handler(exchange.json(this::consistency));
        router.get("/oversight").handler(exchange.json(ctx -> Map.of("consents_used", receipts.consentsUsed())));
    }

    private Map<String, Object> consistency(RoutingContext ctx) {
        if (!statements.log().value().equals(ctx.pathParam("did"))) {
            throw Refused.notFound("log");
        }
        List<MerkleHash> proof = statements.consistency(size(ctx, "first"), size(ctx, "second"));
        return Map.of("proof", proof.stream().map(MerkleHash::toBase64Url).toList());
    }

    private static long size(RoutingContext ctx, String name) {
        try {
            return Long.parseLong(String.valueOf(ctx.request().getParam(name)));
        } catch (NumberFormatException malformed) {
            throw Refused.malformed(name + ": expected a number of entries");
        }
    }
}
