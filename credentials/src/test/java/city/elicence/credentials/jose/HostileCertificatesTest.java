package city.elicence.credentials.jose;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.verify.TestParty;
import city.elicence.credentials.verify.TestParty.Making;
import java.math.BigInteger;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.ECFieldFp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("RFC 5280: a certificate that is garbage is refused by its reader's own exception, whatever the suite")
class HostileCertificatesTest {
    private static final Suite SM2 = Suite.of(
            new Suite.Names("SGD_SM3_SM2", "SM2", "sm3", "SM3withSM2", "sm2p256v1", "SM3"), new BouncyCastleProvider());
    private static final Suites BOTH = Suites.and(SM2);
    private static final Instant NOW = TestParty.NOT_BEFORE.plus(Duration.ofDays(1));
    private static final int SIGNATURE = 2;
    private static final int ISSUER = 3;
    private static final int KEY = 6;

    static List<Suite> suites() {
        return BOTH.all();
    }

    private final Random random = new Random(20261128);

    /** A leaf, the authority between, and the anchor above it. */
    private record Path(Suite suite, SoftwareKey anchorKey, X509Certificate anchor, SoftwareKey between) {
        static Path of(Suite suite) {
            SoftwareKey anchorKey = SoftwareKey.generate(suite);
            return new Path(suite, anchorKey, TestParty.authority("CN=anchor", anchorKey), SoftwareKey.generate(suite));
        }

        byte[] intermediate() throws Exception {
            return new Making("CN=between", "CN=anchor", between, anchorKey)
                    .authority(true)
                    .sign(TestParty.NOT_BEFORE, TestParty.NOT_AFTER)
                    .getEncoded();
        }

        byte[] leaf() throws Exception {
            return new Making("CN=leaf", "CN=between", SoftwareKey.generate(suite), between)
                    .uris("did:indy:test:7Tqg6BwSSWapxgUDm9KKgg")
                    .sign(TestParty.NOT_BEFORE, TestParty.NOT_AFTER)
                    .getEncoded();
        }

        boolean anchored(byte[]... chain) throws JoseException {
            List<String> x5c = Arrays.stream(chain)
                    .map(Base64.getEncoder()::encodeToString)
                    .toList();
            return CertificateChain.fromX5c(x5c, BOTH)
                    .anchoredBy(Set.of(new TrustAnchor(anchor, null)), NOW)
                    .isPresent();
        }
    }

    /** The certificate with another key in it, signed anew. */
    private static byte[] withKey(byte[] certificate, SubjectPublicKeyInfo key, SoftwareKey signer) throws Exception {
        return with(certificate, KEY, key, signer);
    }

    /** The certificate with another field in it (RFC 5280 §4.1), signed anew. */
    private static byte[] with(byte[] certificate, int field, ASN1Encodable value, SoftwareKey signer)
            throws Exception {
        ASN1Sequence whole = ASN1Sequence.getInstance(certificate);
        ASN1Encodable[] signed = ASN1Sequence.getInstance(whole.getObjectAt(0)).toArray();
        signed[field] = value;
        JcaContentSignerBuilder builder =
                new JcaContentSignerBuilder(signer.suite().names().signature());
        signer.suite().provider().ifPresent(builder::setProvider);
        ContentSigner signing = builder.build(signer.javaKey());
        DERSequence content = new DERSequence(signed);
        signing.getOutputStream().write(content.getEncoded());
        return new DERSequence(
                        new ASN1Encodable[] {content, whole.getObjectAt(1), new DERBitString(signing.getSignature())})
                .getEncoded();
    }

    private static SubjectPublicKeyInfo keyIn(byte[] certificate) {
        ASN1Sequence signed =
                ASN1Sequence.getInstance(ASN1Sequence.getInstance(certificate).getObjectAt(0));
        return SubjectPublicKeyInfo.getInstance(signed.getObjectAt(KEY));
    }

    private static Map<String, SubjectPublicKeyInfo> garbage(Suite suite, SubjectPublicKeyInfo good) {
        AlgorithmIdentifier curve = good.getAlgorithm();
        ASN1BitString bits = good.getPublicKeyData();
        byte[] point = bits.getOctets();
        BigInteger prime = ((ECFieldFp) suite.parameters().getCurve().getField()).getP();
        Map<String, byte[]> points = new LinkedHashMap<>();
        byte[] off = point.clone();
        off[64] ^= 1;
        points.put("off the curve", off);
        points.put("infinity", new byte[1]);
        points.put("nothing", new byte[0]);
        points.put("no more than its form", new byte[] {4});
        points.put("zero", Arrays.copyOf(new byte[] {4}, 65));
        points.put("a byte too short", Arrays.copyOf(point, 64));
        points.put("two bytes too long", Arrays.copyOf(point, 67));
        points.put("compressed, of full length", formed(point, 2));
        points.put("hybrid of the wrong parity", formed(point, 6 + (~point[64] & 1)));
        points.put("of no form", formed(point, 5));
        byte[] beyond = formed(new byte[65], 4);
        System.arraycopy(prime.toByteArray(), 1, beyond, 1, 32);
        points.put("beyond the field", beyond);
        Map<String, SubjectPublicKeyInfo> all = new LinkedHashMap<>();
        points.forEach((name, bytes) -> all.put(name, new SubjectPublicKeyInfo(curve, bytes)));
        ASN1ObjectIdentifier ec = curve.getAlgorithm();
        all.put("on no known curve", new SubjectPublicKeyInfo(of(ec, new ASN1ObjectIdentifier("1.2.3.4.5")), point));
        all.put("on P-384", new SubjectPublicKeyInfo(of(ec, new ASN1ObjectIdentifier("1.3.132.0.34")), point));
        all.put("on an implied curve", new SubjectPublicKeyInfo(of(ec, DERNull.INSTANCE), point));
        all.put("on a curve that is empty", new SubjectPublicKeyInfo(of(ec, new DERSequence()), point));
        all.put("of no known algorithm", new SubjectPublicKeyInfo(of(new ASN1ObjectIdentifier("1.2.3"), ec), point));
        return all;
    }

