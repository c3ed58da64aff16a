package city.elicence.company.http;

import city.elicence.company.keep.Companies;
import city.elicence.company.keep.Company;
import city.elicence.company.keep.Refused;
import city.elicence.company.phone.Phones;
import city.elicence.company.request.Asked;
import city.elicence.company.request.Inbox;
import city.elicence.credentials.qr.Qr;
import city.elicence.credentials.qr.QrException;
import city.elicence.credentials.qr.QrLevel;
import city.elicence.wallet.company.CompanyLink;
import city.elicence.wallet.company.PhoneWord;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The phones of a company's people: taken in on a person's page, then looking and deciding on their own. */
public final class PhoneRoutes {
    private static final int QR_SCALE = 6;

    private final Companies companies;
    private final Phones phones;
    private final Inbox inbox;
    private final Supplier<URI> base;

    public PhoneRoutes(Companies companies, Phones phones, Inbox inbox, Supplier<URI> base) {
        this.companies = companies;
        this.phones = phones;
        this.inbox = inbox;
        this.base = base;
    }

    void addTo(Router router, Exchange exchange, Function<CompanyRoutes.SignedStep, Handler<RoutingContext>> signed) {
        router.get("/api/:tenant/phones").handler(signed.apply((who, ctx) -> {
            List<Object> all = new ArrayList<>();
            phones.all(who.company().id()).forEach(each -> all.add(json(each)));
            return Map.of("phones", all);
        }));
        router.post("/api/:tenant/phones").handler(signed.apply((who, ctx) -> link(who)));
        router.delete("/api/:tenant/phones/:id")
                .handler(signed.apply(
                        (who, ctx) -> json(phones.withdraw(who.company().id(), who.person(), ctx.pathParam("id")))));
        router.post("/:company/phones").handler(exchange.json(this::pair));
        router.post("/:company/phone/requests").handler(exchange.json(this::requests));
        router.post("/:company/phone/decisions").handler(exchange.json(this::decide));
    }

    private Map<String, Object> link(Signed who) throws QrException {
        String link = CompanyLink.SCHEME + "://?wallet="
                + URLEncoder.encode(base.get().toString(), StandardCharsets.UTF_8) + "&company="
                + who.company().id() + "&code=" + phones.code(who.company(), who.person());
        byte[] picture = Qr.encode(link, QrLevel.LOW).png(QR_SCALE);
        return Map.of(
                "link",
                link,
                "qr",
                "data:image/png;base64," + Base64.getEncoder().encodeToString(picture));
    }

    private Map<String, Object> pair(RoutingContext ctx) {
        Company company = company(ctx);
        Phones.Paired paired = phones.pair(company, audience(company), Exchange.field(ctx, "proof"));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", paired.id());
        json.put("token", paired.token());
        json.put("company", Map.of("zh", company.zh(), "en", company.en()));
        json.put("person", paired.person().name());
        return json;
    }

    /** All that waits and can still be answered, with what would be shown. */
    private Map<String, Object> requests(RoutingContext ctx) {
        Company company = company(ctx);
        phones.speaker(company, ctx.request().getHeader("Authorization"));
        List<Object> waiting = new ArrayList<>();
        inbox.waiting(company.id()).forEach(each -> waiting.add(CompanyRoutes.asked(each)));
        return Map.of("requests", waiting);
    }

    private Map<String, Object> decide(RoutingContext ctx) {
        Company company = company(ctx);
        Phones.Speaker speaker = phones.speaker(company, ctx.request().getHeader("Authorization"));
        String compact = Exchange.field(ctx, "word");
        PhoneWord word = phones.word(speaker, audience(company), compact);
        Asked asked = inbox.toDecide(company.id(), word.request());
        if (!word.verifier().equals(asked.verifier())
                || asked.open() == null
                || !word.acts().equals(asked.open().transactions())) {
            throw new Refused(new Refused.Reason.Conflict(
                    "another-question", "the phone signed for another question than the one that waits"));
        }
        phones.keep(word, compact);
        return CompanyRoutes.asked(
                word.agreed()
                        ? inbox.approve(company, word.request(), speaker.person(), Map.of())
                        : inbox.deny(company.id(), word.request(), speaker.person()));
    }

    private Company company(RoutingContext ctx) {
        return companies.find(ctx.pathParam("company")).orElseThrow(() -> Refused.notFound("company"));
    }

    private String audience(Company company) {
        return base.get() + "/" + company.id();
    }

    private static Map<String, Object> json(Phones.Phone phone) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", phone.id());
        json.put("person", phone.person());
        json.put("added_at", phone.addedAt().toString());
        if (phone.withdrawnAt() != null) {
            json.put("withdrawn_at", phone.withdrawnAt().toString());
        }
        return json;
    }
}
