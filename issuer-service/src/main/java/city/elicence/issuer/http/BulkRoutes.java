package city.elicence.issuer.http;

import city.elicence.credentials.staff.StaffRole;
import city.elicence.issuer.offer.BulkDesk;
import city.elicence.issuer.offer.OfferRequest;
import city.elicence.issuer.status.LicenceList;
import city.elicence.issuer.tenant.Tenants;
import city.elicence.web.StaffDoor;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a desk does and sees in numbers: many licences from one file, and the days' counts. */
final class BulkRoutes {
    private static final int MOST_DAYS = 92;
    private static final int USUAL_DAYS = 30;

    private final Tenants tenants;
    private final StaffDoor staff;
    private final BulkDesk bulk;
    private final LicenceList licences;
    private final ZoneId zone;
    private final Clock clock;

    BulkRoutes(Tenants tenants, StaffDoor staff, BulkDesk bulk, LicenceList licences, ZoneId zone, Clock clock) {
        this.tenants = tenants;
        this.staff = staff;
        this.bulk = bulk;
        this.licences = licences;
        this.zone = zone;
        this.clock = clock;
    }

    void mount(Router router) {
        router.post("/api/:tenant/bulk").handler(Exchange.route(this::begin));
        router.get("/api/:tenant/bulk/:order").handler(Exchange.route(this::state));
        router.get("/api/:tenant/days").handler(Exchange.route(this::days));
    }

    private void begin(Exchange x) {
        String clerk = clerk(x);
        if (!x.hasType("text/csv")) {
            throw Exchange.badDesk("expected a body of type text/csv");
        }
        String type = x.query("type").orElseThrow(() -> Exchange.badDesk("expected type: the licence to issue"));
        boolean txCode = x.query("tx_code").filter("true"::equals).isPresent();
        x.reply(
                202,
                Map.of(
                        "id",
                        bulk.begin(
                                x.tenant(tenants),
                                clerk,
                                type,
                                x.body(),
                                txCode,
                                count(x, "together", 1, OfferRequest.MAX_LICENCES))));
    }

    private void state(Exchange x) {
        clerk(x);
        x.reply(200, bulk.state(x.tenant(tenants), x.path("order")));
    }

    private void days(Exchange x) {
        staff.require(x.context(), StaffRole.CLERK, StaffRole.ADMIN, StaffRole.AUDITOR);
        int count = count(x, "days", USUAL_DAYS, MOST_DAYS);
        List<Map<String, Object>> days =
                licences.days(x.tenant(tenants), LocalDate.ofInstant(clock.instant(), zone), count, zone).stream()
                        .map(day -> {
                            Map<String, Object> json = new LinkedHashMap<>();
                            json.put("day", day.day().toString());
                            json.put("issued", day.issued());
                            json.put("revoked", day.revoked());
                            return json;
                        })
                        .toList();
        x.reply(200, Map.of("days", days));
    }

    private static int count(Exchange x, String name, int usual, int most) {
        int count;
        try {
            count = x.query(name).map(Integer::parseInt).orElse(usual);
        } catch (NumberFormatException malformed) {
            count = 0;
        }
        if (count < 1 || count > most) {
            throw Exchange.badDesk(name + ": expected 1 to " + most);
        }
        return count;
    }

    private String clerk(Exchange x) {
        return staff.require(x.context(), StaffRole.CLERK, StaffRole.ADMIN).subject();
    }
}
