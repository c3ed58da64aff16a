package city.elicence.credentials.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import city.elicence.credentials.catalogue.Format;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.trust.Period;
import city.elicence.credentials.verify.TestParty.Making;
import city.elicence.credentials.verify.refusal.Refusal;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** ISO/IEC 18013-5 annex B.1.4, the profile of a document signer's certificate; the authority on the ledger is the IACA. */
class DocumentSignerTest {
    private static final String PURPOSE = "1.0.18013.5.1.2";
    private static final String AUTHORITY = "C=CN,ST=Beijing,CN=Police authority";
    private static final String SIGNER = "C=CN,ST=Beijing,CN=Document signer";

    private final TestMdoc mdoc = new TestMdoc(new TestCity());
    private final SoftwareKey authorityKey = SoftwareKey.generate();
    private final SoftwareKey key = SoftwareKey.generate();

    private Making signer(String subject) {
        return signer(subject, AUTHORITY, authorityKey);
    }

    private Making signer(String subject, String issuer, SoftwareKey issuerKey) {
        return new Making(subject, issuer, key, issuerKey)
                .uris(mdoc.city.police.did().value())
                .usage(KeyUsage.digitalSignature)
                .purpose(PURPOSE);
    }

    private static X509Certificate valid(Making making) {
        return making.sign(TestParty.NOT_BEFORE, TestParty.NOT_AFTER);
    }

    /** A document by the leaf of this chain; the ledger names this authority. */
    private Verdict shown(X509Certificate authority, X509Certificate... chain) {
        mdoc.police = new TestParty(mdoc.city.police.did(), authority, authorityKey, key, TestParty.chain(chain));
        mdoc.city.policeAccreditation =
                TestCity.accreditation(mdoc.police, "Traffic police", Period.from(TestParty.NOT_BEFORE));
        mdoc.status = null;
        return mdoc.city.verify(
                Presentation.in(Format.MDOC, mdoc.show(TestMdoc.SESSION, mdoc.city.holder)),
                TestMdoc.expectation(),
                mdoc.city.withoutStatus().build());
    }

    private Verdict shown(X509Certificate leaf) {
        X509Certificate authority = TestParty.authority(AUTHORITY, authorityKey);
        return shown(authority, leaf, authority);
    }

    private static void assertRefused(Refusal refusal, Verdict verdict) {
        assertEquals(refusal, assertInstanceOf(Verdict.Refused.class, verdict).refusal());
    }

    @Test
    @DisplayName(
            "B.1.4: directly under the authority, same country and province, key usage and purpose as they must be")
    void good() {
        assertInstanceOf(Verdict.Accepted.class, shown(valid(signer(SIGNER))));
        X509Certificate authority = TestParty.authority(AUTHORITY, authorityKey);
        assertInstanceOf(Verdict.Accepted.class, shown(authority, valid(signer(SIGNER))));
    }

    @Test
    @DisplayName("B.1.4: another country than the authority's, or none; another province, or none")
    void otherPlace() {
        for (String subject : new String[] {
            "C=FR,ST=Beijing,CN=Document signer",
            "ST=Beijing,CN=Document signer",
            "C=CN,ST=Hebei,CN=Document signer",
            "C=CN,CN=Document signer",
            "O=x\\,C=CN,ST=Beijing,CN=Document signer"
        }) {
            assertRefused(Refusal.ISSUER_CHAIN_UNTRUSTED, shown(valid(signer(subject))));
        }
    }

    @Test
    @DisplayName("B.1.4: a document signer under an intermediate authority, though the path is valid, is refused")
    void intermediate() {
        X509Certificate authority = TestParty.authority(AUTHORITY, authorityKey);
        SoftwareKey between = SoftwareKey.generate();
        String name = "C=CN,ST=Beijing,CN=Between";
        X509Certificate intermediate = valid(new Making(name, AUTHORITY, between, authorityKey).authority(true));
        assertRefused(
                Refusal.ISSUER_CHAIN_UNTRUSTED,
                shown(authority, valid(signer(SIGNER, name, between)), intermediate, authority));
    }

    @Test
    @DisplayName("B.1.4: key usage is digitalSignature, and the purpose is critical")
    void usage() {
        assertRefused(
                Refusal.ISSUER_SIGNATURE_INVALID, shown(valid(signer(SIGNER).usage(0))));
        assertRefused(
                Refusal.ISSUER_SIGNATURE_INVALID, shown(valid(signer(SIGNER).usage(KeyUsage.keyAgreement))));
        assertRefused(
                Refusal.ISSUER_SIGNATURE_INVALID,
                shown(valid(signer(SIGNER).usage(KeyUsage.digitalSignature | KeyUsage.keyCertSign))));
        assertRefused(
                Refusal.ISSUER_SIGNATURE_INVALID, shown(valid(signer(SIGNER).purposeThatMayBeOverlooked(PURPOSE))));
        assertRefused(
                Refusal.ISSUER_SIGNATURE_INVALID, shown(valid(signer(SIGNER).purpose("1.0.18013.5.1.6"))));
    }

    @Test
    @DisplayName("§9.3.1 step 5: the document was signed while the certificates of signer and authority were valid")
    void signedWithinValidity() {
        Instant signed = mdoc.signed;
        Instant after = signed.plus(Duration.ofDays(1));
        assertRefused(
                Refusal.ISSUER_CHAIN_UNTRUSTED, shown(signer(SIGNER).sign(after, after.plus(Duration.ofDays(400)))));
        Instant before = signed.minus(Duration.ofDays(1));
        assertRefused(
                Refusal.ISSUER_CHAIN_UNTRUSTED, shown(signer(SIGNER).sign(before.minus(Duration.ofDays(9)), before)));
        assertInstanceOf(Verdict.Accepted.class, shown(signer(SIGNER).sign(before, after)));
        X509Certificate ended = new Making(AUTHORITY, AUTHORITY, authorityKey, authorityKey)
                .authority(true)
                .sign(before.minus(Duration.ofDays(9)), before);
        assertRefused(Refusal.ISSUER_CHAIN_UNTRUSTED, shown(ended, valid(signer(SIGNER))));
    }
}
