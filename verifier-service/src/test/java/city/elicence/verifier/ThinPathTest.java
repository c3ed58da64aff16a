package city.elicence.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ThinPathTest {
    private final TestCity city = TestCity.city();

    @Test
    @DisplayName(
            "A bank asks whether someone may drive a car; the wallet shows that and no more; the verdict is accepted")
    void accepted() {
        TestApi.Answer made = city.api().post("/api/checks", TestCity.check("bank", "may-drive-car"));
        assertEquals(201, made.status(), made.body());
        TestIssuer.Held held = city.police.issue(
                TestCity.LICENCE, Map.of("may_drive_car", true, "name", "林晓宁（测试）", "classes", List.of("C1")));

        RawWallet.Request request = RawWallet.follow(made.string("link"));
        TestApi.Answer answer =
                RawWallet.respond(request, "driving_licence", RawWallet.present(held, request, "may_drive_car"));

        assertEquals(200, answer.status(), answer.body());
        assertTrue(answer.string("redirect_uri").contains("response_code="));
        TestApi.Answer result = city.api().get("/api/checks/" + made.string("id"));
        assertEquals("accepted", result.string("status"), result.body());
        assertEquals(
                Map.of("driving_licence", List.of(Map.of("may_drive_car", true))),
                result.json().get("claims"));
        assertFalse(result.body().contains("林晓宁"));
    }

    @Test
    @DisplayName("Revoked, then shown at once: refused by name, with a 4xx for the wallet")
    void revokedThenShownAtOnce() throws InterruptedException {
        TestIssuer.Held held = city.police.issue(TestCity.LICENCE, Map.of("may_drive_car", true));
        city.police.set(held.statusIndex(), 1);
        city.police.publish(java.time.Instant.now().plusMillis(1000));
        Thread.sleep(1100);

        TestApi.Answer made = city.api().post("/api/checks", TestCity.check("bank", "may-drive-car"));
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        TestApi.Answer answer =
                RawWallet.respond(request, "driving_licence", RawWallet.present(held, request, "may_drive_car"));

        assertEquals(400, answer.status(), answer.body());
        assertEquals("revoked", answer.string("code"));
        assertEquals(
                "refused", city.api().get("/api/checks/" + made.string("id")).string("status"));
    }
}
