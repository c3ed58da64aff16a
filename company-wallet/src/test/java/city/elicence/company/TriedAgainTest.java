package city.elicence.company;

import city.elicence.credentials.json.Json;
import city.elicence.web.Outage;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What failed more often than a wait can be doubled is tried again like any other")
class TriedAgainTest {
    private static final int TRIES = 1_100;

    @Test
    @DisplayName("An answer of which nobody knows whether it arrived is found out about")
    void answer() throws Exception {
        try (TestWallet wallet = new TestWallet()) {
            Buffer link = sealed(
                    wallet, "request/asked/link", "openid4vp://?client_id=redirect_uri:https://verifier.example");
            write(
                    wallet,
                    "insert into request (id, company, link, verifier, sealed, state, received_at)"
                            + " values ('asked', $1, $2, 'verifier', $2, 'waiting', now())",
                    TestWallet.COMPANY,
                    link);
            write(
                    wallet,
                    "insert into sending (request, company, sealed, tries, next_at) values ('asked', $1, $2, $3, now())",
                    TestWallet.COMPANY,
                    sealed(wallet, "sending/asked", Json.write(Map.of("receipts", List.of()))),
                    TRIES);
            Outage.until(() -> isSo(wallet, "select 1 from request where id = 'asked' and state = 'answered'"));
        }
    }

    @Test
    @DisplayName("A receipt that its party does not take is brought again within the hour")
    void receipt() throws Exception {
        try (TestWallet wallet = new TestWallet()) {
            write(
                    wallet,
                    "insert into statement (id, company, kind, sealed, salt, leaf, at)"
                            + " values ('receipt', $1, 'receipt', $2, decode(repeat('00', 16), 'hex'), decode(repeat('ab', 32), 'hex'), now())",
                    TestWallet.COMPANY,
                    sealed(wallet, "statement/" + TestWallet.COMPANY + "/receipt", "a receipt"));
            write(
                    wallet,
                    "insert into delivery (statement, party, tries, next_at) values ('receipt', 'did:example:party', $1, now())",
                    TRIES);
            Outage.until(() -> isSo(
                    wallet,
                    "select 1 from delivery where tries > " + TRIES
                            + " and next_at between now() + interval '50 minutes' and now() + interval '1 hour'"));
        }
    }

    private static Buffer sealed(TestWallet wallet, String place, String text) {
        return Buffer.buffer(wallet.vault.seal(place, text));
    }

    private static void write(TestWallet wallet, String sql, Object... values) {
        wallet.direct.preparedQuery(sql).execute(Tuple.from(values)).await();
    }

    private static boolean isSo(TestWallet wallet, String sql) {
        return wallet.direct.query(sql).execute().await().size() == 1;
    }
}
