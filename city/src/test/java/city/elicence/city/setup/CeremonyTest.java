package city.elicence.city.setup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.Suite;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A city that runs for years: its certificates end, its keys stay. */
class CeremonyTest {
    private static final URI ISSUERS = URI.create("https://city.example");
    private static final Instant OPENED = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    private Path root;

    private CityFolder folder;

    @BeforeEach
    void opened() throws Exception {
        folder = CityFolder.at(root);
    }

    private Ceremony after(int days) {
        return new Ceremony(folder, Ceremony.NAMESPACE, OPENED.plus(Duration.ofDays(days)));
    }

    private static Date on(int day) {
        return Date.from(OPENED.plus(Duration.ofDays(day)));
    }

    private static X509Certificate first(Path chain) throws Exception {
        return Pem.certificates(chain, Suite.ES256).getFirst();
    }

    @Test
    @DisplayName(
            "The HTTPS server's certificate is made anew before it ends: the same key, under the authority that clients trust")
    void server() throws Exception {
        List<String> hosts = List.of("localhost", "127.0.0.1");
        Ceremony.ServerFiles files = after(0).server(hosts);
        X509Certificate made = first(files.chain());
        byte[] key = Files.readAllBytes(files.key());
        byte[] authority = Files.readAllBytes(files.authority());

        after(200).server(hosts);
        assertEquals(made, first(files.chain()), "not before it must be");

        after(320).server(hosts);
        X509Certificate anew = first(files.chain());
        assertNotEquals(made, anew);
        assertEquals(made.getPublicKey(), anew.getPublicKey());
        assertEquals(List.copyOf(made.getSubjectAlternativeNames()), List.copyOf(anew.getSubjectAlternativeNames()));
        assertArrayEquals(key, Files.readAllBytes(files.key()));
        assertArrayEquals(authority, Files.readAllBytes(files.authority()));
        anew.verify(first(files.authority()).getPublicKey());
        anew.checkValidity(on(700));
    }

    @Test
    @DisplayName(
            "A city with HTTPS trusts its own authority beside those that Java trusts anyway: it calls strangers, too")
    void trustStore() throws Exception {
        TrustManagerFactory usual = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        usual.init((KeyStore) null);
        X509Certificate[] anyway = ((X509TrustManager) usual.getTrustManagers()[0]).getAcceptedIssuers();
        assertTrue(anyway.length > 0, "this Java trusts nobody");
        Ceremony.ServerFiles files = after(0).server(List.of("localhost"));
        KeyStore store = KeyStore.getInstance(files.trustStore().toFile(), "public".toCharArray());
        assertNotNull(store.getCertificateAlias(first(files.authority())));
        for (X509Certificate each : anyway) {
            assertNotNull(
                    store.getCertificateAlias(each),
                    each.getSubjectX500Principal().getName());
        }
    }

    @Test
    @DisplayName(
            "An authority's certificates, for licences and for mobile documents, are made anew before they end: the same keys")
    void parties() throws Exception {
        Party made = police(after(0));
        assertEquals(
                List.of("city.example"),
                made.chain().leafDnsNames(),
                "OpenID4VP 1.0 §5.9.3: the host of its addresses");
        Party year = police(after(400));
        assertEquals(made.chain().sha256OfLeaf(), year.chain().sha256OfLeaf(), "valid for three years");
        assertNotEquals(
                made.documentSigner().chain().sha256OfLeaf(),
                year.documentSigner().chain().sha256OfLeaf(),
                "valid for 457 days");
        assertEquals(
                made.documentSigner().key().publicKey(),
                year.documentSigner().key().publicKey());

        Party later = police(after(1_050));
        assertNotEquals(made.chain().sha256OfLeaf(), later.chain().sha256OfLeaf());
        assertEquals(made.signingKey().publicKey(), later.signingKey().publicKey());
        assertEquals(made.anchors(), later.anchors());
    }

    private static Party police(Ceremony ceremony) throws Exception {
        return ceremony.parties(ISSUERS, Set.of()).stream()
                .filter(party -> party.id().equals("traffic-police"))
                .findFirst()
                .orElseThrow();
    }
}
