package city.elicence.wallet.discover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Where metadata are found")
class WellKnownTest {
    @Test
    @DisplayName("OpenID4VCI §12.2.2: between host and path, the path as it is, a trailing slash included")
    void issuer() {
        assertEquals(
                "https://issuer.example.com/.well-known/openid-credential-issuer/tenant",
                WellKnown.credentialIssuer("https://issuer.example.com/tenant").toString());
        assertEquals(
                "https://issuer.example.com/.well-known/openid-credential-issuer/tenant/",
                WellKnown.credentialIssuer("https://issuer.example.com/tenant/").toString());
        assertEquals(
                "https://tenant.issuer.example.com/.well-known/openid-credential-issuer",
                WellKnown.credentialIssuer("https://tenant.issuer.example.com").toString());
    }

    @Test
    @DisplayName("RFC 8414 §3.1: a trailing slash of the path is removed")
    void server() {
        assertEquals(
                "https://example.com/.well-known/oauth-authorization-server/issuer1",
                WellKnown.authorizationServer("https://example.com/issuer1/").toString());
        assertEquals(
                "https://example.com/.well-known/oauth-authorization-server",
                WellKnown.authorizationServer("https://example.com/").toString());
        assertEquals(
                "https://example.com/issuer1/.well-known/openid-configuration",
                WellKnown.openIdProvider("https://example.com/issuer1/").toString());
    }
}