    private static AlgorithmIdentifier of(ASN1ObjectIdentifier algorithm, ASN1Encodable parameters) {
        return new AlgorithmIdentifier(algorithm, parameters);
    }

    private static byte[] formed(byte[] point, int form) {
        byte[] changed = point.clone();
        changed[0] = (byte) form;
        return changed;
    }

    @ParameterizedTest
    @MethodSource("suites")
    @DisplayName("A key that is no point of its curve, in the leaf or above it, is refused or leads to no anchor")
    void keys(Suite suite) throws Exception {
        Path path = Path.of(suite);
        byte[] leaf = path.leaf();
        byte[] above = path.intermediate();
        assertTrue(path.anchored(leaf, above));
        assertTrue(path.anchored(withKey(leaf, keyIn(leaf), path.between()), above), "as it was, signed anew");
        garbage(suite, keyIn(leaf)).forEach((name, key) -> {
            assertThrows(JoseException.class, () -> path.anchored(withKey(leaf, key, path.between()), above), name);
            assertFalse(isAnchored(path, leaf, aboveWith(path, above, key)), name);
        });
    }

    private static byte[] aboveWith(Path path, byte[] above, SubjectPublicKeyInfo key) {
        try {
            return withKey(above, key, path.anchorKey());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isAnchored(Path path, byte[]... chain) {
        try {
            return path.anchored(chain);
        } catch (JoseException e) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    @DisplayName(
            "One flipped bit in what was signed, of either certificate, leads to no anchor; elsewhere it does no other harm")
    void bits(Suite suite) throws Exception {
        Path path = Path.of(suite);
        byte[] leaf = path.leaf();
        byte[] above = path.intermediate();
        for (int at = 0; at < leaf.length; at++) {
            assertFalse(isAnchored(path, flipped(leaf, at), above) && isSigned(leaf, at), "leaf, byte " + at);
        }
        for (int at = 0; at < above.length; at++) {
            assertFalse(isAnchored(path, leaf, flipped(above, at)) && isSigned(above, at), "above, byte " + at);
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    @DisplayName(
            "A signature of no whole number of bytes, which is outside what was signed, is judged and throws nothing else")
    void halfByte(Suite suite) throws Exception {
        Path path = Path.of(suite);
        byte[] above = path.intermediate();
        byte[] leaf = path.leaf();
        while ((leaf[leaf.length - 1] & 1) != 0) {
            leaf = path.leaf();
        }
        int bytes = ASN1BitString.getInstance(ASN1Sequence.getInstance(leaf).getObjectAt(SIGNATURE))
                .getOctets()
                .length;
        byte[] padded = leaf.clone();
        padded[leaf.length - bytes - 1] = 1;
        assertTrue(path.anchored(leaf, above));
        assertDoesNotThrow(() -> isAnchored(path, padded, above));
    }

    @ParameterizedTest
    @MethodSource("suites")
    @DisplayName("A name whose text is no UTF-8 leads to no anchor, though its authority signed it")
    void noText(Suite suite) throws Exception {
        Path path = Path.of(suite);
        byte[] leaf = path.leaf();
        byte[] name = new X500Name(new RDN[] {new RDN(BCStyle.CN, new DERUTF8String("between"))}).getEncoded();
        byte[] broken = name.clone();
        broken[name.length - 1] = (byte) 0xFF;
        byte[] above = path.intermediate();
        assertTrue(path.anchored(with(leaf, ISSUER, ASN1Sequence.getInstance(name), path.between()), above));
        assertFalse(isAnchored(path, with(leaf, ISSUER, ASN1Sequence.getInstance(broken), path.between()), above));
    }

    /** Whether the byte is not of the signature and its algorithm, which stand last. */
    private static boolean isSigned(byte[] certificate, int at) throws Exception {
        ASN1Sequence whole = ASN1Sequence.getInstance(certificate);
        int after = whole.getObjectAt(1).toASN1Primitive().getEncoded().length
                + whole.getObjectAt(2).toASN1Primitive().getEncoded().length;
        return at < certificate.length - after;
    }

    private byte[] flipped(byte[] good, int at) {
        byte[] bad = good.clone();
        bad[at] ^= (byte) (1 << random.nextInt(8));
        return bad;
    }
}
