package city.elicence.issuer.registry;

import city.elicence.credentials.jose.EcPublicKey;
import city.elicence.credentials.jose.Jws;
import city.elicence.issuer.IssuerSettings;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Configuration;
import city.elicence.issuer.tenant.Signer;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.TypeShelf;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Credential Issuer Metadata (OpenID4VCI 1.0 §12.2), plain and signed. */
public final class IssuerMetadata {
    private static final Duration SIGNED_FOR = Duration.ofHours(24);

    private final TypeShelf types;
    private final Addresses addresses;
    private final IssuerSettings.Limits limits;

    public IssuerMetadata(TypeShelf types, Addresses addresses, IssuerSettings settings) {
        this.types = types;
        this.addresses = addresses;
        this.limits = settings.limits();
    }

    /** §12.2.4, and {@code receipt_endpoint}, which is ours. */
    public Map<String, Object> of(Tenant tenant) {
        String id = tenant.id();
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("credential_issuer", addresses.issuer(id));
        metadata.put("credential_endpoint", addresses.at(id, "credential"));
        metadata.put("nonce_endpoint", addresses.at(id, "nonce"));
        metadata.put("deferred_credential_endpoint", addresses.at(id, "deferred_credential"));
        metadata.put("notification_endpoint", addresses.at(id, "notification"));
        metadata.put("receipt_endpoint", addresses.at(id, "receipts"));
        metadata.put("credential_request_encryption", requestEncryption(tenant));
        metadata.put("credential_response_encryption", responseEncryption());
        metadata.put("batch_credential_issuance", Map.of("batch_size", (long) limits.batchSize()));
        metadata.put(
                "display",
                List.of(
                        display(id, tenant.names().zh(), "zh-CN"),
                        display(id, tenant.names().en(), "en")));
        Map<String, Object> configurations = new LinkedHashMap<>();
        for (Configuration offered : types.configurations(tenant)) {
            configurations.put(offered.id(), ConfigurationMetadata.of(offered, tenant, addresses));
        }
        metadata.put("credential_configurations_supported", configurations);
        return metadata;
    }

    /** §12.2.3: the same as a JWT; HAIP 1.0 §4.1: with {@code x5c}, without the trust anchor. */
    public String signed(Tenant tenant, Instant now) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", "openidvci-issuer-metadata+jwt");
        header.put("x5c", tenant.chain().toX5c());
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", tenant.did());
        claims.put("sub", addresses.issuer(tenant.id()));
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(SIGNED_FOR).getEpochSecond());
        claims.putAll(of(tenant));
        return Jws.sign(header, claims, tenant.key());
    }

    /** JWT VC Issuer Metadata (SD-JWT VC draft 13 §5): the keys that verify what this issuer signs. */
    public Map<String, Object> keys(Tenant tenant) {
        List<Object> keys = new ArrayList<>();
        keys.add(jwk(new Signer(tenant.key(), tenant.chain())));
        if (tenant.suiteSigner() != null) {
            keys.add(jwk(tenant.suiteSigner()));
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("issuer", addresses.issuer(tenant.id()));
        metadata.put("jwks", Map.of("keys", keys));
        return metadata;
    }

    private static Map<String, Object> jwk(Signer signer) {
        EcPublicKey key = signer.key().publicKey();
        Map<String, Object> jwk = new LinkedHashMap<>(key.toJwk());
        jwk.put("kid", key.thumbprint());
        jwk.put("use", "sig");
        jwk.put("alg", key.suite().algorithm());
        jwk.put("x5c", signer.chain().toX5c());
        return jwk;
    }

    private Map<String, Object> display(String tenant, String name, String locale) {
        Map<String, Object> display = new LinkedHashMap<>();
        display.put("name", name);
        display.put("locale", locale);
        display.put("logo", Map.of("uri", addresses.at(tenant, "emblem.png"), "alt_text", name));
        return display;
    }

    private static Map<String, Object> requestEncryption(Tenant tenant) {
        Map<String, Object> jwk =
                new LinkedHashMap<>(tenant.requestKey().publicKey().toJwk());
        jwk.put("kid", tenant.requestKey().publicKey().thumbprint());
        jwk.put("use", "enc");
        jwk.put("alg", "ECDH-ES");
        Map<String, Object> encryption = new LinkedHashMap<>();
        encryption.put("jwks", Map.of("keys", List.of(jwk)));
        encryption.put("enc_values_supported", List.of("A128GCM", "A256GCM"));
        encryption.put("encryption_required", false);
        return encryption;
    }

    private static Map<String, Object> responseEncryption() {
        Map<String, Object> encryption = new LinkedHashMap<>();
        encryption.put("alg_values_supported", List.of("ECDH-ES"));
        encryption.put("enc_values_supported", List.of("A128GCM", "A256GCM"));
        encryption.put("encryption_required", false);
        return encryption;
    }
}
