package city.elicence.company.http;

import city.elicence.company.dossier.Document;
import city.elicence.company.dossier.Dossier;
import city.elicence.company.dossier.DossierDesk;
import city.elicence.company.dossier.DossierQuery;
import city.elicence.company.keep.Companies;
import city.elicence.company.keep.Company;
import city.elicence.company.keep.Refused;
import city.elicence.credentials.sdjwt.SdJwtException;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The dossier: for the company's own people, and for those outside who hold a consent. */
public final class DossierRoutes {
    /** "Nothing" is answered after this long, whatever was looked at: time tells no more than the words. */
    private static final Duration NOTHING_AFTER = Duration.ofMillis(25);

    private final Companies companies;
    private final Dossier dossier;
    private final DossierDesk desk;
    private final DossierQuery queries;
    private final Supplier<URI> base;

    public DossierRoutes(
            Companies companies, Dossier dossier, DossierDesk desk, DossierQuery queries, Supplier<URI> base) {
        this.companies = companies;
        this.dossier = dossier;
        this.desk = desk;
        this.queries = queries;
        this.base = base;
    }

    void addTo(Router router, Exchange exchange, Function<CompanyRoutes.SignedStep, Handler<RoutingContext>> signed) {
        router.get("/api/:tenant/dossier").handler(signed.apply((who, ctx) -> own(who.company(), ctx)));
        router.post("/api/:tenant/dossier").handler(signed.apply((who, ctx) -> {
            dossier.file(who.company().id(), Exchange.field(ctx, "card"));
            return Map.of("filed", true);
        }));
        router.post("/:company/dossier").handler(exchange.json(this::query));
    }

    private Map<String, Object> own(Company company, RoutingContext ctx) throws SdJwtException {
        String reference = ctx.request().getParam("reference");
        if (reference == null || reference.length() > 100) {
            throw Refused.malformed("reference: expected 1 to 100 characters");
        }
        List<Object> documents = new ArrayList<>();
        for (Dossier.Place place : dossier.find(company.id(), reference)) {
            Document document = dossier.open(company.id(), place);
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("type", place.type());
            json.put("name", document.name());
            if (document.issuer() != null) {
                json.put("issuer", document.issuer());
            }
            json.put("claims", document.credential().process().claims());
            documents.add(json);
        }
        return Map.of("documents", documents, "size", dossier.size(company.id()));
    }

    private Map<String, Object> query(RoutingContext ctx) throws InterruptedException {
        long begun = System.nanoTime();
        Company company = companies.find(ctx.pathParam("company")).orElseThrow(() -> Refused.notFound("company"));
        List<String> presentations = desk.answer(
                company, queries.read(Exchange.field(ctx, "query"), base.get() + "/" + company.id() + "/dossier"));
        if (presentations.isEmpty()) {
            long left = NOTHING_AFTER.toNanos() - (System.nanoTime() - begun);
            if (left > 0) {
                Thread.sleep(Duration.ofNanos(left));
            }
            throw Refused.notFound("dossier for you");
        }
        return Map.of("presentations", presentations);
    }
}
