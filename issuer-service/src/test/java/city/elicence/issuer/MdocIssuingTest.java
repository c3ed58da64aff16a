package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.mdoc.IssuerSigned;
import city.elicence.credentials.mdoc.SecurityObject;
import city.elicence.credentials.merkle.Receipt;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtVc;
import city.elicence.credentials.status.StatusList;
import city.elicence.credentials.status.StatusListCwt;
import city.elicence.credentials.status.StatusListToken;
import city.elicence.credentials.status.StatusReference;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** OpenID4VCI 1.0 annex A.2, mso_mdoc, beside the SD-JWT VC of the same licence. */
class MdocIssuingTest {
    private static final String MDL = "org.iso.18013.5.1.mDL";
    private static final String CONFIGURATION = "driving-licence.mdoc";
    private static final List<String> BOTH = List.of("dc+sd-jwt", "mso_mdoc");
    private static TestCity city;
    private static Desk desk;

    @BeforeAll
    static void open() {
        city = new TestCity();
        city.accredit(city.police, "driving-licence", CONFIGURATION);
        desk = new Desk(city, city.police);
    }

    @AfterAll
    static void close() {
        city.close();
    }

    private static Http.Answer offer(List<String> formats) {
        Map<String, Object> licence = new LinkedHashMap<>();
        licence.put("type", "driving-licence");
        licence.put("claims", desk.sample("driving-licence"));
        licence.put("formats", formats);
        return desk.post("offers", Map.of("licences", List.of(licence)));
    }

    private static RawWallet wallet(Http.Answer offer) {
        RawWallet wallet = new RawWallet(city.clock);
        wallet.discover(city.issuer(city.police));
        assertEquals(200, wallet.tokenFor(RawWallet.offer(offer.string("link"))).status());
        return wallet;
    }

    private static IssuerSigned document(Http.Answer answer) throws Exception {
        return IssuerSigned.fromText(RawWallet.credentials(answer).getFirst());
    }

    @Test
    @DisplayName("OpenID4VCI 1.0 annex A.2.2: doctype, algorithms by their COSE numbers, cose_key, paths of two steps")
    void metadata() {
        Map<String, Object> metadata = Http.get(city.base() + "/.well-known/openid-credential-issuer/" + city.police)
                .json();
        Map<String, Object> mdl =
                RawWallet.object(RawWallet.object(metadata, "credential_configurations_supported"), CONFIGURATION);
        assertEquals("mso_mdoc", mdl.get("format"));
        assertEquals(CONFIGURATION, mdl.get("scope"));
        assertEquals(MDL, mdl.get("doctype"));
        assertEquals(List.of(-7L, -9L), mdl.get("credential_signing_alg_values_supported"));
        assertEquals(List.of("cose_key"), mdl.get("cryptographic_binding_methods_supported"));
        List<?> claims = list(RawWallet.object(mdl, "credential_metadata").get("claims"));
        assertTrue(claims.stream()
                .allMatch(claim -> ((List<?>) Objects.requireNonNull(((Map<?, ?>) claim).get("path"))).size() == 2));
        Map<String, Object> server = Http.get(city.base() + "/.well-known/oauth-authorization-server/" + city.police)
                .json();
        assertTrue(list(server.get("scopes_supported")).contains(CONFIGURATION));
    }

    @Test
    @DisplayName(
            "Annex A.2.4: base64url of IssuerSigned, deterministic, bound to the wallet's key, by a document signer")
    void issued() throws Exception {
        SoftwareKey holder = SoftwareKey.generate();
        Http.Answer answer = wallet(offer(List.of("mso_mdoc"))).credential(CONFIGURATION, holder);
        IssuerSigned document = document(answer);
        SecurityObject object = document.securityObject();
        assertTrue(Cbor.isDeterministic(
                Base64Url.decode(RawWallet.credentials(answer).getFirst())));
        assertEquals(MDL, object.docType());
        assertEquals(holder.publicKey(), object.deviceKey());
        assertTrue(document.isSignedBy(document.certificates().orElseThrow().leafKey()));
        document.checkDigests();
        assertEquals(
                List.of("1.0.18013.5.1.2"),
                document.certificates().orElseThrow().leafPurposes());
        assertTrue(document.certificates()
                .orElseThrow()
                .anchoredBy(List.of(city.authority.anchor()), object.signed())
                .isPresent());
        assertEquals(object.signed(), object.signed().truncatedTo(ChronoUnit.HOURS), "rounded to the hour");
        assertEquals(
                "LIN", RawWallet.object(document.claims(), "org.iso.18013.5.1").get("family_name"));
    }

