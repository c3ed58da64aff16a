package city.elicence.company.http;

import city.elicence.company.keep.Companies;
import city.elicence.company.keep.Company;
import city.elicence.company.keep.Person;
import city.elicence.company.keep.Refused;
import city.elicence.company.request.Asked;
import city.elicence.company.request.Inbox;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.Wallet;
import city.elicence.wallet.receive.OfferPreview;
import city.elicence.wallet.receive.Receiving;
import city.elicence.wallet.store.Card;
import city.elicence.web.Pages;
import city.elicence.web.StaffDoor;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The console's API and the always-on endpoint. {@code /openapi.json} describes each route, and a test holds the two together. */
public final class CompanyRoutes implements AutoCloseable {
    private final StaffDoor staff;
    private final Companies companies;
    private final Inbox inbox;
    private final AuthorityRoutes authority;
    private final DossierRoutes dossier;
    private final OversightRoutes oversight;
    private final PhoneRoutes phones;
    private final Exchange exchange = new Exchange();
    private final Map<String, Object> openApi = openApi();
    private final Set<String> described = ConcurrentHashMap.newKeySet();

    public CompanyRoutes(
            StaffDoor staff,
            Companies companies,
            Inbox inbox,
            AuthorityRoutes authority,
            DossierRoutes dossier,
            OversightRoutes oversight,
            PhoneRoutes phones) {
        this.staff = staff;
        this.companies = companies;
        this.inbox = inbox;
        this.authority = authority;
        this.dossier = dossier;
        this.oversight = oversight;
        this.phones = phones;
    }

    /** Adds them to a router; called once for each instance. */
    public void addTo(Router router) {
        staff.mount(router);
        router.get("/openapi.json").handler(exchange.json(ctx -> openApi));
        router.get("/api/:tenant/company").handler(signed((who, ctx) -> company(who)));
        router.get("/api/:tenant/cards").handler(signed((who, ctx) -> cards(who.company())));
        router.post("/api/:tenant/offers").handler(signed((who, ctx) -> accept(who.company(), ctx)));
        router.get("/api/:tenant/requests").handler(signed((who, ctx) -> requests(who.company())));
        router.post("/api/:tenant/requests")
                .handler(signed((who, ctx) -> asked(inbox.take(who.company(), Exchange.field(ctx, "link")))));
        router.get("/api/:tenant/requests/:id")
                .handler(signed((who, ctx) -> asked(inbox.toDecide(who.company().id(), ctx.pathParam("id")))));
        router.post("/api/:tenant/requests/:id/approve").handler(signed(this::approve));
        router.post("/api/:tenant/requests/:id/deny")
                .handler(
                        signed((who, ctx) -> asked(inbox.deny(who.company().id(), ctx.pathParam("id"), who.person()))));
        authority.addTo(router, this::signed);
        dossier.addTo(router, exchange, this::signed);
        oversight.addTo(router, exchange);
        phones.addTo(router, exchange, this::signed);
        router.get("/api/:tenant/history").handler(signed((who, ctx) -> history(who.company())));
        router.post("/:company/requests").handler(exchange.json(this::delivered));
        for (Route route : router.getRoutes()) {
            Set<HttpMethod> methods = route.methods();
            String path = route.getPath();
            if (methods != null && path != null) {
                methods.forEach(method -> described.add(
                        method.name().toLowerCase(Locale.ROOT) + " " + path.replaceAll(":([a-z0-9]+)", "{$1}")));
            }
        }
        Pages.mount(router, "pages/company", "company.html");
    }

    /** Method and path template of each route, as {@code /openapi.json} writes them. */
    public Set<String> described() {
        return Set.copyOf(described);
    }

    @Override
    public void close() {
        exchange.close();
    }

    /** What a route does for who signed in. */
    interface SignedStep {
        Map<String, ?> run(Signed who, RoutingContext ctx) throws Exception;
    }

    private Handler<RoutingContext> signed(SignedStep step) {
        return exchange.json(ctx -> step.run(Signed.in(staff, companies, ctx), ctx));
    }

