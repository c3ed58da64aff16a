package city.elicence.verifier.record;

import city.elicence.credentials.jose.SigningKey;
import city.elicence.verifier.tenant.Tenant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Hashtable;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureInterface;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * The relying party's signature on a PDF: CMS, detached, with the signing certificate among what is signed and no time inside
 * (PAdES baseline B-B, ETSI EN 319 142-1 §6.3). By the key whose chain the ledger anchors.
 */
final class RecordSignature implements SignatureInterface {
    private final Tenant tenant;
    private final SigningKey key;

    RecordSignature(Tenant tenant, SigningKey key) {
        this.tenant = tenant;
        this.key = key;
    }

    @Override
    public byte[] sign(InputStream content) throws IOException {
        try {
            JcaSignerInfoGeneratorBuilder signer =
                    new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build());
            signer.setSignedAttributeGenerator(attributes());
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(
                    signer.build(new Es256(key), tenant.chain().leaf()));
            generator.addCertificates(new JcaCertStore(tenant.chain().certificates()));
            return generator
                    .generate(new CMSProcessableByteArray(content.readAllBytes()), false)
                    .getEncoded();
        } catch (GeneralSecurityException | OperatorCreationException | CMSException broken) {
            throw new IOException("the record could not be signed", broken);
        }
    }

    /** EN 319 122-1 §5.2.2.3: which certificate signed; §5.2.1: the time is the PDF's own, not the CMS's. */
    private DefaultSignedAttributeTableGenerator attributes() throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(tenant.chain().leaf().getEncoded());
        return new WithoutTime(new AttributeTable(new Attribute(
                PKCSObjectIdentifiers.id_aa_signingCertificateV2,
                new DERSet(new SigningCertificateV2(new ESSCertIDv2(digest))))));
    }

    private static final class WithoutTime extends DefaultSignedAttributeTableGenerator {
        WithoutTime(AttributeTable attributes) {
            super(attributes);
        }

        @Override
        @SuppressWarnings("rawtypes") // as the library declares it
        protected Hashtable createStandardAttributeTable(java.util.Map parameters) {
            Hashtable table = super.createStandardAttributeTable(parameters);
            table.remove(CMSAttributes.signingTime);
            return table;
        }
    }

    /** A key that never shows itself, in the shape that CMS wants: ECDSA with SHA-256, as DER (RFC 5753 §7.2). */
    private static final class Es256 implements ContentSigner {
        private static final int HALF = 32;

        private final SigningKey key;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        Es256(SigningKey key) {
            this.key = key;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        }

        @Override
        public OutputStream getOutputStream() {
            return content;
        }

        @Override
        public byte[] getSignature() {
            byte[] raw = key.sign(content.toByteArray());
            try {
                return new DERSequence(new ASN1Integer[] {
                            new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 0, HALF))),
                            new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, HALF, 2 * HALF)))
                        })
                        .getEncoded("DER");
            } catch (IOException inMemory) {
                throw new UncheckedIOException(inMemory);
            }
        }
    }
}
