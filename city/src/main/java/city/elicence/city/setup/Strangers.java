package city.elicence.city.setup;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.trust.Did;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Offices that nobody accredited, for the demo and the tests: what they sign must be refused. */
public final class Strangers {
    private static final Duration VALID = Duration.ofDays(30);

    private Strangers() {}

    /** An office with a key and a chain of its own making. */
    public record Office(SoftwareKey key, CertificateChain chain) {}

    /** An office that claims to be the party of that DID, with an authority of its own. */
    public static Office office(Did claimed, Instant now) throws GeneralSecurityException, JoseException {
        CertificateAuthority root = CertificateAuthority.root("nobody's root", Suite.ES256, now, VALID);
        CertificateAuthority own = root.under("nobody's authority", now, VALID);
        SoftwareKey key = SoftwareKey.generate();
        X509Certificate leaf = own.signer(
                key.publicKey().javaKey(),
                "nobody's signing",
                List.of(URI.create(claimed.value())),
                "localhost",
                now,
                VALID);
        return new Office(key, CertificateChain.of(List.of(leaf, own.certificate())));
    }
}
