package city.elicence.city;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.city.run.City;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A company's answer that a fault of its database leaves between the verifier and the company's own records. */
class AnswerOnItsWayTest {
    private static final String LIN = "lin-xiaoning";
    private static final String ON_ARRIVAL = "insert on company.statement";
    private static final List<String> BEFORE_IT_LEAVES =
            List.of("insert or update on company.record", "delete on company.sending");

    private final City city = TestCity.get().city();
    private final CompanyDesk desk = new CompanyDesk(city, "zhizao").withLicences();

    AnswerOnItsWayTest() throws Exception {}

    private void sql(String... statements) throws Exception {
        try (Connection connection = TestCity.database();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private void broken(List<String> acts) throws Exception {
        sql("create or replace function company.broken() returns trigger language plpgsql as "
                + "$$ begin raise exception 'the disk is full'; end $$");
        for (String act : acts) {
            sql("create trigger broken before " + act + " for each row execute function company.broken()");
        }
    }

    /** Repairs the database; the wallet looks again as if a minute had gone by. */
    @AfterEach
    void repaired() throws Exception {
        // One table after another: a statement that locks two may meet the wallet's own transaction on its way the
        // other way round.
        for (String table : List.of("statement", "record", "sending")) {
            sql("drop trigger if exists broken on company." + table);
        }
        sql("drop function if exists company.broken()", "update company.sending set next_at = now()");
    }

    private JsonObject newest() throws Exception {
        return desk.as(LIN, "GET", "/requests", null)
                .json()
                .getJsonArray("requests")
                .getJsonObject(0);
    }

    private JsonObject answered() throws Exception {
        JsonObject request = newest();
        for (int i = 0; i < 300 && !request.getString("state").equals("answered"); i++) {
            Thread.sleep(100);
            request = newest();
        }
        assertEquals("answered", request.getString("state"), request.encode());
        return request;
    }

    private JsonObject consent() throws Exception {
        return desk.as(
                        LIN,
                        "POST",
                        "/consents",
                        new JsonObject()
                                .put("verifier", city.party("bank-b").did().value())
                                .put("type", type())
                                .put("claims", new JsonArray(List.of("file_number")))
                                .put("purpose", "开立一般存款账户")
                                .put(
                                        "until",
                                        Instant.now().plus(1, ChronoUnit.DAYS).toString())
                                .put("uses", 1))
                .json();
    }

    private String type() {
        return city.issuerBase() + "/types/account-file";
    }

    private List<JsonObject> receipts(JsonObject consent) throws Exception {
        return desk.as(LIN, "GET", "/receipts", null).json().getJsonArray("receipts").stream()
                .map(JsonObject.class::cast)
                .filter(each -> consent.getString("id")
                        .equals(each.getJsonObject("says").getString("consent")))
                .toList();
    }

    @Test
    @DisplayName(
            "It arrived and the company could not note it: the receipt was signed before, and is kept all the same")
    void arrived() throws Exception {
        JsonObject consent = consent();
        broken(List.of(ON_ARRIVAL));
        JsonObject asked = desk.ask("bank-b", CompanyDesk.file(type(), "file_number"));
        assertEquals(500, desk.deliver(asked).status());
        assertEquals("accepted", desk.verdict(asked).getString("status"));
        assertEquals("waiting", newest().getString("state"));
        assertTrue(receipts(consent).isEmpty(), "nothing is noted yet");
        repaired();
        JsonObject request = answered();
        assertEquals("unconfirmed", request.getString("code"));
        assertEquals(consent.getString("id"), request.getString("consent"));
        assertEquals(1, receipts(consent).size());
    }

    @Test
    @DisplayName("It never left: under a standing consent it is sent anew, for the one use that was counted")
    void sentAnew() throws Exception {
        JsonObject consent = consent();
        broken(BEFORE_IT_LEAVES);
        JsonObject asked = desk.ask("bank-b", CompanyDesk.file(type(), "file_number"));
        assertEquals(500, desk.deliver(asked).status());
        assertTrue(receipts(consent).isEmpty(), "nothing was shown");
        repaired();
        assertNull(answered().getString("code"));
        assertEquals("accepted", desk.verdict(asked).getString("status"));
        assertEquals(1, receipts(consent).size());
    }

    @Test
    @DisplayName("It never left: a person can neither send it twice nor refuse it meanwhile, and then decides again")
    void decidedAgain() throws Exception {
        JsonObject asked = desk.ask("bank", new JsonObject().put("check", "company-and-representative"));
        JsonObject taken = desk.as(LIN, "POST", "/requests", new JsonObject().put("link", asked.getString("link")))
                .json();
        String request = "/requests/" + taken.getString("id");
        broken(BEFORE_IT_LEAVES);
        assertEquals(
                500,
                desk.as(LIN, "POST", request + "/approve", new JsonObject()).status());
        for (String act : List.of("/approve", "/deny")) {
            assertEquals(
                    "being-answered",
                    desk.as(LIN, "POST", request + act, new JsonObject()).json().getString("code"));
        }
        repaired();
        JsonObject said = new JsonObject();
        for (int i = 0; i < 300 && !"answered".equals(said.getString("state")); i++) {
            Thread.sleep(100);
            said = desk.as(LIN, "POST", request + "/approve", new JsonObject()).json();
        }
        assertEquals("answered", said.getString("state"), said.encode());
        assertEquals("accepted", desk.verdict(asked).getString("status"));
    }
}
