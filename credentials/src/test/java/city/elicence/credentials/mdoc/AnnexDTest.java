package city.elicence.credentials.mdoc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import city.elicence.credentials.Vectors;
import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.mdoc.MdocException.Reason;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AnnexDTest {
    private static final Instant THEN = Instant.parse("2021-06-01T00:00:00Z");
    private static final String NAME_SPACE = "org.iso.18013.5.1";

    @Test
    @DisplayName("ISO/IEC 18013-5 annex D.5: the device response's signature, digests and device MAC all hold")
    void deviceResponse() throws Exception {
        DeviceResponse response = DeviceResponse.parse(octets("DEVICE_RESPONSE"));
        assertEquals(0, response.status());
        assertEquals(1, response.documents().size());
        MobileDocument document = response.documents().get(0);
        assertEquals("org.iso.18013.5.1.mDL", document.docType());
        document.check(issuerKey(), transcript(), readerKey(), THEN);
        Map<String, Object> claims = Fields.of(document.issuerSigned().claims()).object(NAME_SPACE);
        assertEquals(
                List.of(
                        "family_name",
                        "issue_date",
                        "expiry_date",
                        "document_number",
                        "portrait",
                        "driving_privileges"),
                List.copyOf(claims.keySet()));
        assertEquals("Doe", claims.get("family_name"));
        assertEquals("2019-10-20", claims.get("issue_date"));
        assertArrayEquals(
                octets("DEVICE_RESPONSE_PORTRAIT_DATA"), Base64Url.decode(String.valueOf(claims.get("portrait"))));
    }

    @Test
    @DisplayName("Annex D.5: the certificate inside is the document signer's, and what is read is written again")
    void certificate() throws Exception {
        DeviceResponse response = DeviceResponse.parse(octets("DEVICE_RESPONSE"));
        IssuerSigned issuerSigned = response.documents().get(0).issuerSigned();
        assertEquals(issuerKey(), issuerSigned.certificates().orElseThrow().leafKey());
        assertEquals(
                Cbor.encode(Cbor.decode(octets("DEVICE_RESPONSE"))).length,
                DeviceResponse.parse(response.encode()).encode().length);
        DeviceResponse again = DeviceResponse.parse(response.encode());
        again.documents().get(0).check(issuerKey(), transcript(), readerKey(), THEN);
    }

    @Test
    @DisplayName("§9.1.3.5: the MAC holds for that reader's key and that session alone")
    void mac() throws Exception {
        MobileDocument document =
                DeviceResponse.parse(octets("DEVICE_RESPONSE")).documents().get(0);
        SessionTranscript other = SessionTranscript.ofRedirect("x509_hash:a", "n", null, "https://v.example");
        assertReason(
                Reason.DEVICE_AUTHENTICATION,
                () -> document.check(issuerKey(), transcript(), SoftwareKey.generate(), THEN));
        assertReason(Reason.DEVICE_AUTHENTICATION, () -> document.check(issuerKey(), other, readerKey(), THEN));
        assertReason(Reason.DEVICE_AUTHENTICATION, () -> document.check(issuerKey(), transcript(), THEN));
    }

    @Test
    @DisplayName("§9.3.1: another issuer's key and another time are refused")
    void issuerAndTime() throws Exception {
        MobileDocument document =
                DeviceResponse.parse(octets("DEVICE_RESPONSE")).documents().get(0);
        EcPublicKey stranger = SoftwareKey.generate().publicKey();
        assertReason(Reason.ISSUER_SIGNATURE, () -> document.check(stranger, transcript(), readerKey(), THEN));
        for (String time : List.of("2020-09-30T00:00:00Z", "2021-10-02T00:00:00Z")) {
            assertReason(
                    Reason.VALIDITY, () -> document.check(issuerKey(), transcript(), readerKey(), Instant.parse(time)));
        }
    }

    private static SessionTranscript transcript() throws Exception {
        return SessionTranscript.ofBytes(octets("SESSION_TRANSCRIPT_BYTES"));
    }

    private static EcPublicKey issuerKey() throws Exception {
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(octets("DS_CERT")));
        return EcPublicKey.of((ECPublicKey) certificate.getPublicKey());
    }

    private static SoftwareKey readerKey() throws Exception {
        Map<String, Object> jwk = new LinkedHashMap<>();
        jwk.put("kty", "EC");
        jwk.put("crv", "P-256");
        for (String part : List.of("x", "y", "d")) {
            jwk.put(part, Base64Url.encode(octets("EPHEMERAL_READER_KEY_" + part.toUpperCase(java.util.Locale.ROOT))));
        }
        return SoftwareKey.fromJwk(jwk);
    }

    private static byte[] octets(String name) throws Exception {
        String json = Vectors.read(Vectors.folder("iso18013-5-annexD").resolve("vectors.json"));
        return HexFormat.of().parseHex(Fields.parse(json).string("ISO_18013_5_ANNEX_D_" + name));
    }

    static void assertReason(Reason reason, org.junit.jupiter.api.function.Executable check) {
        assertEquals(reason, assertThrows(MdocException.class, check).reason());
    }
}