    @Test
    @DisplayName("One licence in two formats: obtained by one token, revoked once and in both")
    void oneLicence() throws Exception {
        Http.Answer offer = offer(BOTH);
        assertEquals(
                List.of("driving-licence", CONFIGURATION),
                RawWallet.offer(offer.string("link")).get("credential_configuration_ids"));
        RawWallet wallet = wallet(offer);
        SoftwareKey one = SoftwareKey.generate();
        SoftwareKey two = SoftwareKey.generate();
        SdJwtVc vc = SdJwtVc.of(SdJwt.parse(
                RawWallet.credentials(wallet.credential("driving-licence", one)).getFirst()));
        Http.Answer first = wallet.credential(CONFIGURATION, two);
        IssuerSigned document = document(first);
        assertEquals(
                RawWallet.credentials(first),
                RawWallet.credentials(wallet.credential(CONFIGURATION, two)),
                "asked again with the same key it is the same document");
        StatusReference ofVc = StatusReference.fromClaim(vc.status().orElseThrow());
        StatusReference ofDocument = StatusReference.fromClaim(
                Objects.requireNonNull(document.securityObject().status()));
        assertNotEquals(ofVc, ofDocument);
        assertEquals(StatusList.VALID, status(ofDocument));
        String licence = Desk.ordered(offer).getFirst();
        assertEquals(200, desk.change(licence, "revoke", "a test").status());
        assertEquals(StatusList.INVALID, status(ofDocument));
        assertEquals(StatusList.INVALID, status(ofVc));
        assertEquals(
                1,
                desk.licences("?state=revoked").stream()
                        .filter(l -> licence.equals(l.get("id")))
                        .count());
    }

    @Test
    @DisplayName("HAIP 1.0 §6.1: each document of a batch has its own key, salts and unpredictable status index")
    void batch() throws Exception {
        SoftwareKey[] keys = {SoftwareKey.generate(), SoftwareKey.generate(), SoftwareKey.generate()};
        Http.Answer answer = wallet(offer(List.of("mso_mdoc"))).credential(CONFIGURATION, keys);
        Set<Object> statuses = new HashSet<>();
        Set<Object> holders = new HashSet<>();
        Set<String> digests = new HashSet<>();
        for (String text : RawWallet.credentials(answer)) {
            SecurityObject object = IssuerSigned.fromText(text).securityObject();
            statuses.add(Objects.requireNonNull(object.status()));
            holders.add(object.deviceKey());
            Objects.requireNonNull(object.digests().get("org.iso.18013.5.1"))
                    .values()
                    .forEach(d -> digests.add(Base64Url.encode(d)));
        }
        assertEquals(3, statuses.size());
        assertEquals(3, holders.size());
        assertEquals(0, digests.size() % 3);
        assertTrue(digests.size() >= 3 * 12);
    }

    @Test
    @DisplayName("A token for one format gives no other; a format that the type has not cannot be ordered")
    void otherFormat() {
        RawWallet wallet = wallet(offer(List.of("dc+sd-jwt")));
        assertEquals(
                "insufficient_scope",
                wallet.credential(CONFIGURATION, SoftwareKey.generate()).error());
        assertEquals(400, offer(List.of("jwt_vc_json")).status());
        assertEquals(400, offer(List.of()).status());
        Map<String, Object> vehicle = new LinkedHashMap<>();
        vehicle.put("type", "vehicle-licence");
        vehicle.put("claims", desk.sample("vehicle-licence"));
        vehicle.put("formats", BOTH);
        assertEquals(
                400, desk.post("offers", Map.of("licences", List.of(vehicle))).status());
    }

