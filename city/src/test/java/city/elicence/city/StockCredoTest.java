package city.elicence.city;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import city.elicence.city.run.City;
import city.elicence.city.setup.Party;
import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.wallet.Wallet;
import city.elicence.wallet.outcome.Outcome;
import city.elicence.wallet.port.WalletParts;
import city.elicence.wallet.present.Consent;
import city.elicence.wallet.receive.OfferPreview;
import city.elicence.wallet.receive.Receiving;
import city.elicence.wallet.store.EncryptedFileStore;
import city.elicence.wallet.store.FileStoreKey;
import city.elicence.wallet.store.StoredKeys;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stock Credo with its OpenID4VC modules as it comes from npm, on both sides of ours: {@code ./elicence strangers-test} only. */
class StockCredoTest {
    private static final String LICENCE = "driving-licence";
    private static final String ID_CARD = "resident-id-card";
    private static final String BUREAU = "public-security-bureau";
    private static final Path SCRIPTS = Path.of("strangers", "credo");

    private final City city = TestCity.get().city();
    private final CompanyDesk desk = new CompanyDesk(city, "zhizao");

    StockCredoTest() throws Exception {}

    @ParameterizedTest(name = "{0}, {2}, {3}")
    @DisplayName("A stock wallet takes a licence from our issuer and shows it to our verifier")
    @CsvSource({
        "dc+sd-jwt, may-drive-car, x509_hash, direct_post.jwt",
        "dc+sd-jwt, may-drive-car, x509_hash, direct_post",
        "dc+sd-jwt, may-drive-car, redirect_uri, direct_post.jwt",
        "mso_mdoc, mobile-driving-licence, x509_hash, direct_post.jwt",
        "mso_mdoc, mobile-driving-licence, redirect_uri, direct_post",
    })
    void wallet(String format, String check, String prefix, String mode) throws Exception {
        JsonObject asked = desk.ask(
                "bank",
                new JsonObject()
                        .put("check", check)
                        .put("client_id_prefix", prefix)
                        .put("response_mode", mode));
        Process wallet = node(
                        "wallet.mjs", city.folder().trustAnchor().toString(), offer(format), asked.getString("link"))
                .redirectErrorStream(true)
                .start();
        ended(wallet);
        JsonObject verdict = desk.verdict(asked);
        assertEquals("accepted", verdict.getString("status"), verdict.encode());
    }

    @Test
    @DisplayName(
            "A stock wallet whose provider vouches for it takes a licence after a sign-in: PAR, PKCE, DPoP, refresh")
    void signedIn() throws Exception {
        clerk(BUREAU, "register", new JsonObject().put("type", ID_CARD).put("claims", claims(ID_CARD)));
        JsonObject asked = desk.ask("bank", new JsonObject().put("check", "who-are-you"));
        JsonObject offer = new JsonObject()
                .put("grant", "authorization")
                .put(
                        "licences",
                        new JsonArray()
                                .add(new JsonObject().put("type", ID_CARD).put("claims", claims(ID_CARD))));
        Process wallet = node(
                        "wallet.mjs",
                        city.folder().trustAnchor().toString(),
                        clerk(BUREAU, "offers", offer).getString("link"),
                        asked.getString("link"))
                .redirectErrorStream(true)
                .start();
        BufferedReader says = wallet.inputReader(StandardCharsets.UTF_8);
        JsonObject instance = new JsonObject(says.readLine()).getJsonObject("instance");
        answer(wallet, attestation(instance));
        String page = says.readLine();
        assertTrue(page.startsWith("{"), () -> page + says.lines().toList());
        String to = browser(URI.create(new JsonObject(page).getString("page")));
        assertTrue(to.contains("code="), to + " from " + page);
        answer(wallet, to);
        ended(wallet);
        assertEquals("accepted", desk.verdict(asked).getString("status"));
    }

    /** With the key as the wallet named it: by its {@code kid} Credo finds it again. */
    private String attestation(JsonObject instance) {
        Party provider = city.party("wallet-provider");
        long now = city.clock().instant().getEpochSecond();
        return Jws.sign(
                Map.of(
                        "typ",
                        "oauth-client-attestation+jwt",
                        "x5c",
                        provider.chain().toX5c()),
                Map.of(
                        "iss",
                        provider.did().value(),
                        "sub",
                        "elicence-wallet",
                        "iat",
                        now,
                        "exp",
                        now + 600,
                        "cnf",
                        Map.of("jwk", instance.getMap())),
                provider.signingKey());
    }

    private static void answer(Process wallet, String line) throws IOException {
        wallet.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
    }

