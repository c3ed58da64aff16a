package city.elicence.company;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.wallet.company.PairingProof;
import city.elicence.web.Outage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A database that is away stops the company wallet, and nothing of it for longer than that")
class DatabaseOutageTest {
    private static final String API = "/api/" + TestWallet.COMPANY;

    @Test
    @DisplayName(
            "Meanwhile every request is told so by 503 and nothing is changed; then the same requests work, and what was kept is anchored")
    void cutAndMended() throws Exception {
        try (TestWallet wallet = new TestWallet()) {
            String link =
                    String.valueOf(wallet.signed("POST", API + "/phones").json().get("link"));
            Map<String, Object> proof = Map.of("proof", proof(wallet, link.substring(link.indexOf("code=") + 5)));
            List<Supplier<TestWallet.Answer>> requests = List.of(
                    () -> wallet.signed("GET", API + "/requests"),
                    () -> wallet.signed("GET", API + "/receipts"),
                    () -> wallet.post("/" + TestWallet.COMPANY + "/requests", Map.of("link", "openid4vp://?")),
                    () -> wallet.post("/" + TestWallet.COMPANY + "/phones", proof));

            wallet.line.cut();
            wallet.direct
                    .query(
                            "insert into statement (id, company, kind, sealed, salt, leaf, at) values"
                                    + " ('kept', '" + TestWallet.COMPANY
                                    + "', 'consent', '\\x00', decode(repeat('00', 16), 'hex'), decode(repeat('ab', 32), 'hex'), now())")
                    .execute()
                    .await();
            for (Supplier<TestWallet.Answer> each : requests) {
                TestWallet.Answer away = each.get();
                Outage.told(away.status(), away.headers(), away.json());
            }
            assertEquals(List.of(), wallet.heads);

            wallet.line.mend();
            Outage.until(() -> requests.getFirst().get().status() == 200);
            TestWallet.Answer paired = requests.getLast().get();
            assertEquals(200, paired.status(), paired.json().toString());
            assertEquals(409, requests.getLast().get().status());
            Outage.until(() -> wallet.heads.size() == 1);
        }
    }

    private static String proof(TestWallet wallet, String code) {
        SoftwareKey phone = SoftwareKey.generate();
        return Jws.sign(
                Map.of(
                        "alg",
                        "ES256",
                        "typ",
                        PairingProof.TYPE,
                        "jwk",
                        phone.publicKey().toJwk()),
                Map.of(
                        "aud",
                        wallet.base() + "/" + TestWallet.COMPANY,
                        "code",
                        code,
                        "iat",
                        Instant.now().getEpochSecond()),
                phone);
    }
}
