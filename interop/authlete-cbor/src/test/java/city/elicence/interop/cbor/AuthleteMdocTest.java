package city.elicence.interop.cbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.Tagged;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.mdoc.DeviceResponse;
import city.elicence.credentials.mdoc.IssuerSigned;
import city.elicence.credentials.mdoc.IssuerSignedItem;
import city.elicence.credentials.mdoc.MdocException;
import city.elicence.credentials.mdoc.MobileDocument;
import city.elicence.credentials.mdoc.SecurityObject;
import city.elicence.credentials.mdoc.SessionTranscript;
import city.elicence.credentials.verify.TestParty;
import com.authlete.cbor.CBORDecoder;
import com.authlete.cbor.CBORItem;
import com.authlete.cbor.CBORPairList;
import com.authlete.cbor.CBORTaggedItem;
import com.authlete.cose.COSEEC2Key;
import com.authlete.cose.COSEKeyBuilder;
import com.authlete.cose.COSESign1;
import com.authlete.cose.COSEVerifier;
import com.authlete.mdoc.IssuerSignedBuilder;
import com.authlete.mdoc.ValidityInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("CBOR, COSE and mdoc with Authlete's cbor 1.19, in both directions")
class AuthleteMdocTest {
    private static final String MDL = "org.iso.18013.5.1.mDL";
    private static final String ISO = "org.iso.18013.5.1";
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final SessionTranscript SESSION =
            SessionTranscript.ofRedirect("x509_hash:abc", "nonce-1", null, "https://bank.example/response");
    private final TestParty police = TestParty.of("7Tqg6BwSSWapxgUDm9KKgg");
    private final SoftwareKey phone = SoftwareKey.generate();

    /** The library reads a private key as a signed number, so one whose first bit is set needs an octet before it. */
    private static byte[] unsigned(byte[] number) {
        byte[] longer = new byte[number.length + 1];
        System.arraycopy(number, 0, longer, 1, number.length);
        return longer;
    }

    private static COSEEC2Key cose(SoftwareKey key, boolean secret) throws Exception {
        Fields jwk = Fields.of(key.toPrivateJwk());
        COSEKeyBuilder builder =
                new COSEKeyBuilder().ktyEC2().ec2CrvP256().ec2X(jwk.bytes("x")).ec2Y(jwk.bytes("y"));
        return secret ? builder.ec2D(unsigned(jwk.bytes("d"))).buildEC2Key() : builder.buildEC2Key();
    }

    @Test
    @DisplayName("RFC 9052 §4.4: they verify the issuerAuth that we sign, and read the security object in it")
    void theyVerifyOurs() throws Exception {
        IssuerSigned ours = IssuerSigned.issue(
                MDL,
                Map.of(
                        ISO,
                        List.of(
                                IssuerSignedItem.of(0, new byte[32], "family_name", "林"),
                                IssuerSignedItem.of(
                                        1, new byte[32], "birth_date", new Tagged(Tagged.FULL_DATE, "1990-03-07")))),
                phone.publicKey(),
                new SecurityObject.Validity(NOW, NOW, NOW.plus(Duration.ofDays(365))),
                null,
                police.key(),
                police.chain());
        CBORPairList read = (CBORPairList) new CBORDecoder(Cbor.encode(ours.toCbor())).next();
        COSESign1 auth = COSESign1.build(read.findByKey("issuerAuth").getValue());
        assertTrue(new COSEVerifier(police.key().publicKey().javaKey()).verify(auth));
        assertFalse(new COSEVerifier(phone.publicKey().javaKey()).verify(auth));
        CBORItem securityObject = new CBORDecoder((byte[]) auth.getPayload().parse()).next();
        assertInstanceOf(CBORTaggedItem.class, securityObject, "tag 24 around the security object");
        assertArrayEquals((byte[]) auth.getPayload().parse(), securityObject.encode());
    }

    @Test
    @DisplayName("ISO/IEC 18013-5 §9.1.2: we read and check the document that they issue, when our phone shows it")
    void weVerifyTheirs() throws Exception {
        ZonedDateTime now = ZonedDateTime.ofInstant(NOW, ZoneOffset.UTC);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("family_name", "Lin");
        claims.put("age_over_18", true);
        byte[] theirs = new IssuerSignedBuilder()
                .setDocType(MDL)
                .setClaims(Map.of(ISO, claims))
                .setValidityInfo(new ValidityInfo(now.minusDays(1), now.minusDays(1), now.plusDays(365)))
                .setDeviceKey(cose(phone, false))
                .setIssuerKey(cose(police.key(), true))
                .setIssuerCertChain(police.chain().certificates())
                .build()
                .encode();
        IssuerSigned read = IssuerSigned.parse(Cbor.decode(theirs));
        assertEquals(Map.of(ISO, claims), read.claims());
        byte[] shown =
                DeviceResponse.of(MobileDocument.show(read, SESSION, phone)).encode();
        MobileDocument document = DeviceResponse.parse(shown).documents().getFirst();
        document.check(police.key().publicKey(), SESSION, NOW);
        assertThrows(MdocException.class, () -> document.check(phone.publicKey(), SESSION, NOW));
    }

    @Test
    @DisplayName(
            "RFC 8949 §3: numbers, texts, tags and nesting that we write they read, and what they write back is the same")
    void octets() throws Exception {
        for (Object tree : List.<Object>of(
                0L,
                23L,
                24L,
                255L,
                256L,
                65_536L,
                4_294_967_296L,
                -1L,
                -500L,
                "",
                "水",
                true,
                List.of(),
                Map.of(),
                List.of(1L, List.of("a", Map.of("k", false))),
                new Tagged(Tagged.FULL_DATE, "1990-03-07"))) {
            byte[] ours = Cbor.encode(tree);
            assertArrayEquals(ours, new CBORDecoder(ours).next().encode(), tree.toString());
        }
    }
}
