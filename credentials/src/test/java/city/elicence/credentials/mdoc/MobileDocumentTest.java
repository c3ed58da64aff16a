package city.elicence.credentials.mdoc;

import static city.elicence.credentials.mdoc.AnnexDTest.assertReason;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.CborException;
import city.elicence.credentials.cbor.Tagged;
import city.elicence.credentials.cose.CoseSign1;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.mdoc.MdocException.Reason;
import city.elicence.credentials.verify.TestParty;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MobileDocumentTest {
    private static final String MDL = "org.iso.18013.5.1.mDL";
    private static final String ISO = "org.iso.18013.5.1";
    private static final String OWN = "city.elicence.driving-licence.1";
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final SessionTranscript SESSION =
            SessionTranscript.ofRedirect("x509_hash:abc", "nonce-1", null, "https://bank.example/response");
    private static final SecurityObject.Validity VALIDITY = new SecurityObject.Validity(
            NOW.minus(Duration.ofDays(1)), NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(365)));
    private static final Object STATUS =
            Map.of("status_list", Map.of("idx", 7L, "uri", "https://licence.example/status/1"));
    private final TestParty police = TestParty.of("7Tqg6BwSSWapxgUDm9KKgg");
    private final SoftwareKey phone = SoftwareKey.generate();

    @Test
    @DisplayName("ISO/IEC 18013-5 §9.3.1: issued, cut down, shown, read and checked")
    void wholeWay() throws Exception {
        MobileDocument shown = MobileDocument.show(onlyNames(licence(MDL)), SESSION, phone);
        MobileDocument read = read(DeviceResponse.of(shown).encode());
        read.check(police.key().publicKey(), SESSION, NOW);
        assertEquals(
                Map.of(ISO, Map.of("family_name", "Wang", "given_name", "Xiaoming"), OWN, Map.of("name", "王小明")),
                read.issuerSigned().claims());
        assertEquals(
                Map.of("status_list", Map.of("idx", 7L, "uri", "https://licence.example/status/1")),
                read.issuerSigned().securityObject().status());
        assertEquals(
                police.key().publicKey(),
                read.issuerSigned().certificates().orElseThrow().leafKey());
    }

    @Test
    @DisplayName("Deterministic CBOR (RFC 8949 §4.2): a response is the octets that its tree has")
    void deterministic() throws Exception {
        assertTrue(Cbor.isDeterministic(DeviceResponse.of(MobileDocument.show(licence(MDL), SESSION, phone))
                .encode()));
    }

    @Test
    @DisplayName("§9.1.3.6: another phone cannot show the licence")
    void otherPhone() throws Exception {
        MobileDocument stolen = MobileDocument.show(licence(MDL), SESSION, SoftwareKey.generate());
        assertReason(
                Reason.DEVICE_AUTHENTICATION, () -> stolen.check(police.key().publicKey(), SESSION, NOW));
    }

    @Test
    @DisplayName("§9.1.5.1: what was shown in one session is no proof in another")
    void otherSession() throws Exception {
        MobileDocument shown = MobileDocument.show(licence(MDL), SESSION, phone);
        SessionTranscript replay =
                SessionTranscript.ofRedirect("x509_hash:abc", "nonce-2", null, "https://bank.example/response");
        assertReason(
                Reason.DEVICE_AUTHENTICATION, () -> shown.check(police.key().publicKey(), replay, NOW));
    }

    @Test
    @DisplayName("§9.3.1 step 2: another issuer's signature is refused")
    void otherIssuer() throws Exception {
        MobileDocument shown = MobileDocument.show(licence(MDL), SESSION, phone);
        EcPublicKey stranger = TestParty.of("L8LS3rP7JFr4F7iJFUzi1q").key().publicKey();
        assertReason(Reason.ISSUER_SIGNATURE, () -> shown.check(stranger, SESSION, NOW));
    }

    @Test
    @DisplayName("§9.3.1 step 3: an element with another value, or moved to another namespace, is refused")
    void otherElement() throws Exception {
        Map<Object, Object> response =
                tree(DeviceResponse.of(MobileDocument.show(onlyNames(licence(MDL)), SESSION, phone))
                        .encode());
        Map<Object, Object> spaces = at(at(document(response), "issuerSigned"), "nameSpaces");
        Object iso = spaces.put(ISO, spaces.get(OWN));
        spaces.put(OWN, iso);
        MobileDocument moved = read(Cbor.encode(response));
        assertReason(Reason.DIGEST, () -> moved.check(police.key().publicKey(), SESSION, NOW));

        IssuerSignedItem forged = IssuerSignedItem.of(0, new byte[16], "family_name", "Zhang");
        spaces.put(ISO, List.of(forged.toCbor()));
        spaces.remove(OWN);
        MobileDocument altered = read(Cbor.encode(response));
        assertReason(Reason.DIGEST, () -> altered.check(police.key().publicKey(), SESSION, NOW));
    }

    @ParameterizedTest
    @DisplayName("§9.1.2.5: a reader takes digests by each of the three algorithms, by the one that the issuer names")
    @EnumSource(DigestAlgorithm.class)
    void digestAlgorithms(DigestAlgorithm algorithm) throws Exception {
        IssuerSigned licence = digestedBy(algorithm);
        byte[] shown = DeviceResponse.of(MobileDocument.show(onlyNames(licence), SESSION, phone))
                .encode();
        MobileDocument read = read(shown);
        read.check(police.key().publicKey(), SESSION, NOW);
        assertEquals(algorithm, read.issuerSigned().securityObject().digestAlgorithm());

        Map<Object, Object> response = tree(shown);
        Map<Object, Object> spaces = at(at(document(response), "issuerSigned"), "nameSpaces");
        spaces.remove(OWN);
        spaces.put(ISO, List.of(item(0, "family_name", "Zhang").toCbor()));
        MobileDocument altered = read(Cbor.encode(response));
        assertReason(Reason.DIGEST, () -> altered.check(police.key().publicKey(), SESSION, NOW));
        assertReason(Reason.MALFORMED, () -> DigestAlgorithm.identifiedBy("SHA-1"));
    }

    @Test
    @DisplayName("§9.3.1 step 4: the document's type must be the one that was signed")
    void otherType() throws Exception {
        Map<Object, Object> response = tree(DeviceResponse.of(MobileDocument.show(licence(MDL), SESSION, phone))
                .encode());
        document(response).put("docType", "org.iso.23220.photoid.1");
        MobileDocument renamed = read(Cbor.encode(response));
        assertReason(Reason.DOCUMENT_TYPE, () -> renamed.check(police.key().publicKey(), SESSION, NOW));
    }

    @Test
    @DisplayName("§9.3.1 step 5: before validFrom and after validUntil a document is refused")
    void validity() throws Exception {
        MobileDocument shown = MobileDocument.show(licence(MDL), SESSION, phone);
        assertReason(
                Reason.VALIDITY, () -> shown.check(police.key().publicKey(), SESSION, NOW.minus(Duration.ofDays(2))));
        assertReason(
                Reason.VALIDITY, () -> shown.check(police.key().publicKey(), SESSION, NOW.plus(Duration.ofDays(366))));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SecurityObject.Validity(NOW, NOW.minusSeconds(1), NOW.plusSeconds(1)));
    }

    @Test
    @DisplayName("§8.3.2.1.2.2: a response without one of its parts is refused")
    void malformed() throws Exception {
        byte[] good = DeviceResponse.of(MobileDocument.show(licence(MDL), SESSION, phone))
                .encode();
        for (String part : List.of("docType", "issuerSigned", "deviceSigned")) {
            Map<Object, Object> response = tree(good);
            document(response).remove(part);
            assertReason(Reason.MALFORMED, () -> DeviceResponse.parse(Cbor.encode(response)));
        }
        for (String part : List.of("version", "status")) {
            Map<Object, Object> response = tree(good);
            response.remove(part);
            assertReason(Reason.MALFORMED, () -> DeviceResponse.parse(Cbor.encode(response)));
        }
        Map<Object, Object> both = tree(good);
        Map<Object, Object> auth = at(at(document(both), "deviceSigned"), "deviceAuth");
        auth.put("deviceMac", auth.get("deviceSignature"));
        assertReason(Reason.MALFORMED, () -> DeviceResponse.parse(Cbor.encode(both)));
    }

    @Test
    @DisplayName("Property: one flipped bit of a response is never accepted with other contents")
    void flippedBit() throws Exception {
        MobileDocument shown = MobileDocument.show(onlyNames(licence(MDL)), SESSION, phone);
        byte[] good = DeviceResponse.of(shown).encode();
        EcPublicKey issuer = police.key().publicKey();
        Random random = new Random(18013);
        int refused = 0;
        for (int bit = 0; bit < good.length * 8; bit += 1 + random.nextInt(24)) {
            byte[] changed = good.clone();
            changed[bit / 8] = (byte) (changed[bit / 8] ^ (1 << (bit % 8)));
            try {
                MobileDocument document = read(changed);
                document.check(issuer, SESSION, NOW);
                // What no signature covers: the certificates beside it, the response's status and version, and whether
                // there
                // are elements at all.
                Map<String, Object> claims = document.issuerSigned().claims();
                assertTrue(
                        claims.isEmpty() || claims.equals(shown.issuerSigned().claims()), "bit " + bit);
            } catch (MdocException e) {
                refused++;
            }
        }
        assertTrue(refused > 100, "refused " + refused);
        assertFalse(good.length < 1000);
    }

    private IssuerSigned licence(String docType) {
        return IssuerSigned.issue(
                docType, elements(), phone.publicKey(), VALIDITY, STATUS, police.key(), police.chain());
    }

    private IssuerSigned digestedBy(DigestAlgorithm algorithm) throws MdocException {
        SecurityObject object = SecurityObject.over(MDL, algorithm, elements(), phone.publicKey(), VALIDITY, STATUS);
        Map<String, Object> tree = new LinkedHashMap<>(licence(MDL).toCbor());
        tree.put(
                "issuerAuth",
                CoseSign1.sign(Map.of(), Map.of(), object.encode(), police.key())
                        .toCbor());
        return IssuerSigned.parse(tree);
    }

    private static Map<String, List<IssuerSignedItem>> elements() {
        Map<String, List<IssuerSignedItem>> elements = new LinkedHashMap<>();
        elements.put(
                ISO,
                List.of(
                        item(0, "family_name", "Wang"),
                        item(1, "given_name", "Xiaoming"),
                        item(2, "birth_date", new Tagged(Tagged.FULL_DATE, "1990-03-07")),
                        item(3, "portrait", new byte[300])));
        elements.put(OWN, List.of(item(0, "name", "王小明"), item(1, "id_number", "110105199003070017")));
        return elements;
    }

    private static IssuerSigned onlyNames(IssuerSigned licence) {
        return licence.disclosing((nameSpace, element) -> element.endsWith("name"));
    }

    private static IssuerSignedItem item(long id, String element, Object value) {
        byte[] random = new byte[16];
        new Random(id * 31 + element.length()).nextBytes(random);
        return IssuerSignedItem.of(id, random, element, value);
    }

    private static MobileDocument read(byte[] response) throws MdocException {
        List<MobileDocument> documents = DeviceResponse.parse(response).documents();
        if (documents.size() != 1) {
            throw new MdocException(Reason.MALFORMED, "expected one document");
        }
        return documents.get(0);
    }

    /** A tree that can be changed, to the depth at which the tests change it. */
    private static Map<Object, Object> tree(byte[] octets) throws CborException {
        return copy((Map<?, ?>) java.util.Objects.requireNonNull(Cbor.decode(octets)));
    }

    private static Map<Object, Object> copy(Map<?, ?> map) {
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, value instanceof Map<?, ?> below ? copy(below) : listed(value)));
        return copy;
    }

    private static Object listed(Object value) {
        return value instanceof List<?> list && list.size() == 1 && list.get(0) instanceof Map<?, ?> only
                ? List.of(copy(only))
                : value;
    }

    @SuppressWarnings("unchecked") // made by copy
    private static Map<Object, Object> at(Map<Object, Object> map, String name) {
        return (Map<Object, Object>) java.util.Objects.requireNonNull(map.get(name));
    }

    @SuppressWarnings("unchecked") // made by copy
    private static Map<Object, Object> document(Map<Object, Object> response) {
        return (Map<Object, Object>) ((List<?>) java.util.Objects.requireNonNull(response.get("documents"))).get(0);
    }
}
