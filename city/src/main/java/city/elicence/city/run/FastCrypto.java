package city.elicence.city.run;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fastest sound provider of ES256 on a server (eight times the JDK's own); where its native library does not load, the
 * JDK's own stays. A line in the log says which is in use.
 */
public final class FastCrypto {
    private static final Logger LOG = LoggerFactory.getLogger(FastCrypto.class);

    private FastCrypto() {}

    public static void install() {
        try {
            AmazonCorrettoCryptoProvider.install();
            AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
            LOG.info("ES256 by {}", AmazonCorrettoCryptoProvider.INSTANCE.getInfo());
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("ES256 by the JDK's own provider: the faster one does not load here ({})", e.toString());
        }
    }
}
