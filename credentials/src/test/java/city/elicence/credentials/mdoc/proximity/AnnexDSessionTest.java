package city.elicence.credentials.mdoc.proximity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.Vectors;
import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.mdoc.DeviceResponse;
import city.elicence.credentials.mdoc.SessionTranscript;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ISO/IEC 18013-5 annex D: engagement, session keys, session messages, the reader's request and its signature. */
class AnnexDSessionTest {
    @Test
    @DisplayName("Annex D.3.1: the device engagement is read, and its key is that of EDeviceKeyBytes")
    void engagement() throws Exception {
        DeviceEngagement engagement = DeviceEngagement.parse(octets("DEVICE_ENGAGEMENT"));
        assertEquals(deviceKey().publicKey(), engagement.deviceKey());
        assertEquals(1, engagement.retrievalMethods().size());
        assertArrayEquals(
                octets("DEVICE_ENGAGEMENT"),
                DeviceEngagement.of(engagement.deviceKey(), engagement.retrievalMethods())
                        .encoded(),
                "deterministic, as the standard prints it");
        assertArrayEquals(
                engagement.encoded(), DeviceEngagement.fromQr(engagement.toQr()).encoded());
    }

    @Test
    @DisplayName(
            "Annex D.5.1: session establishment and data decrypt with the session's keys, one message after the other")
    void session() throws Exception {
        // The annex was made with NFC: its transcript has a handover that a QR code has not.
        SessionTranscript transcript = SessionTranscript.ofBytes(octets("SESSION_TRANSCRIPT_BYTES"));
        SessionCipher device = SessionCipher.ofDevice(deviceKey(), readerKey().publicKey(), transcript);
        SessionMessage establishment = SessionMessage.parse(octets("SESSION_ESTABLISHMENT"));
        byte[] request = device.decrypt(Objects.requireNonNull(establishment.data()));
        assertArrayEquals(octets("DEVICE_REQUEST"), request);

        SessionCipher reader = SessionCipher.ofReader(readerKey(), deviceKey().publicKey(), transcript);
        assertArrayEquals(establishment.data(), reader.encrypt(request), "the reader's counter begins at one");
        SessionMessage answer = SessionMessage.parse(octets("SESSION_DATA"));
        byte[] response = reader.decrypt(Objects.requireNonNull(answer.data()));
        assertArrayEquals(octets("DEVICE_RESPONSE"), response);
        assertEquals(1, DeviceResponse.parse(response).documents().size());
        assertArrayEquals(answer.data(), device.encrypt(response));
    }

    @Test
    @DisplayName("Annex D.5.1: status 20 ends the session")
    void termination() throws Exception {
        assertEquals(20L, SessionMessage.parse(octets("SESSION_TERMINATION")).status());
        assertArrayEquals(octets("SESSION_TERMINATION"), DeviceSession.end(null));
    }

    @Test
    @DisplayName(
            "Annex D.4.1: the request is read, its elements and what is retained, and the reader's signature holds")
    void request() throws Exception {
        DeviceRequest request = DeviceRequest.parse(octets("DEVICE_REQUEST"));
        DocumentRequest document = request.documents().get(0);
        assertEquals("org.iso.18013.5.1.mDL", document.docType());
        assertEquals(true, document.elements().get(path("family_name")));
        assertEquals(false, document.elements().get(path("portrait")));
        SessionTranscript transcript = SessionTranscript.ofBytes(octets("SESSION_TRANSCRIPT_BYTES"));
        assertTrue(document.isSignedBy(document.certificates().orElseThrow().leafKey(), transcript));
        SessionTranscript other = SessionTranscript.ofQr(octets("DEVICE_ENGAGEMENT"), Cbor.encode(Map.of()));
        assertFalse(
                document.isSignedBy(document.certificates().orElseThrow().leafKey(), other),
                "a reader's signature is for one session");
    }

    private static ClaimPath path(String element) {
        return ClaimPath.of("org.iso.18013.5.1").then(element);
    }

    private static SoftwareKey readerKey() throws Exception {
        return key("EPHEMERAL_READER_KEY_");
    }

    private static SoftwareKey deviceKey() throws Exception {
        return key("EPHEMERAL_DEVICE_KEY_");
    }

    private static SoftwareKey key(String name) throws Exception {
        Map<String, Object> jwk = new LinkedHashMap<>();
        jwk.put("kty", "EC");
        jwk.put("crv", "P-256");
        for (String part : List.of("x", "y", "d")) {
            jwk.put(part, Base64Url.encode(octets(name + part.toUpperCase(Locale.ROOT))));
        }
        return SoftwareKey.fromJwk(jwk);
    }

    private static byte[] octets(String name) throws Exception {
        String json = Vectors.read(Vectors.folder("iso18013-5-annexD").resolve("vectors.json"));
        return HexFormat.of().parseHex(Fields.parse(json).string("ISO_18013_5_ANNEX_D_" + name));
    }
}
