package city.elicence.city;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.city.demo.Desk;
import city.elicence.city.run.OwnAddress;
import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.qr.Qr;
import city.elicence.credentials.trust.TrustView;
import city.elicence.credentials.trust.snapshot.SnapshotJson;
import city.elicence.wallet.Wallet;
import city.elicence.wallet.http.Form;
import city.elicence.wallet.port.HttpCall;
import city.elicence.wallet.port.HttpReply;
import city.elicence.wallet.port.WalletParts;
import city.elicence.wallet.present.Consent;
import city.elicence.wallet.receive.OfferPreview;
import city.elicence.wallet.receive.Receiving;
import city.elicence.wallet.store.EncryptedFileStore;
import city.elicence.wallet.store.FileStoreKey;
import city.elicence.wallet.store.StoredKeys;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The city at another address than 127.0.0.1, as a phone in the same Wi-Fi has it; 127.0.0.2 stands for the Wi-Fi's. */
class OnTheWifiTest {
    private static final String HOST = "127.0.0.2";

    @TempDir
    static Path folder;

    @Test
    @DisplayName(
            "A phone gets certificate, app and trust list from the city's address, and receives and shows a licence there")
    void phone() throws Exception {
        Path app = Files.write(folder.resolve("app.apk"), new byte[] {'P', 'K', 3, 4});
        Process city = program(
                "up",
                "--json",
                "--host",
                HOST,
                "--tls",
                "--apk",
                app.toString(),
                "--port-base",
                "" + TestCity.freeBase());
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(city.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            assertNotNull(line, () -> "the city did not start: " + errors());
            JsonObject up = new JsonObject(line);
            for (String part : List.of("portal", "issuer", "verifier", "phone", "company_wallet", "observer")) {
                assertTrue(up.getString(part).startsWith("https://" + HOST + ":"), part);
            }
            HttpClient http = trusting(Path.of(up.getString("tls_authority")));
            String portal = up.getString("portal");
            Desk loopback = new Desk(http, URI.create(portal.replace(HOST, "127.0.0.1")), () -> "");
            assertEquals(200, loopback.get("/own-phone.html").status());

            Desk page = new Desk(http, URI.create(portal), () -> "");
            JsonObject facts = page.get("/api/own-phone").orThrow();
            assertEquals(
                    facts.getString("fingerprint"),
                    HexFormat.ofDelimiter(":")
                            .withUpperCase()
                            .formatHex(Sha256.of(page.picture(URI.create("/tls-authority.crt")))));
            assertArrayEquals(Files.readAllBytes(app), page.picture(URI.create("/elicence.apk")));
            assertEquals(portal + "/own-phone.html", scanned(page.picture(URI.create("/own-phone/address.png"))));
            String trustLink = scanned(page.picture(URI.create("/own-phone/trust.png")));
            assertEquals(facts.getString("trust"), trustLink);

            receiveAndShow(up, http, trust(http, trustLink));
        } finally {
            city.destroy();
            city.waitFor();
        }
    }

    private static void receiveAndShow(JsonObject up, HttpClient http, TrustView trust) throws Exception {
        String issuer = up.getString("issuer");
        JsonObject licence = new JsonObject()
                .put("type", "driving-licence")
                .put(
                        "claims",
                        new JsonObject(Catalogue.builtIn()
                                .type("driving-licence")
                                .orElseThrow()
                                .sample()));
        Desk clerk = desk(http, issuer, "clerk");
        JsonObject offer = clerk.post(
                        "/api/traffic-police/offers", new JsonObject().put("licences", new JsonArray().add(licence)))
                .orThrow();
        EncryptedFileStore store =
                new EncryptedFileStore(folder.resolve("wallet"), FileStoreKey.at(folder.resolve("store.key")));
        Wallet wallet = new Wallet(
                WalletParts.of(new StoredKeys(store), store, () -> trust).withHttp(call -> over(http, call)));
        OfferPreview read = wallet.readOffer(offer.getString("link")).orThrow();
        String offered = URLDecoder.decode(offer.getString("link"), StandardCharsets.UTF_8);
        assertTrue(offered.contains(issuer + "/traffic-police"), offered);
        assertInstanceOf(Receiving.Received.class, wallet.accept(read, null).orThrow());
        Desk insurer = desk(http, up.getString("verifier"), "verifier");
        JsonObject check = insurer.post(
                        "/api/checks", new JsonObject().put("tenant", "insurer").put("check", "may-drive-car"))
                .orThrow();
        Consent consent = wallet.readRequest(scanned(insurer.picture(URI.create(check.getString("qr")))))
                .orThrow();
        assertTrue(consent.verifier().accredited(), "the list that the code named vouches for who asks");
        wallet.present(consent, consent.suggested()).orThrow();
        String status = "waiting";
        while (Set.of("waiting", "deciding", "returning").contains(status)) {
            status = insurer.get("/api/checks/" + check.getString("id"))
                    .orThrow()
                    .getString("status");
        }
        assertEquals("accepted", status);
    }

