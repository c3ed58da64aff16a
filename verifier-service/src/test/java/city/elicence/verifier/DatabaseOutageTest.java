package city.elicence.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.elicence.credentials.staff.StaffRole;
import city.elicence.verifier.tenant.Tenant;
import city.elicence.web.CutLine;
import city.elicence.web.Outage;
import city.elicence.web.database.DatabaseSettings;
import city.elicence.web.database.ServiceDatabase;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A database that is away stops the verifier, and nothing of it for longer than that")
class DatabaseOutageTest {
    private final TestCity city = TestCity.city();

    @Test
    @DisplayName(
            "Meanwhile every request is told so by 503 and nothing is changed; then the same requests work, and a use is registered")
    void cutAndMended() throws Exception {
        DatabaseSettings own =
                city.empty("outage_" + UUID.randomUUID().toString().substring(0, 8));
        ServiceDatabase.migrate(own);
        try (CutLine line = new CutLine(own)) {
            Pool through = ServiceDatabase.pool(city.vertx, line.settings());
            try (VerifierService service = city.anotherService(through)) {
                service.enrol(new Tenant(
                        "insurer", city.insurer.did(), "示例保险（测试）", "Sample insurer (test)", city.insurer.chain()));
                TestApi api = new TestApi(service.base(), city.staff(StaffRole.VERIFIER));
                UsedLicence.Asked asked =
                        UsedLicence.invoice(city, 500).showTo(api, "insurer", "patient_paid", "claim_secret");
                String check = "/api/checks/" + asked.checkId();
                Map<String, String> key = Map.of("Idempotency-Key", "claim-1");
                List<Supplier<TestApi.Answer>> requests = List.of(
                        () -> api.get(check),
                        () -> api.post("/api/checks", TestCity.check("insurer", "may-drive-car")),
                        () -> api.get("/oversight"),
                        () -> api.post(check + "/uses", Map.of(), key));

                line.cut();
                for (Supplier<TestApi.Answer> each : requests) {
                    TestApi.Answer away = each.get();
                    Outage.told(away.status(), away.headers().map(), away.json());
                }

                line.mend();
                Outage.until(() -> api.get(check).status() == 200);
                assertEquals(List.of(), api.get(check + "/uses").json().get("yours"));
                String use = api.post(check + "/uses", Map.of(), key).string("id");
                Outage.until(() -> api.get("/api/uses/" + use).string("state").equals("registered"));
            } finally {
                through.close().await();
            }
        }
    }
}