    private Map<String, Object> company(Signed who) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", who.company().id());
        json.put("name", Map.of("zh", who.company().zh(), "en", who.company().en()));
        json.put("unified_code", who.company().unifiedCode());
        json.put("person", person(who.person()));
        List<Object> people = new ArrayList<>();
        companies.people(who.company().id()).forEach(person -> people.add(person(person)));
        json.put("people", people);
        return json;
    }

    private static Map<String, Object> person(Person person) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", person.id());
        json.put("name", person.name());
        json.put("representative", person.representative());
        return json;
    }

    private Map<String, Object> cards(Company company) {
        Wallet wallet = companies.wallet(company.id());
        wallet.fetchReceipts();
        wallet.refreshStatus();
        List<Object> cards = new ArrayList<>();
        wallet.cards().forEach(card -> cards.add(WalletJson.card(card)));
        return Map.of("cards", cards);
    }

    private Map<String, Object> accept(Company company, RoutingContext ctx) {
        Wallet wallet = companies.wallet(company.id());
        OfferPreview offer = Refused.orValue(wallet.readOffer(Exchange.field(ctx, "link")));
        Receiving receiving =
                Refused.orValue(wallet.accept(offer, Exchange.body(ctx).getString("tx_code")));
        List<Object> cards = new ArrayList<>();
        String state;
        switch (receiving) {
            case Receiving.Received received -> {
                state = "received";
                for (Card card : received.cards()) {
                    cards.add(WalletJson.card(card));
                }
            }
            case Receiving.SignInNeeded signIn ->
                throw new Refused(
                        new Refused.Reason.Conflict("sign-in-needed", "this offer wants a person to sign in"));
            case Receiving.Later later -> state = "later";
            case Receiving.Interrupted interrupted -> state = "interrupted";
        }
        return Map.of("state", state, "cards", cards);
    }

    private Map<String, Object> requests(Company company) {
        List<Object> all = new ArrayList<>();
        inbox.all(company.id()).forEach(each -> all.add(asked(each)));
        return Map.of("requests", all);
    }

    private Map<String, Object> approve(Signed who, RoutingContext ctx) throws JsonException {
        Map<String, List<String>> picks = new LinkedHashMap<>();
        Fields body = Fields.parse(Exchange.body(ctx).encode());
        Map<String, Object> named = body.optObject("picks").orElse(Map.of());
        for (String question : named.keySet()) {
            picks.put(question, Fields.of(named).strings(question));
        }
        return asked(inbox.approve(who.company(), ctx.pathParam("id"), who.person(), picks));
    }

    /** Anybody may hand in a request: who asks proves it in the request itself. They learn only that it was taken. */
    private Map<String, Object> delivered(RoutingContext ctx) {
        Company company = companies.find(ctx.pathParam("company")).orElseThrow(() -> Refused.notFound("company"));
        Asked taken = inbox.take(company, Exchange.field(ctx, "link"));
        return Map.of("state", taken.state().text());
    }

    static Map<String, Object> asked(Asked asked) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", asked.id());
        json.put("verifier", asked.verifier());
        json.put("name", Map.of("zh", asked.verifierZh(), "en", asked.verifierEn()));
        json.put("state", asked.state().text());
        json.put("received_at", asked.receivedAt().toString());
        optional(json, "code", asked.code());
        optional(json, "consent", asked.consentId());
        optional(json, "decided_by", asked.decidedBy());
        optional(json, "decided_at", asked.decidedAt());
        json.put("signed_by", asked.signedBy());
        if (asked.open() != null) {
            json.put("request", WalletJson.consent(asked.open()));
        }
        return json;
    }

    private static void optional(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }

    private Map<String, Object> history(Company company) {
        List<Object> entries = new ArrayList<>();
        companies.wallet(company.id()).history().forEach(entry -> entries.add(WalletJson.history(entry)));
        return Map.of("history", entries);
    }

    private static Map<String, Object> openApi() {
        try (InputStream file = CompanyRoutes.class.getResourceAsStream("/company/openapi.json")) {
            if (file == null) {
                throw new IllegalStateException("openapi.json is missing from the program");
            }
            return Json.parseObject(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | JsonException e) {
            throw new IllegalStateException("openapi.json cannot be read", e);
        }
    }
}
