package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.jose.Sha256;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.metadata.Integrity;
import city.elicence.credentials.metadata.TypeDocument;
import city.elicence.credentials.metadata.TypeMetadataException;
import city.elicence.credentials.sdjwt.SdJwt;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("SD-JWT VC type metadata and pictures, as the issuer serves them")
class PublishedTypesTest {
    private static final String TYPE = "driving-licence";

    @TempDir
    Path types;

    private static byte @Nullable [] fetched(String address, @Nullable String integrity) {
        Http.Answer answer = Http.get(address);
        return answer.status() == 200 ? answer.body().getBytes() : null;
    }

    private static SdJwt issued(TestCity city) throws Exception {
        RawWallet wallet = new RawWallet(city.clock);
        wallet.discover(city.issuer(city.police));
        wallet.tokenFor(new Desk(city, city.police).offered(TYPE));
        return SdJwt.parse(RawWallet.credentials(wallet.credential(TYPE, SoftwareKey.generate()))
                .getFirst());
    }

    private static String integrity(SdJwt credential) throws Exception {
        return Fields.of(credential.payload()).string("vct#integrity");
    }

    /** Where the document of that digest is kept. */
    private static String kept(String address, String integrity) {
        byte[] digest = Base64.getDecoder().decode(integrity.substring("sha256-".length()));
        return address + "?sha256=" + Base64Url.encode(digest);
    }

    @Test
    @DisplayName(
            "Integrity of Referenced Documents: vct#integrity is that of the octets at the vct, and the credential keeps"
                    + " the rules of its type")
    void meant() throws Exception {
        try (TestCity city = new TestCity()) {
            city.accredit(city.police, TYPE);
            SdJwt credential = issued(city);
            String vct = city.base() + "/types/" + TYPE;
            assertEquals(Integrity.of(Http.get(vct).body().getBytes()), integrity(credential));
            TypeDocument.retrieve(vct, integrity(credential), PublishedTypesTest::fetched)
                    .check(credential.process());
        }
    }

    @Test
    @DisplayName(
            "A new version of a type is another document at the vct; that of an issued credential is kept, a restart"
                    + " through, and is found by its digest")
    void newVersion() throws Exception {
        try (TestCity city = new TestCity(limits -> limits, types, pool -> pool)) {
            city.accredit(city.police, TYPE);
            String before = integrity(issued(city));
            String vct = city.base() + "/types/" + TYPE;
            Map<String, Object> changed = new LinkedHashMap<>(
                    Catalogue.builtIn().type(TYPE).orElseThrow().definition());
            changed.put("version", 99L);
            Map<String, Object> card = new LinkedHashMap<>(RawWallet.object(changed, "card"));
            card.put("colour", "#445566");
            changed.put("card", card);
            Files.writeString(types.resolve(TYPE + ".json"), Json.write(changed));
            city.restart();
            String after = integrity(issued(city));
            assertNotEquals(before, after);
            assertEquals(after, Integrity.of(Http.get(vct).body().getBytes()));
            assertEquals(
                    TypeMetadataException.Reason.INTEGRITY_MISMATCH,
                    assertThrows(
                                    TypeMetadataException.class,
                                    () -> TypeDocument.retrieve(vct, before, PublishedTypesTest::fetched))
                            .reason());
            TypeDocument then = TypeDocument.retrieve(
                    vct, before, (address, integrity) -> fetched(kept(address, before), integrity));
            Fields logo = Fields.of(then.display().getFirst())
                    .fields("rendering")
                    .fields("simple")
                    .fields("logo");
            Http.Answer picture = Http.get(logo.string("uri"));
            assertEquals(
                    logo.string("uri#integrity"), Integrity.of(picture.body().getBytes()), "its picture is kept too");
            assertEquals(404, Http.get(kept(vct, Integrity.of(new byte[1]))).status());
            assertEquals(
                    404,
                    Http.get(kept(city.base() + "/types/vehicle-licence", before))
                            .status());
            assertEquals(400, Http.get(vct + "?sha256=*").status());
        }
    }

    @Test
    @DisplayName("Extending Type Metadata: an e-invoice extends what all of them have in common, by extends#integrity")
    void extended() throws Exception {
        try (TestCity city = new TestCity()) {
            Http.Answer answer = Http.get(city.base() + "/types/medical-invoice");
            String parent = answer.string("extends");
            assertEquals(city.base() + "/types/fiscal-invoice", parent);
            byte[] octets = Http.get(parent).body().getBytes();
            assertEquals(answer.string("extends#integrity"), Integrity.of(octets));
            assertArrayEquals(
                    octets, Http.get(kept(parent, Integrity.of(octets))).body().getBytes());
            TypeDocument.retrieve(answer.string("vct"), null, PublishedTypesTest::fetched);
        }
    }

    @Test
    @DisplayName(
            "HAIP 1.0 §4.1: logos as SVG and as PNG; the PNG is the SVG drawn, not a blank, and the same each time")
    void pictures() throws Exception {
        try (TestCity city = new TestCity()) {
            String emblem = city.base() + "/types/" + TYPE + "/emblem";
            Http.Answer svg = Http.get(emblem + ".svg");
            assertEquals("image/svg+xml", svg.header("Content-Type").orElseThrow());
            Http.Answer png = Http.get(emblem + ".png");
            assertEquals("image/png", png.header("Content-Type").orElseThrow());
            BufferedImage image =
                    ImageIO.read(new ByteArrayInputStream(png.body().getBytes()));
            String colour = Catalogue.builtIn().type(TYPE).orElseThrow().card().colour();
            assertEquals(Integer.parseInt(colour.substring(1), 16), image.getRGB(1, 1) & 0xffffff);
            long lines = Arrays.stream(image.getRGB(0, 0, 192, 192, null, 0, 192))
                    .filter(pixel -> pixel == 0xffffffff)
                    .count();
            assertTrue(lines > 500, lines + " pixels of ink");
            city.restart();
            assertArrayEquals(
                    Sha256.of(png.body().getBytes()),
                    Sha256.of(Http.get(emblem + ".png").body().getBytes()));
            Fields issuer =
                    Fields.of(Http.get(RawWallet.wellKnown(city.issuer(city.police), "openid-credential-issuer"))
                            .json());
            String seal = Fields.of(issuer.objects("display").getFirst())
                    .fields("logo")
                    .string("uri");
            assertEquals("image/png", Http.get(seal).header("Content-Type").orElseThrow());
        }
    }
}
