package city.elicence.issuer.registry;

import city.elicence.credentials.catalogue.Claim;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.Label;
import city.elicence.credentials.catalogue.Mdoc;
import city.elicence.credentials.jose.Suites;
import city.elicence.credentials.json.ClaimPath;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Configuration;
import city.elicence.issuer.tenant.Tenant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A Credential Configuration (OpenID4VCI 1.0 §12.2.4; annex A.2.2 for mdoc, A.3.2 for SD-JWT VC). */
final class ConfigurationMetadata {
    /** RFC 9053 §2.1 and RFC 9864 §2.1: ES256, which names no curve, and ESP256, which does; on P-256 they are one. */
    private static final List<Long> COSE_ES256 = List.of(-7L, -9L);

    private ConfigurationMetadata() {}

    static Map<String, Object> of(Configuration offered, Tenant tenant, Addresses addresses) {
        CredentialType type = offered.type();
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("format", offered.format().identifier());
        configuration.put("scope", offered.id());
        List<Object> claims = switch (offered.format()) {
            case SD_JWT_VC -> {
                configuration.put("vct", addresses.type(type.id()));
                configuration.put(
                        "credential_signing_alg_values_supported",
                        List.of(tenant.licenceSigner().key().suite().algorithm()));
                configuration.put("cryptographic_binding_methods_supported", List.of("jwk"));
                yield claims(type);
            }
            case MDOC -> {
                Mdoc mdoc = Objects.requireNonNull(type.mdoc());
                configuration.put("doctype", mdoc.doctype());
                configuration.put("credential_signing_alg_values_supported", COSE_ES256);
                configuration.put("cryptographic_binding_methods_supported", List.of("cose_key"));
                yield elements(type, mdoc);
            }
        };
        Map<String, Object> proofs = new LinkedHashMap<>();
        proofs.put(
                "jwt",
                Map.of(
                        "proof_signing_alg_values_supported",
                        tenant.suites(offered.format()).algorithms()));
        // By the wallet provider's key, whichever keys it attests.
        proofs.put("attestation", Map.of("proof_signing_alg_values_supported", Suites.ES256_ALONE.algorithms()));
        configuration.put("proof_types_supported", proofs);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("display", List.of(display(type, "zh-CN", addresses), display(type, "en", addresses)));
        metadata.put("claims", claims);
        configuration.put("credential_metadata", metadata);
        return configuration;
    }

    private static List<Object> claims(CredentialType type) {
        List<Object> claims = new ArrayList<>();
        for (Claim claim : type.allClaims()) {
            claims.add(described(claim.path(), claim.mandatory(), claim.label()));
        }
        return claims;
    }

    /** Annex A.2.2: a path of an mdoc is a namespace and a data element identifier. */
    private static List<Object> elements(CredentialType type, Mdoc mdoc) {
        List<Object> claims = new ArrayList<>();
        mdoc.namespaces().forEach((nameSpace, elements) -> {
            for (Mdoc.Element element : elements) {
                boolean mandatory = true;
                Label label = element.label();
                if (element.source() instanceof Mdoc.Source.OfClaim(ClaimPath path)) {
                    Claim claim = type.allClaims().stream()
                            .filter(each -> each.path().equals(path))
                            .findFirst()
                            .orElseThrow();
                    mandatory = claim.mandatory();
                    label = label == null ? claim.label() : label;
                }
                claims.add(described(
                        ClaimPath.of(nameSpace).then(element.name()),
                        mandatory,
                        label == null ? new Label(element.name(), element.name()) : label));
            }
        });
        return claims;
    }

    private static Map<String, Object> described(ClaimPath path, boolean mandatory, Label label) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("path", path.toJson());
        if (mandatory) {
            described.put("mandatory", true);
        }
        described.put(
                "display",
                List.of(Map.of("name", label.zh(), "locale", "zh-CN"), Map.of("name", label.en(), "locale", "en")));
        return described;
    }

    private static Map<String, Object> display(CredentialType type, String locale, Addresses addresses) {
        Map<String, Object> display = new LinkedHashMap<>();
        display.put("name", type.label().in(locale));
        display.put("locale", locale);
        display.put("description", type.description().in(locale));
        Map<String, Object> logo = new LinkedHashMap<>();
        logo.put("uri", addresses.type(type.id()) + "/emblem.svg");
        logo.put("alt_text", type.label().in(locale));
        display.put("logo", logo);
        display.put("background_color", type.card().colour());
        display.put("text_color", type.card().ink());
        return display;
    }
}
