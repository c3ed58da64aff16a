package city.elicence.city.setup;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.jose.Suite;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.Anchor;
import city.elicence.credentials.trust.Names;
import city.elicence.issuer.tenant.DocumentSigner;
import city.elicence.issuer.tenant.Signer;
import city.elicence.ledger.KeyFileSigner;
import city.elicence.sm2.Sm2;
import city.elicence.web.vault.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes a city's keys and certificates at its first start, and finds them again at every later one. What exists is never made
 * anew; a start that was killed half way is completed by the next.
 */
public final class Ceremony {
    /** The demonstration city's ledger, as in {@code did:indy:beijing:…}. */
    public static final String NAMESPACE = "beijing";

    private static final Duration ROOT_VALID = Duration.ofDays(20 * 365L);
    private static final Duration PARTY_VALID = Duration.ofDays(10 * 365L);
    private static final Duration SIGNER_VALID = Duration.ofDays(3 * 365L);
    /** ISO/IEC 18013-5 annex B.1.4: 457 days at most. */
    private static final Duration DOCUMENT_SIGNER_VALID = Duration.ofDays(457);

    /** A licence that is signed tomorrow must not outlive its signer's certificate by accident. */
    private static final Duration RENEWED_BEFORE = Duration.ofDays(90);

    private static final Duration SERVER_VALID = Duration.ofDays(397);

    /** A PKCS#12 file must have one; this one holds a public certificate only. */
    private static final String TRUST_STORE_PASSWORD = "public";

    private static final int DATA_KEY_BYTES = 32;

    /** Distinguishes what a party has for SM2 from what it has for ES256. */
    private static final String SM2 = ".sm2";

    private final CityFolder folder;
    private final String namespace;
    private final Instant now;
    private @Nullable X509Certificate root;

    /**
     * Made of its parts.
     *
     * @param namespace the ledger's, as in {@code did:indy:<namespace>:…}
     * @param now time of the certificates made
     */
    public Ceremony(CityFolder folder, String namespace, Instant now) {
        this.folder = folder;
        this.namespace = namespace;
        this.now = now;
    }