    private static Desk desk(HttpClient http, String base, String role) throws Exception {
        String token = token(role);
        return new Desk(http, URI.create(base), () -> token);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    203.0.113.7   | true  | is no address of this machine; it has
                    0.0.0.0       | true  | is no address of this machine
                    224.0.0.1     | true  | is no address of this machine
                    127.0.0.300   | true  | is no IPv4 address
                    my-laptop     | true  | expected an IPv4 address
                    127.0.0.2     | false | --host needs --tls
                    """)
    @DisplayName(
            "An address that is none of this machine's, or --host without --tls, is refused with what was expected")
    void refused(String host, boolean tls, String expected) {
        String said = assertThrows(IllegalArgumentException.class, () -> OwnAddress.of(host, tls))
                .getMessage();
        assertNotNull(said);
        assertTrue(said.contains(expected), said);
    }

    @Test
    @DisplayName("Without --host the city is for this machine alone, with or without TLS")
    void usual() {
        assertEquals("127.0.0.1", OwnAddress.of("127.0.0.1", false));
        assertEquals("127.0.0.1", OwnAddress.of("127.0.0.1", true));
    }

    /** What a phone does with the code on the page. */
    private static TrustView trust(HttpClient http, String link) throws Exception {
        Map<String, String> query = Objects.requireNonNull(Form.queryOf(link));
        String address = Objects.requireNonNull(query.get("address"));
        assertTrue(address.startsWith("https://" + HOST + ":"), link);
        JsonObject list =
                new Desk(http, URI.create(address), () -> "").get(address).orThrow();
        return SnapshotJson.open(
                list.getString("snapshot"),
                EcPublicKey.fromJwk(new JsonObject(Objects.requireNonNull(query.get("key"))).getMap()));
    }

    /** A client that believes the city's certificate and no other: the address must be in it. */
    private static HttpClient trusting(Path authority) throws Exception {
        KeyStore known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        try (InputStream file = Files.newInputStream(authority)) {
            known.setCertificateEntry(
                    "city", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    private static HttpReply over(HttpClient http, HttpCall call) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri());
        call.headers().forEach(request::header);
        String body = call.body();
        request.method(
                call.method(),
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Map<String, String> headers = new HashMap<>();
            answer.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
            return new HttpReply(answer.statusCode(), headers, answer.body());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static String scanned(byte[] png) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
        byte[] grey = new byte[picture.getWidth() * picture.getHeight()];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) picture.getRGB(i % picture.getWidth(), i / picture.getWidth());
        }
        return Qr.decode(picture.getWidth(), picture.getHeight(), grey)
                .getFirst()
                .text();
    }

    private static String errors() {
        try {
            return Files.readString(folder.resolve("errors.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String token(String role) throws Exception {
        Process asked = program("token", "--role", role);
        String token = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        assertEquals(0, asked.waitFor());
        return token;
    }

    private static Process program(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")
                        + File.pathSeparator
                        + System.getProperty("surefire.test.class.path", ""),
                "city.elicence.city.Main"));
        command.addAll(List.of(words));
        command.addAll(List.of("--data", folder.resolve("city").toString()));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
    }
}
