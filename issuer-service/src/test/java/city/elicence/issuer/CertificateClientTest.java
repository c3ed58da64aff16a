package city.elicence.issuer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.json.Fields;
import city.elicence.credentials.staff.StaffRole;
import city.elicence.web.DoorSettings;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("RFC 8705: clients that prove who they are by the certificate of their connection")
class CertificateClientTest {
    private static final String TYPE = "driving-licence";
    private static final String ID = "https://certified-wallet.example";
    private static final TestAuthority SOMEBODY = new TestAuthority("somebody");
    private static final SoftwareKey KEY = SoftwareKey.generate();
    private static final CertificateChain CHAIN = SOMEBODY.chainFor(KEY, "wallet", "");

    @TempDir
    private static Path folder = Path.of("");

    private static TestCity city;
    private static HttpClient plain;
    private static HttpClient certified;

    @BeforeAll
    static void open() throws Exception {
        SoftwareKey key = SoftwareKey.generate();
        Path chain = folder.resolve("server.pem");
        Path keyFile = folder.resolve("server-key.pem");
        Files.writeString(
                chain,
                pem("CERTIFICATE", SOMEBODY.chainFor(key, "server", "").leaf().getEncoded()));
        Files.writeString(keyFile, pem("PRIVATE KEY", key.javaKey().getEncoded()));
        city = TestCity.over(new DoorSettings.TlsFiles(chain.toString(), keyFile.toString()));
        plain = client(context(null, null));
        certified = client(context(KEY, CHAIN));
        ScopedValue.where(Http.CONNECTION, plain).call(() -> {
            String certificate = CertificateChain.base64(CHAIN.leaf());
            Http.Answer answer = Http.postJson(
                    city.base() + "/api/clients",
                    Map.of("client_id", ID, "certificate", certificate),
                    "Authorization",
                    "Bearer " + city.staffToken(StaffRole.ADMIN));
            assertEquals(204, answer.status(), answer::text);
            return answer;
        });
    }

    @AfterAll
    static void close() {
        city.close();
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
    }

    private static SSLContext context(@Nullable SoftwareKey key, @Nullable CertificateChain chain) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        if (key != null && chain != null) {
            store.setKeyEntry(
                    "client", key.javaKey(), new char[0], chain.certificates().toArray(X509Certificate[]::new));
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), new TrustManager[] {new AnyServer()}, null);
        return context;
    }

    private static HttpClient client(SSLContext context) {
        return HttpClient.newBuilder()
                .sslContext(context)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private static String alias(RawWallet wallet, String name) throws Exception {
        return Fields.of(wallet.server).fields("mtls_endpoint_aliases").string(name);
    }

    private RawWallet wallet() {
        return new RawWallet(city.clock).discover(city.issuer(city.police));
    }

    private Http.Answer token(RawWallet wallet, HttpClient connection, String id) throws Exception {
        Http.Answer made = new Desk(city, city.police).offer(Map.of("tx_code", true), TYPE);
        String endpoint = alias(wallet, "token_endpoint");
        wallet.nonce();
        Map<String, String> form = Map.of(
                "grant_type",
                RawWallet.PRE_AUTHORIZED,
                "pre-authorized_code",
                RawWallet.code(RawWallet.offer(made.string("link"))),
                "tx_code",
                made.string("tx_code"),
                "client_id",
                id);
        return ScopedValue.where(Http.CONNECTION, connection)
                .call(() -> Http.postForm(endpoint, form, "DPoP", wallet.dpop("POST", endpoint, null)));
    }

    @Test
    @DisplayName("RFC 8705 §2.2, OpenID4VCI 1.0 §6.1: a pre-authorised code with a tx_code is redeemed by a registered"
            + " certificate, and by no other nor without one")
    void preAuthorized() {
        ScopedValue.where(Http.CONNECTION, plain).run(() -> {
            try {
                RawWallet wallet = wallet();
                assertTrue(Fields.of(wallet.server)
                        .strings("token_endpoint_auth_methods_supported")
                        .contains("self_signed_tls_client_auth"));
                assertEquals("invalid_client", token(wallet, plain, ID).error());
                SoftwareKey other = SoftwareKey.generate();
                HttpClient impostor = client(context(other, SOMEBODY.chainFor(other, "wallet", "")));
                assertEquals("invalid_client", token(wallet, impostor, ID).error());
                Http.Answer answer = token(wallet, certified, ID);
                assertEquals(200, answer.status(), answer::text);
                wallet.accessToken = answer.string("access_token");
                assertTrue(answer.json().containsKey("refresh_token"));
                assertEquals(
                        200, wallet.credential(TYPE, SoftwareKey.generate()).status());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    @DisplayName(
            "RFC 8705 §5, RFC 9126 §2: a request is pushed at the alias with a certificate; elsewhere it is no proof")
    void pushed() {
        ScopedValue.where(Http.CONNECTION, plain).run(() -> {
            try {
                RawWallet wallet = wallet();
                String par = alias(wallet, "pushed_authorization_request_endpoint");
                Map<String, String> form = new java.util.HashMap<>(CodeFlow.request(Map.of("client_id", ID)));
                assertEquals("invalid_client", Http.postForm(par, form).error());
                ScopedValue.where(Http.CONNECTION, certified).run(() -> {
                    assertEquals(201, Http.postForm(par, form).status());
                    assertEquals(
                            "invalid_client",
                            Http.postForm(wallet.endpoint("pushed_authorization_request_endpoint"), form)
                                    .error());
                });
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    @DisplayName("RFC 9325 §4.2, FAPI 2.0 Security Profile §5.2: TLS 1.3 and 1.2, of 1.2 only the recommended suites")
    void suites() throws Exception {
        assertTrue(handshake("TLSv1.3", "TLS_AES_128_GCM_SHA256"));
        assertTrue(handshake("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"));
        assertFalse(handshake("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"));
        assertFalse(handshake("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"));
    }

    private static boolean handshake(String protocol, String suite) throws Exception {
        int port = java.net.URI.create(city.base()).getPort();
        try (SSLSocket socket =
                (SSLSocket) context(null, null).getSocketFactory().createSocket("127.0.0.1", port)) {
            Assertions.assertTrue(List.of(socket.getSupportedCipherSuites()).contains(suite));
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setEnabledCipherSuites(new String[] {suite});
            socket.startHandshake();
            return true;
        } catch (SSLHandshakeException refused) {
            return false;
        }
    }

    /** These tests are about the client's certificate. */
    private static final class AnyServer extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
