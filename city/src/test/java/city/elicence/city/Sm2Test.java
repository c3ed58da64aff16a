package city.elicence.city;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.city.demo.Holder;
import city.elicence.city.demo.Narrator;
import city.elicence.city.demo.Showing;
import city.elicence.city.run.City;
import city.elicence.city.run.Ports;
import city.elicence.city.setup.CityFolder;
import city.elicence.city.story.Person;
import city.elicence.city.story.Stories;
import city.elicence.city.story.StoryCity;
import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.credentials.status.StatusListCwt;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.credentials.status.StatusReference;
import city.elicence.sm2.Sm2;
import city.elicence.wallet.Wallet;
import city.elicence.wallet.outcome.Outcome;
import city.elicence.wallet.outcome.Reason;
import city.elicence.wallet.port.WalletParts;
import city.elicence.wallet.store.Card;
import city.elicence.wallet.store.Copy;
import city.elicence.wallet.store.EncryptedFileStore;
import city.elicence.wallet.store.FileStoreKey;
import city.elicence.wallet.store.Shelf;
import city.elicence.wallet.store.StoredKeys;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DisplayName("A city whose traffic police signs by SM2 with SM3, and whose relying parties take that")
class Sm2Test {
    private static final String ALGORITHM = "SGD_SM3_SM2";

    /** SM2 with SM3 (GB/T 33560), and the curve of the key. */
    private static final String SM2_WITH_SM3 = "1.2.156.10197.1.501";

    @TempDir
    static Path folder;

    private static City city;
    private static StoryCity stage;

    @BeforeAll
    static void start() throws Exception {
        write("issuer.properties", "sm2.offices = traffic-police");
        write("verifier.properties", "sm2 = true");
        city = city(new Ports(TestCity.freeBase()));
        stage = stage();
    }

    private static City city(Ports ports) throws Exception {
        return City.start(new City.Settings(CityFolder.at(folder), ports, false, Clock.systemUTC(), part -> {}));
    }

    private static StoryCity stage() {
        return new StoryCity(
                city, Stories.all().getFirst(), new Narrator(new PrintStream(OutputStream.nullOutputStream())));
    }

    @AfterAll
    static void stop() {
        stage.close();
        city.close();
    }

    @Test
    @DisplayName(
            "OpenID4VCI 1.0 §12.2.4: the office declares what it signs by and whose proofs it takes; the others ES256")
    void declared() throws Exception {
        JsonObject police = configuration(city, "traffic-police", "driving-licence");
        assertEquals(new JsonArray().add(ALGORITHM), police.getJsonArray("credential_signing_alg_values_supported"));
        assertEquals(new JsonArray().add("ES256").add(ALGORITHM), proofs(police, "jwt"));
        assertEquals(new JsonArray().add("ES256"), proofs(police, "attestation"));
        JsonObject mobile = configuration(city, "traffic-police", "driving-licence.mdoc");
        assertEquals(new JsonArray().add("ES256"), proofs(mobile, "jwt"));
        for (City plain : List.of(city, TestCity.get().city())) {
            JsonObject regulator = configuration(plain, "market-regulator", "business-licence");
            assertEquals(
                    new JsonArray().add("ES256"), regulator.getJsonArray("credential_signing_alg_values_supported"));
            assertEquals(new JsonArray().add("ES256"), proofs(regulator, "jwt"));
        }
        assertFalse(metadata(TestCity.get().city(), "traffic-police").encode().contains(ALGORITHM));
    }

    @Test
    @DisplayName(
            "A licence is issued, shown online and in person, and revoked: every signature and digest by SM2 and SM3")
    void wholeLife() throws Exception {
        Person liu = stage.person("sm2", "测试刘密", LocalDate.of(1990, 5, 6), true);
        Holder holder = liu.phone();
        Card card = stage.issue(
                "traffic-police",
                "driving-licence",
                stage.claims(
                        "driving-licence",
                        "name",
                        liu.name(),
                        "id_number",
                        liu.number(),
                        "birth_date",
                        liu.born().toString(),
                        "sex",
                        liu.sex()),
                holder);
        for (Copy copy : copies(holder)) {
            SdJwt licence = SdJwt.parse(copy.credential(), Sm2.BESIDE_ES256);
            assertEquals(ALGORITHM, licence.issuerJwt().algorithm());
            assertEquals("sm3", licence.payload().get("_sd_alg"));
            CertificateChain chain =
                    licence.issuerJwt().certificates(Sm2.BESIDE_ES256).orElseThrow();
            assertEquals(2, chain.certificates().size());
            for (X509Certificate certificate : chain.certificates()) {
                assertEquals(SM2_WITH_SM3, certificate.getSigAlgOID());
            }
            assertEquals(
                    Sm2.SUITE, SdJwtVc.of(licence).holderKey().orElseThrow().suite());
        }
        stage.until("the licence to be anchored", () -> {
            holder.wallet().fetchReceipts();
            return copies(holder).stream().allMatch(copy -> copy.receipt() != null);
        });

        Showing.Outcome shown = stage.ask("insurer", new JsonObject().put("check", "may-drive-car"), holder);
        assertTrue(shown.accepted(), shown.json().encode());
        assertTrue(shown.json().encode().contains(ALGORITHM + " by the key of the leaf certificate"));
        List<byte[]> frames = stage.offlineFrames(holder, card, Set.of("name", "classes"));
        JsonArray scanned = new JsonArray();
        frames.forEach(frame -> scanned.add(java.util.Base64.getEncoder().encodeToString(frame)));
        JsonObject inPerson = stage.verifier()
                .post("/api/offline", new JsonObject().put("tenant", "police").put("frames", scanned))
                .orThrow();
        assertEquals("accepted", inPerson.getString("outcome"), inPerson.encode());

        String licence = stage.licence("traffic-police", "driving-licence", liu.number());
        stage.clerk()
                .post("/api/traffic-police/licences/" + licence + "/revoke", new JsonObject().put("reason", "test"))
                .orThrow();
        stage.refused("insurer", new JsonObject().put("check", "may-drive-car"), holder, "revoked");
        assertEquals(1, holder.wallet().refreshStatus());
        assertEquals("REVOKED", holder.wallet().cards().getFirst().state().name());
    }