    @Test
    @DisplayName("Receipt: the SHA-256 of the security object is in the issuer's log, and its head on the ledger")
    void anchored() throws Exception {
        IssuerSigned document =
                document(wallet(offer(List.of("mso_mdoc"))).credential(CONFIGURATION, SoftwareKey.generate()));
        Map<String, Object> question = Map.of("digest", Base64Url.encode(document.digest()));
        Http.Answer answer = Http.postJson(city.issuer(city.police) + "/receipts", question);
        for (int i = 0; i < 600 && answer.status() != 200; i++) {
            Thread.sleep(50);
            answer = Http.postJson(city.issuer(city.police) + "/receipts", question);
        }
        assertTrue(Receipt.fromJson(answer.json()).proves(document.digest()));
    }

    @Test
    @DisplayName("Token Status List §8.2: the same list as CWT for who accepts it")
    void statusAsCwt() throws Exception {
        IssuerSigned document =
                document(wallet(offer(List.of("mso_mdoc"))).credential(CONFIGURATION, SoftwareKey.generate()));
        StatusReference reference = StatusReference.fromClaim(
                Objects.requireNonNull(document.securityObject().status()));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(reference.uri())
                            .header("Accept", "application/statuslist+cwt")
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertEquals(
                    "application/statuslist+cwt",
                    answer.headers().firstValue("Content-Type").orElseThrow());
            StatusListCwt cwt = StatusListCwt.parse(answer.body());
            StatusList list = cwt.check(
                    cwt.certificates().orElseThrow().leafKey(),
                    reference.uri(),
                    city.clock.instant(),
                    Duration.ofSeconds(5));
            assertEquals(StatusList.VALID, list.get(reference.index()));
        }
    }

    @Test
    @DisplayName(
            "An offer made again, of a licence that no wallet has and of one whose phone was lost, offers it in the formats"
                    + " of the first one, by value and by reference; the mdoc is issued")
    void offeredAgain() throws Exception {
        List<String> both = List.of("driving-licence", CONFIGURATION);
        Http.Answer first = offer(BOTH);
        assertEquals(both, configurations(first, "link"));
        String licence = Desk.ordered(first).getFirst();
        Http.Answer again = desk.post("licences/" + licence + "/offers", Map.of());
        assertEquals(both, configurations(again, "link"));
        assertEquals(both, configurations(again, "link_by_value"));
        assertEquals(
                MDL,
                document(wallet(again).credential(CONFIGURATION, SoftwareKey.generate()))
                        .securityObject()
                        .docType());
        Http.Answer recovered = desk.post(
                "recoveries",
                Map.of("number", String.valueOf(desk.sample("driving-licence").get("id_number"))));
        assertEquals(201, recovered.status(), recovered::text);
        for (Map<String, Object> offer : Desk.list(recovered, "offers")) {
            for (String link : List.of("link", "link_by_value")) {
                Map<String, Object> object = RawWallet.offer(String.valueOf(offer.get(link)));
                assertTrue(list(object.get("credential_configuration_ids")).contains(CONFIGURATION));
            }
        }
        Http.Answer alone = offer(List.of("mso_mdoc"));
        assertEquals(
                List.of(CONFIGURATION),
                configurations(desk.post("licences/" + Desk.ordered(alone).getFirst() + "/offers", Map.of()), "link"));
    }

    private static List<?> configurations(Http.Answer made, String link) {
        return list(RawWallet.offer(made.string(link)).get("credential_configuration_ids"));
    }

    private static List<?> list(@Nullable Object json) {
        return (List<?>) Objects.requireNonNull(json);
    }

    private static int status(StatusReference reference) throws Exception {
        StatusListToken token =
                StatusListToken.parse(Http.get(reference.uri().toString()).text());
        return token.check(
                        token.certificates().orElseThrow().leafKey(),
                        reference.uri(),
                        city.clock.instant(),
                        Duration.ofSeconds(5))
                .get(reference.index());
    }
}