    /**
     * The parties of the demonstration city, each with its keys.
     *
     * @param issuers address under which each is a credential issuer, as {@code <issuers>/<id>}
     * @param bySm2 those that sign SD-JWT VCs by SM2 with SM3
     */
    public List<Party> parties(URI issuers, Set<String> bySm2) throws IOException, GeneralSecurityException {
        try (InputStream file = Ceremony.class.getResourceAsStream("/city/parties.json")) {
            if (file == null) {
                throw new IOException("the list of parties is missing from the program");
            }
            List<Party> parties = new ArrayList<>();
            for (Map<String, Object> each : Fields.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .objects("parties")) {
                parties.add(party(Fields.of(each), issuers, bySm2));
            }
            Set<String> unknown = new TreeSet<>(bySm2);
            parties.forEach(party -> unknown.remove(party.id()));
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException("sm2.offices: " + unknown + " are no parties of this city");
            }
            return parties;
        } catch (JsonException | JoseException e) {
            throw new IOException("a party's key or certificate cannot be read: " + e.getMessage(), e);
        }
    }

    /** The key that staff tokens are signed with. */
    public SoftwareKey staffKey() throws IOException {
        try {
            return softwareKey(folder.keys().resolve("staff.jwk"), Suite.ES256);
        } catch (JsonException | JoseException e) {
            throw new IOException("the staff key cannot be read: " + e.getMessage(), e);
        }
    }

    /** 32 random bytes under which the issuer seals personal data in its database. */
    public byte[] dataKey() throws IOException {
        return dataKey("issuer-data.key");
    }

    /** 32 random bytes under which the company wallet seals all that it keeps. */
    public byte[] companyDataKey() throws IOException {
        return dataKey("company-data.key");
    }

    /** Under which the verifier service seals the secrets of uses. */
    public Vault verifierVault() throws IOException {
        return new Vault(dataKey("verifier-data.key"));
    }

    private byte[] dataKey(String name) throws IOException {
        Path file = folder.keys().resolve(name);
        if (!Files.exists(file)) {
            byte[] key = new byte[DATA_KEY_BYTES];
            new SecureRandom().nextBytes(key);
            CityFolder.writeSecret(file, Base64.getEncoder().encodeToString(key));
        }
        return Base64.getDecoder().decode(Files.readString(file, StandardCharsets.US_ASCII));
    }

    /** The city's root certificate, in {@link CityFolder#trustAnchor()} too. */
    public synchronized X509Certificate root() throws IOException, GeneralSecurityException {
        X509Certificate known = root;
        if (known == null) {
            known = authority("root", "e-licence demonstration city root", Suite.ES256)
                    .certificate();
            root = known;
        }
        return known;
    }

    /**
     * A server certificate for HTTPS; for other hosts, another one. It is made anew, for the same key, some time before it ends.
     *
     * @return certificate chain and key, PEM
     */
    public ServerFiles server(List<String> hosts) throws IOException, GeneralSecurityException {
        CertificateAuthority authority = authority("tls", "e-licence demonstration city HTTPS authority", Suite.ES256);
        Path chain = folder.root().resolve("tls").resolve(String.join("_", hosts) + ".pem");
        Path key = folder.keys().resolve("tls-" + String.join("_", hosts) + ".pem");
        X509Certificate before = Files.exists(chain) ? first(chain, Suite.ES256) : null;
        if (before == null || endsSoon(before)) {
            PublicKey known;
            if (before == null) {
                KeyPair pair = CertificateAuthority.newKeyPair(Suite.ES256);
                known = pair.getPublic();
                CityFolder.writeSecret(key, Pem.of(pair.getPrivate()));
            } else {
                known = before.getPublicKey();
            }
            CityFolder.writePublic(chain, Pem.of(List.of(authority.server(known, hosts, now, SERVER_VALID))));
        }
        Path root = folder.tlsAuthority();
        CityFolder.writePublic(root, Pem.of(List.of(authority.certificate())));
        Path trustStore = folder.root().resolve("tls-authority.p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("city", authority.certificate());
        // A city with HTTPS still calls the world: a relying party's back end, an identity platform, another issuer.
        TrustManagerFactory usual = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        usual.init((KeyStore) null);
        for (TrustManager each : usual.getTrustManagers()) {
            for (X509Certificate known : ((X509TrustManager) each).getAcceptedIssuers()) {
                store.setCertificateEntry(CertificateChain.fingerprint(known), known);
            }
        }
        try (OutputStream out = Files.newOutputStream(trustStore)) {
            store.store(out, TRUST_STORE_PASSWORD.toCharArray());
        }
        return new ServerFiles(chain, key, root, trustStore);
    }

    /**
     * The files of an HTTPS server.
     *
     * @param chain its certificate
     * @param key its key
     * @param authority the certificate a client trusts to reach it
     * @param trustStore the same for Java programs, PKCS#12
     */
    public record ServerFiles(Path chain, Path key, Path authority, Path trustStore) {
        /** The city's own parts call one another over HTTPS too, and trust the city's own authority for it. */
        public void trustedHere() {
            System.setProperty("javax.net.ssl.trustStore", trustStore.toString());
            System.setProperty("javax.net.ssl.trustStoreType", "PKCS12");
            System.setProperty("javax.net.ssl.trustStorePassword", TRUST_STORE_PASSWORD);
        }
    }

    private Party party(Fields file, URI issuers, Set<String> bySm2)
            throws IOException, GeneralSecurityException, JsonException, JoseException {
        String id = file.string("id");
        KeyFileSigner ledgerKey = KeyFileSigner.openOrCreate(folder.keys().resolve(id + ".ledger.json"), namespace);
        URI did = URI.create(ledgerKey.did().value());
        List<URI> names = List.of(did, URI.create(issuers + "/" + id));
        Signer signer = signer(id, names, Suite.ES256);
        CertificateAuthority own = authority(id, id + " authority", Suite.ES256);
        List<Anchor> anchors = new ArrayList<>(List.of(Anchor.of(own.certificate())));
        Signer sm2 = bySm2.contains(id) ? signer(id + SM2, names, Sm2.SUITE) : null;
        if (Files.exists(certificate(id + SM2 + ".authority"))) {
            // What it signed by SM2 stays good when it has gone back to ES256.
            anchors.add(Anchor.of(
                    authority(id + SM2, id + " SM2 authority", Sm2.SUITE).certificate()));
        }
        return new Party(
                id,
                file.strings("roles"),
                new Names(file.string("zh"), file.string("en")),
                ledgerKey,
                signer.key(),
                signer.chain(),
                sm2,
                documentSigner(id, own, did),
                anchors);
    }

    /** A signing key and its certificate by the party's own authority of that suite. */
    private Signer signer(String id, List<URI> names, Suite suite)
            throws IOException, GeneralSecurityException, JsonException, JoseException {
        SoftwareKey key = softwareKey(folder.keys().resolve(id + ".jwk"), suite);
        Path file = certificate(id);
        if (!stands(file, names, suite)) {
            CertificateAuthority own = authority(id, id.replace('.', ' ') + " authority", suite);
            X509Certificate leaf = own.signer(
                    key.publicKey().javaKey(),
                    id.replace('.', ' ') + " signing",
                    names,
                    // OpenID4VP 1.0 §5.9.3: of x509_san_dns, the host that answers go to.
                    names.getLast().getHost(),
                    now,
                    SIGNER_VALID);
            CityFolder.writePublic(file, Pem.of(List.of(leaf, own.certificate())));
        }
        return new Signer(key, CertificateChain.of(Pem.certificates(file, suite), suite));
    }

    /** Whether that certificate is there, has these names and does not end soon; where not, it is made anew for the same key. */
    private boolean stands(Path file, List<URI> names, Suite suite) throws IOException, GeneralSecurityException {
        if (!Files.exists(file)) {
            return false;
        }
        X509Certificate leaf = first(file, suite);
        return CertificateAuthority.uris(leaf).equals(names) && !endsSoon(leaf);
    }

    private boolean endsSoon(X509Certificate leaf) {
        return !leaf.getNotAfter().toInstant().isAfter(now.plus(RENEWED_BEFORE));
    }

    /** A key for mobile documents alone; its certificate is made anew, for the same key, some time before it ends. */
    private DocumentSigner documentSigner(String id, CertificateAuthority own, URI did)
            throws IOException, GeneralSecurityException, JsonException, JoseException {
        SoftwareKey key = softwareKey(folder.keys().resolve(id + ".documents.jwk"), Suite.ES256);
        Path file = certificate(id + ".documents");
        if (!stands(file, List.of(did), Suite.ES256)) {
            X509Certificate leaf = own.documentSigner(
                    key.publicKey().javaKey(), id + " document signer", did, now, DOCUMENT_SIGNER_VALID);
            CityFolder.writePublic(file, Pem.of(List.of(leaf, own.certificate())));
        }
        return new DocumentSigner(key, CertificateChain.of(Pem.certificates(file, Suite.ES256)));
    }

    /** The authority of that id; every one but the roots is under the city's root of its suite. */
    private CertificateAuthority authority(String id, String name, Suite suite)
            throws IOException, GeneralSecurityException {
        Path certificate = certificate(id + ".authority");
        Path key = folder.keys().resolve(id + ".authority.pem");
        if (!Files.exists(certificate)) {
            String root = suite.equals(Suite.ES256) ? "root" : "root" + SM2;
            boolean selfSigned = id.equals(root) || id.equals("tls");
            CertificateAuthority made = selfSigned
                    ? CertificateAuthority.root(name, suite, now, ROOT_VALID)
                    : authority(root, "e-licence demonstration city " + root.replace('.', ' '), suite)
                            .under(name, now, PARTY_VALID);
            CityFolder.writeSecret(key, Pem.of(made.key()));
            CityFolder.writePublic(certificate, Pem.of(List.of(made.certificate())));
            if (id.equals("root")) {
                CityFolder.writePublic(folder.trustAnchor(), Pem.of(List.of(made.certificate())));
            }
        }
        return new CertificateAuthority(first(certificate, suite), Pem.key(key, suite), suite);
    }

    private static X509Certificate first(Path file, Suite suite) throws IOException {
        try {
            return Pem.certificates(file, suite).get(0);
        } catch (JoseException e) {
            throw new IOException(file + " is not a certificate", e);
        }
    }

    private Path certificate(String name) {
        return folder.root().resolve("certificates").resolve(name + ".pem");
    }

    private static SoftwareKey softwareKey(Path file, Suite suite) throws IOException, JsonException, JoseException {
        if (!Files.exists(file)) {
            CityFolder.writeSecret(file, Json.write(SoftwareKey.generate(suite).toPrivateJwk()));
        }
        return SoftwareKey.fromJwk(Json.parseObject(Files.readString(file, StandardCharsets.UTF_8)), Suites.and(suite));
    }
}