    @Test
    @DisplayName(
            "A wallet without SM2 refuses the offer by name; one whose keys are on P-256 holds and shows the licence")
    void otherWallets() throws Exception {
        JsonObject offer = stage.ordered(
                "traffic-police",
                new JsonObject()
                        .put(
                                "licences",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("type", "driving-licence")
                                                .put("claims", new JsonObject(stage.claims("driving-licence"))))));
        EncryptedFileStore store =
                new EncryptedFileStore(folder.resolve("other"), FileStoreKey.at(folder.resolve("k")));
        WalletParts parts = WalletParts.of(new StoredKeys(store), store, city::walletTrust);
        Outcome<?> plain = new Wallet(parts).readOffer(offer.getString("link"));
        assertTrue(plain instanceof Outcome.Refused<?> refused
                && refused.refusal().is(Reason.OFFER_NOT_SUPPORTED)
                && refused.refusal().detail().contains("expected ES256"));

        Holder holder = new Holder("other", new Wallet(parts.taking(Sm2.BESIDE_ES256)));
        stage.collect("traffic-police", "other", offer.getString("id"), holder);
        SdJwt licence = SdJwt.parse(
                new Shelf(store, Sm2.BESIDE_ES256)
                        .licences()
                        .getFirst()
                        .copies()
                        .getFirst()
                        .credential(),
                Sm2.BESIDE_ES256);
        assertEquals(Suite.ES256, SdJwtVc.of(licence).holderKey().orElseThrow().suite());
        assertTrue(stage.ask("insurer", new JsonObject().put("check", "may-drive-car"), holder)
                .accepted());
    }

    @Test
    @Order(Integer.MAX_VALUE)
    @DisplayName(
            "The office goes back: it declares ES256, and what it said by SM2 is still read and served, as JWT and CWT")
    void back() throws Exception {
        Holder holder =
                stage.person("back", "测试郑回", LocalDate.of(1990, 5, 6), true).phone();
        stage.issue("traffic-police", "driving-licence", stage.claims("driving-licence"), holder);
        URI list = StatusReference.fromClaim(
                        SdJwtVc.of(SdJwt.parse(copies(holder).getFirst().credential(), Sm2.BESIDE_ES256))
                                .status()
                                .orElseThrow())
                .uri();
        Jws before = Jws.parse(served(list, StatusListToken.MEDIA_TYPE));
        assertEquals(ALGORITHM, before.algorithm());
        stop();
        write("issuer.properties", "");
        city = city(city.ports());
        stage = stage();
        assertEquals(
                new JsonArray().add("ES256"),
                configuration(city, "traffic-police", "driving-licence")
                        .getJsonArray("credential_signing_alg_values_supported"));
        Jws after = Jws.parse(served(list, StatusListToken.MEDIA_TYPE));
        // A slow start outlasts the token's ttl: then the list was signed anew meanwhile.
        boolean ofBefore =
                Objects.equals(before.claims().get("iat"), after.claims().get("iat"));
        assertEquals(ofBefore ? ALGORITHM : "ES256", after.algorithm());
        assertFalse(served(list, StatusListCwt.MEDIA_TYPE).isEmpty());
    }

    private static String served(URI list, String type) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(list).header("Accept", type).build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    private static void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static EncryptedFileStore store(Holder holder) throws IOException {
        Path wallet = city.folder().wallets().resolve(holder.name());
        return new EncryptedFileStore(wallet, FileStoreKey.at(wallet.resolve("store.key")));
    }

    private static List<Copy> copies(Holder holder) throws Exception {
        return new Shelf(store(holder), Sm2.BESIDE_ES256).licences().getFirst().copies();
    }

    private static JsonObject metadata(City city, String office) throws Exception {
        URI address = URI.create(
                city.issuerBase().toString().replaceFirst("(https?://[^/]+)", "$1/.well-known/openid-credential-issuer")
                        + "/" + office);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), address.toString());
        return new JsonObject(answer.body());
    }

    private static JsonObject configuration(City city, String office, String id) throws Exception {
        JsonObject all = metadata(city, office).getJsonObject("credential_configurations_supported");
        assertTrue(all.containsKey(id), all.fieldNames().toString());
        return all.getJsonObject(id);
    }

    private static JsonArray proofs(JsonObject configuration, String type) {
        return configuration
                .getJsonObject("proof_types_supported")
                .getJsonObject(type)
                .getJsonArray("proof_signing_alg_values_supported");
    }
}