    /** The holder signs in with a code from the counter; where the browser is sent then. */
    private String browser(URI page) throws Exception {
        HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        assertEquals(
                200,
                browser.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode());
        String number = claims(ID_CARD).getString("id_number");
        String code = clerk(BUREAU, "sign-in-codes", new JsonObject().put("number", number))
                .getString("code");
        String state = page.getQuery().replaceAll(".*request_uri=([^&]*).*", "$1");
        String form = "state=" + URLEncoder.encode(state, StandardCharsets.UTF_8) + "&number=" + number + "&code="
                + URLEncoder.encode(code, StandardCharsets.UTF_8);
        HttpResponse<String> back = browser.send(
                HttpRequest.newBuilder(city.issuerBase().resolve("/" + BUREAU + "/authorize/return"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return back.headers().firstValue("Location").orElseThrow(() -> new AssertionError(back.body()));
    }

    private static void ended(Process wallet) throws InterruptedException {
        List<String> said = wallet.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertTrue(wallet.waitFor(60, TimeUnit.SECONDS) && wallet.exitValue() == 0, said.toString());
    }

    private static JsonObject claims(String type) {
        return new JsonObject(Catalogue.builtIn().type(type).orElseThrow().sample());
    }

    private JsonObject clerk(String office, String path, JsonObject body) throws Exception {
        CompanyDesk.Answer answer = CompanyDesk.send(
                city.issuerBase().resolve("/api/" + office + "/" + path), "POST", body, city.token(StaffRole.CLERK));
        assertTrue(answer.status() / 100 == 2, answer.toString());
        return answer.json();
    }

    private String offer(String format) throws Exception {
        JsonObject licence = new JsonObject()
                .put("type", LICENCE)
                .put("formats", new JsonArray().add(format))
                .put("claims", claims(LICENCE));
        return clerk("traffic-police", "offers", new JsonObject().put("licences", new JsonArray().add(licence)))
                .getString("link");
    }

    @Test
    @DisplayName("Our wallet takes credentials of both formats from a stock issuer and shows them to a stock verifier,"
            + " once the holder says so though nobody vouches for either")
    void counterpart(@TempDir Path folder) throws Exception {
        EncryptedFileStore store = new EncryptedFileStore(folder, FileStoreKey.at(folder.resolve("store.key")));
        Wallet wallet = new Wallet(WalletParts.of(new StoredKeys(store), store, city::walletTrust));
        int port = TestCity.freeBase();
        Process credo = node("counterpart.mjs", String.valueOf(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            JsonObject links =
                    new JsonObject(credo.inputReader(StandardCharsets.UTF_8).readLine());
            for (String kind : List.of("card", "licence")) {
                JsonObject link = links.getJsonObject(kind);
                receive(wallet, link);
                show(wallet, link);
            }
            JsonObject shown = CompanyDesk.send(URI.create("http://127.0.0.1:" + port + "/outcome"), "GET", null, null)
                    .json();
            for (String kind : List.of("card", "licence")) {
                assertEquals(true, shown.getJsonObject(kind).getBoolean("can_be_satisfied"), shown.encodePrettily());
            }
        } finally {
            credo.getOutputStream().close();
            assertTrue(credo.waitFor(20, TimeUnit.SECONDS));
        }
    }

    private static void receive(Wallet wallet, JsonObject link) {
        OfferPreview offer = wallet.readOffer(link.getString("offer")).orThrow();
        Receiving got = wallet.accept(offer.evenThoughNobodyVouchesForTheIssuer(), link.getString("pin"))
                .orThrow();
        assertTrue(got instanceof Receiving.Received, got.toString());
    }

    private static void show(Wallet wallet, JsonObject link) {
        Consent consent = wallet.readRequest(link.getString("request")).orThrow();
        assertTrue(wallet.present(consent, consent.suggested()) instanceof Outcome.Refused);
        URI page = wallet.present(consent, consent.suggested().evenThoughNobodyVouchesForTheVerifier())
                .orThrow()
                .follow();
        assertTrue(page != null && page.getPath().equals("/thanks"), String.valueOf(page));
    }

    /** The scripts stand beside what npm installed, where node finds it. */
    private static ProcessBuilder node(String script, String... arguments) throws IOException {
        String installed = System.getProperty("credo.openid4vc.installed", "");
        assumeTrue(
                !installed.isEmpty(),
                "played by: ./elicence strangers-test (property credo.openid4vc.installed is not set)");
        Path folder = Path.of(installed);
        try (Stream<Path> scripts = Files.list(SCRIPTS)) {
            for (Path each :
                    scripts.filter(file -> file.toString().endsWith(".mjs")).toList()) {
                Files.copy(each, folder.resolve(each.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment()
                .put("LIB_ASKAR_PATH", folder.resolve("native/aries_askar").toString());
        return builder;
    }
}
