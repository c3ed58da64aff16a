package city.elicence.issuer.client;

import city.elicence.credentials.jose.CertificateChain;
import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.store.Store;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Clients that prove who they are by a registered key ({@code private_key_jwt}) or certificate ({@code self_signed_tls_client_auth}). */
public final class Clients {
    private static final int MAX_ID = 512;

    private final Store store;

    public Clients(Store store) {
        this.store = store;
    }

    /**
     * What a client is known by.
     *
     * @param key signs its assertions, or null
     * @param certificate {@link #thumbprint} of the certificate it connects with, or null
     */
    public record Registered(
            @Nullable EcPublicKey key, @Nullable String certificate) {
        public Registered {
            if (key == null && certificate == null) {
                throw new IllegalArgumentException("expected jwk or certificate");
            }
        }
    }

    /** Registers a client, or gives it another key or certificate. */
    public void register(String id, Registered client, Instant now) {
        if (id.isBlank() || id.length() > MAX_ID) {
            throw new IllegalArgumentException("client_id: expected 1 to " + MAX_ID + " characters");
        }
        EcPublicKey key = client.key();
        store.direct().change("""
            insert into client (id, jwk, certificate, registered_at) values ($1, $2, $3, $4)
            on conflict (id) do update set jwk = excluded.jwk, certificate = excluded.certificate
            """, id, key == null ? null : Json.write(key.toJwk()), client.certificate(), now);
    }

    public Optional<Registered> find(String id) {
        return store.direct()
                .one("select jwk, certificate from client where id = $1", id)
                .map(row -> new Registered(key(row.getString("jwk")), row.getString("certificate")));
    }

    /** SHA-256 of the certificate, as {@code x5t#S256} writes it (RFC 8705 §3.1), in hexadecimal. */
    public static String thumbprint(X509Certificate certificate) {
        return CertificateChain.fingerprint(certificate);
    }

    private static @Nullable EcPublicKey key(@Nullable String jwk) {
        try {
            return jwk == null ? null : EcPublicKey.fromJwk(Json.parseObject(jwk));
        } catch (JoseException | JsonException unreadable) {
            throw new IllegalStateException("a registered client's key does not read", unreadable);
        }
    }
}
