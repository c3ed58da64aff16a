package city.elicence.sm2;

import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.jose.Suites;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * SM2 signatures (GB/T 32918.2) on the curve sm2p256v1 (GB/T 32918.5) with the hash SM3 (GB/T 32905), by Bouncy Castle, which is not
 * registered with the platform. The signer's distinguishing identifier is 1234567812345678 (GM/T 0009 §10), here and in certificates.
 * Why it is called so: docs/decisions/0113.
 */
public final class Sm2 {
    /** {@code SGD_SM3_SM2} in JOSE (GM/T 0125.1), keys with {@code crv} SM2, {@code _sd_alg} sm3. */
    public static final Suite SUITE = Suite.of(
            new Suite.Names("SGD_SM3_SM2", "SM2", "sm3", "SM3withSM2", "sm2p256v1", "SM3"), new BouncyCastleProvider());

    /** ES256, and SM2 with SM3. */
    public static final Suites BESIDE_ES256 = Suites.and(SUITE);

    private Sm2() {}
}
