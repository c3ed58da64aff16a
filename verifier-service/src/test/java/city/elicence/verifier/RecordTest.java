package city.elicence.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignerDigestMismatchException;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The record of a check")
class RecordTest {
    private final TestCity city = TestCity.city();

    private record Signed(X509Certificate signer, boolean good, boolean timeInside, boolean certificateSigned) {}

    @Test
    @DisplayName(
            "is a PDF that the relying party signed over all of it, with the facts attached, and no altered byte passes")
    void signed() throws Exception {
        String id = settled();
        byte[] pdf = city.api().bytes("/api/checks/" + id + "/record.pdf?lang=zh");
        Signed signed = verify(pdf, pdf);
        assertTrue(signed.good());
        assertTrue(signed.certificateSigned(), "ETSI EN 319 122-1 §5.2.2.3");
        assertFalse(signed.timeInside(), "ETSI EN 319 142-1 §6.3: the time is the PDF's own");
        String clientId = String.valueOf(city.api().get("/api/tenants").body());
        String hash = CertificateChain.of(List.of(signed.signer())).sha256OfLeaf();
        assertTrue(clientId.contains(hash), "signed by the certificate by which the bank asks");

        String claims = Json.write(attached(pdf));
        assertTrue(claims.contains("\"may_drive_car\":true"), claims);
        assertFalse(claims.contains("林晓宁"), "what was not shown is not recorded");

        for (int at : new int[] {20, pdf.length / 3, pdf.length / 2, pdf.length - 30}) {
            byte[] altered = pdf.clone();
            altered[at] ^= 1;
            assertFalse(verify(pdf, altered).good(), "byte " + at);
        }
    }

    @Test
    @DisplayName("shows ink where the words are, in both languages")
    void drawn() throws Exception {
        String id = settled();
        for (String lang : List.of("zh", "en")) {
            byte[] pdf = city.api().bytes("/api/checks/" + id + "/record.pdf?lang=" + lang);
            try (PDDocument document = Loader.loadPDF(pdf)) {
                var picture = new PDFRenderer(document).renderImageWithDPI(0, 72);
                int ink = 0;
                for (int y = 0; y < picture.getHeight(); y++) {
                    for (int x = 0; x < picture.getWidth(); x++) {
                        ink += (picture.getRGB(x, y) & 0xFF) < 128 ? 1 : 0;
                    }
                }
                assertTrue(ink > 2_000, lang + ": " + ink);
            }
        }
    }

    @Test
    @DisplayName("is not made before the check has ended, nor for another relying party's back end")
    void refused() {
        TestApi.Answer made = city.api().post("/api/checks", TestCity.check("bank", "may-drive-car"));
        TestApi.Answer early = city.api().get("/api/checks/" + made.string("id") + "/record.pdf");
        assertEquals(409, early.status());
        assertEquals("not_settled", early.string("error"));
        assertEquals(
                401,
                TestApi.getAnonymously(
                                city.service.base() + "/api/checks/" + made.string("id") + "/record.pdf", Map.of())
                        .status());
    }

    private String settled() throws Exception {
        TestApi.Answer made = city.api().post("/api/checks", TestCity.check("bank", "may-drive-car"));
        TestIssuer.Held held = city.police.issue(TestCity.LICENCE, Map.of("may_drive_car", true, "name", "林晓宁（测试）"));
        RawWallet.Request request = RawWallet.follow(made.string("link"));
        assertEquals(
                200,
                RawWallet.respond(request, "driving_licence", RawWallet.present(held, request, "may_drive_car"))
                        .status());
        return made.string("id");
    }

    /** By the signature of the first file over the octets of the second, as a stranger's program would. */
    private static Signed verify(byte[] whole, byte[] octets) throws Exception {
        try (PDDocument document = Loader.loadPDF(whole)) {
            PDSignature signature = document.getLastSignatureDictionary();
            assertEquals("ETSI.CAdES.detached", signature.getSubFilter());
            int[] range = signature.getByteRange();
            assertEquals(0, range[0]);
            assertEquals(whole.length, range[2] + range[3], "all of the file but the signature itself");
            CMSSignedData cms = new CMSSignedData(
                    new CMSProcessableByteArray(signature.getSignedContent(octets)),
                    ContentInfo.getInstance(ASN1Primitive.fromByteArray(der(signature.getContents()))));
            SignerInformation signer =
                    cms.getSignerInfos().getSigners().iterator().next();
            @SuppressWarnings("unchecked")
            Collection<X509CertificateHolder> holders = cms.getCertificates().getMatches(signer.getSID());
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(holders.iterator().next());
            return new Signed(
                    certificate,
                    good(signer, certificate),
                    signer.getSignedAttributes().get(CMSAttributes.signingTime) != null,
                    signer.getSignedAttributes().get(PKCSObjectIdentifiers.id_aa_signingCertificateV2) != null);
        }
    }

    /** The placeholder is larger than the signature; what follows it is padding. */
    private static byte[] der(byte[] padded) throws IOException {
        try (ASN1InputStream in = new ASN1InputStream(padded)) {
            return in.readObject().getEncoded();
        }
    }

    private static boolean good(SignerInformation signer, X509Certificate certificate) throws Exception {
        try {
            return signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate));
        } catch (CMSSignerDigestMismatchException altered) {
            return false;
        } catch (CMSException broken) {
            throw new AssertionError(broken);
        }
    }

    private static Map<String, Object> attached(byte[] pdf) throws Exception {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertTrue(document.getDocument().getTrailer().containsKey(COSName.ROOT));
            var names =
                    document.getDocumentCatalog().getNames().getEmbeddedFiles().getNames();
            var file = Objects.requireNonNull(names.get("check.json")).getEmbeddedFile();
            try (ByteArrayInputStream in = new ByteArrayInputStream(file.toByteArray())) {
                return Json.parseObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }
}
