package city.elicence.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.verifier.response.Receiving;
import city.elicence.verifier.response.WalletForm;
import city.elicence.verifier.secret.SealedColumn;
import city.elicence.verifier.tenant.Addresses;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Answers that were taken in by a service that ended before it could decide. */
class LeftUndecidedTest {
    private static final String QUERY = "driving_licence";

    private final TestCity city = TestCity.city();
    private final SealedColumn vpTokens = SealedColumn.vpTokens(TestCity.VAULT);
    private final TestIssuer.Held licence = city.police.issue(TestCity.LICENCE, Map.of("may_drive_car", true));

    /** Takes an answer in, and does no more. */
    private String receive() {
        TestApi.Answer made = city.api().post("/api/checks", TestCity.check("bank", "may-drive-car"));
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("vp_token", Map.of(QUERY, List.of(RawWallet.present(licence, request, "may_drive_car"))));
        payload.put("state", request.text("state"));
        return new Receiving(
                        city.pool,
                        new Addresses(city.service.base()),
                        SealedColumn.encryptionKeys(TestCity.VAULT),
                        vpTokens,
                        Clock.systemUTC())
                .receive(
                        "bank",
                        made.string("id"),
                        new WalletForm.Encrypted(RawWallet.encrypt(request, payload, "A256GCM")))
                .checkId();
    }

    private Row row(String check) {
        return city.pool
                .preparedQuery("select vp_token, sealed_vp_token from check_response where check_id = $1")
                .execute(Tuple.of(check))
                .await()
                .iterator()
                .next();
    }

    private void decided(String check) throws InterruptedException {
        Instant deadline = Instant.now().plusSeconds(60);
        String status = "";
        while (!status.equals("accepted") && Instant.now().isBefore(deadline)) {
            Thread.sleep(50);
            status = city.api().get("/api/checks/" + check).string("status");
        }
        assertEquals("accepted", status);
        Row empty = row(check);
        assertNull(empty.getValue("vp_token"));
        assertNull(empty.getValue("sealed_vp_token"));
    }

    @Test
    @DisplayName(
            "They wait sealed, each for its own check, are decided by the service that comes after, and what was shown is gone")
    void decidedLater() throws Exception {
        String sealed = receive();
        Row waiting = row(sealed);
        assertNull(waiting.getValue("vp_token"));
        assertFalse(waiting.getBuffer("sealed_vp_token").toString().contains(QUERY));
        String shown = vpTokens.open(waiting, "bank", sealed).orElseThrow();
        assertTrue(shown.contains(QUERY), "what is sealed is the answer");
        assertThrows(IllegalStateException.class, () -> vpTokens.open(waiting, "insurer", sealed));
        assertThrows(IllegalStateException.class, () -> vpTokens.open(row(receive()), "bank", sealed));

        // As a version that did not seal left it.
        String clear = receive();
        city.pool
                .preparedQuery(
                        "update check_response set vp_token = $2, sealed_vp_token = null where check_id = $1 and not decided")
                .execute(
                        Tuple.of(clear, vpTokens.open(row(clear), "bank", clear).orElseThrow()))
                .await();

        city.pool
                .query("update check_response set received_at = now() - interval '1 minute' where not decided")
                .execute()
                .await();
        try (VerifierService after = city.anotherService()) {
            assertNotEquals(city.service.base(), after.base());
            decided(sealed);
            decided(clear);
        }
    }
}
