package city.elicence.interop.multipaz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import city.elicence.credentials.cbor.Tagged;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.mdoc.IssuerSigned;
import city.elicence.credentials.mdoc.IssuerSignedItem;
import city.elicence.credentials.mdoc.MdocException;
import city.elicence.credentials.mdoc.MobileDocument;
import city.elicence.credentials.mdoc.SecurityObject;
import city.elicence.credentials.mdoc.SessionTranscript;
import city.elicence.credentials.verify.TestParty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.multipaz.cbor.Cbor;
import org.multipaz.cbor.DataItem;
import org.multipaz.crypto.Algorithm;
import org.multipaz.crypto.AsymmetricKey;
import org.multipaz.crypto.EcCurve;
import org.multipaz.crypto.EcPrivateKeyDoubleCoordinate;
import org.multipaz.mdoc.devicesigned.DeviceNamespaces;
import org.multipaz.mdoc.response.DeviceResponse;
import org.multipaz.mdoc.response.MdocDocument;

@DisplayName("ISO/IEC 18013-5 and OpenID4VP's handover with OpenWallet's multipaz 0.101.0")
class MultipazMdocTest {
    private static final String MDL = "org.iso.18013.5.1.mDL";
    private static final String ISO = "org.iso.18013.5.1";
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final SessionTranscript SESSION = SessionTranscript.ofRedirect(
            "x509_hash:Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk",
            "nonce-1",
            new byte[32],
            "https://bank.example/response");
    private final TestParty police = TestParty.of("7Tqg6BwSSWapxgUDm9KKgg");
    private final SoftwareKey phone = SoftwareKey.generate();

    private IssuerSigned licence() {
        return IssuerSigned.issue(
                MDL,
                Map.of(
                        ISO,
                        List.of(
                                item(0, "family_name", "Lin"),
                                item(1, "given_name", "Shili"),
                                item(2, "birth_date", new Tagged(Tagged.FULL_DATE, "1990-03-07")),
                                item(3, "age_over_18", true),
                                item(4, "portrait", new byte[300]))),
                phone.publicKey(),
                new SecurityObject.Validity(
                        NOW.minus(Duration.ofDays(1)), NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(365))),
                Map.of("status_list", Map.of("idx", 7L, "uri", "https://licence.example/status/1")),
                police.key(),
                police.chain());
    }

    private static IssuerSignedItem item(long id, String element, Object value) {
        byte[] random = new byte[32];
        java.util.Arrays.fill(random, (byte) (id + 1));
        return IssuerSignedItem.of(id, random, element, value);
    }

    private static byte[] encoded(MobileDocument shown) {
        return city.elicence.credentials.mdoc.DeviceResponse.of(shown).encode();
    }

    private static DeviceResponse theirs(byte[] response) throws Exception {
        return (DeviceResponse)
                Suspended.call(DeviceResponse.Companion, "fromDataItem", Cbor.INSTANCE.decode(response));
    }

    private static void verify(DeviceResponse response, SessionTranscript session) throws Exception {
        Suspended.call(
                response,
                "verifySingleDoc",
                Cbor.INSTANCE.decode(session.encode()),
                List.of(),
                kotlin.time.Instant.Companion.fromEpochSeconds(NOW.getEpochSecond(), 0),
                false);
    }

    @Test
    @DisplayName("§9.1.3, §9.3.1: they verify the licence that we issue and show, over our OpenID4VP transcript")
    void theyVerifyOurs() throws Exception {
        IssuerSigned some = licence().disclosing((space, element) -> !element.equals("portrait"));
        DeviceResponse read = theirs(encoded(MobileDocument.show(some, SESSION, phone)));
        verify(read, SESSION);
        MdocDocument document = read.getDocuments().getFirst();
        assertEquals(MDL, document.getDocType());
        Map<?, ?> elements = java.util.Objects.requireNonNull(
                document.getIssuerNamespaces().getData().get(ISO));
        assertEquals(
                java.util.Set.of("family_name", "given_name", "birth_date", "age_over_18"),
                java.util.Set.copyOf(elements.keySet()));
        assertEquals(
                NOW.plus(Duration.ofDays(365)).getEpochSecond(),
                document.getMso().getValidUntil().getEpochSeconds());
    }

    @Test
    @DisplayName("OpenID4VP 1.0 B.2.6.1: they refuse our response in another session, and from another phone")
    void theyRefuse() throws Exception {
        SessionTranscript other =
                SessionTranscript.ofRedirect("x509_hash:abc", "nonce-2", null, "https://bank.example/response");
        DeviceResponse replayed = theirs(encoded(MobileDocument.show(licence(), SESSION, phone)));
        assertThrows(Exception.class, () -> verify(replayed, other));
        DeviceResponse stolen = theirs(encoded(MobileDocument.show(licence(), SESSION, SoftwareKey.generate())));
        assertThrows(Exception.class, () -> verify(stolen, SESSION));
    }

    @Test
    @DisplayName("§9.1.3: we verify the response of a multipaz holder of our licence, in its session and in no other")
    void weVerifyTheirs() throws Exception {
        DeviceResponse ours = theirs(encoded(MobileDocument.show(licence(), SESSION, phone)));
        verify(ours, SESSION);
        MdocDocument held = ours.getDocuments().getFirst();
        DataItem session = Cbor.INSTANCE.decode(SESSION.encode());
        DeviceResponse.Builder builder = new DeviceResponse.Builder(session, DeviceResponse.STATUS_OK, null, "1.0");
        Suspended.call(
                builder,
                "addDocument",
                MDL,
                held.getIssuerAuth(),
                held.getIssuerNamespaces(),
                new DeviceNamespaces(Map.of()),
                key(phone),
                Map.of());
        byte[] response = Cbor.INSTANCE.encode(builder.build().toDataItem());
        MobileDocument read = city.elicence.credentials.mdoc.DeviceResponse.parse(response)
                .documents()
                .getFirst();
        read.check(police.key().publicKey(), SESSION, NOW);
        assertEquals("Lin", Fields.of(read.issuerSigned().claims()).fields(ISO).string("family_name"));
        SessionTranscript other = SessionTranscript.ofRedirect("x509_hash:abc", "nonce-2", null, "https://x.example/r");
        assertThrows(MdocException.class, () -> read.check(police.key().publicKey(), other, NOW));
    }

    private static AsymmetricKey key(SoftwareKey key) throws Exception {
        Fields jwk = Fields.of(key.toPrivateJwk());
        return AsymmetricKey.Companion.anonymous(
                new EcPrivateKeyDoubleCoordinate(EcCurve.P256, jwk.bytes("d"), jwk.bytes("x"), jwk.bytes("y")),
                Algorithm.ESP256);
    }
}
