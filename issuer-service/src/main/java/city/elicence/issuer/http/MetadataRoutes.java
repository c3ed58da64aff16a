package city.elicence.issuer.http;

import city.elicence.credentials.catalogue.Catalogue;
import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.catalogue.TypeMetadata;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.registry.IssuerMetadata;
import city.elicence.issuer.registry.ServerMetadata;
import city.elicence.issuer.tenant.Addresses;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.Tenants;
import city.elicence.issuer.tenant.TypeShelf;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.Map;

/** What anyone may read about the issuers and their types. */
final class MetadataRoutes {
    private static final String CACHED_BRIEFLY = "public, max-age=60";

    private final Tenants tenants;
    private final TypeShelf types;
    private final Addresses addresses;
    private final IssuerMetadata issuer;
    private final ServerMetadata server;
    private final Clock clock;

    MetadataRoutes(
            Tenants tenants,
            TypeShelf types,
            Addresses addresses,
            IssuerMetadata issuer,
            ServerMetadata server,
            Clock clock) {
        this.tenants = tenants;
        this.types = types;
        this.addresses = addresses;
        this.issuer = issuer;
        this.server = server;
        this.clock = clock;
    }

    void mount(Router router) {
        router.get("/.well-known/openid-credential-issuer/:tenant").handler(Exchange.route(this::issuerMetadata));
        router.get("/.well-known/oauth-authorization-server/:tenant")
                .handler(Exchange.route(x -> cached(x, server.of(x.tenant(tenants)))));
        router.get("/.well-known/jwt-vc-issuer/:tenant")
                .handler(Exchange.route(x -> cached(x, issuer.keys(x.tenant(tenants)))));
        router.get("/:tenant/jwks").handler(Exchange.route(this::jwks));
        router.get("/types/:type").handler(Exchange.route(this::type));
        router.get("/types/:type/emblem.svg").handler(Exchange.route(this::emblem));
    }

    private void issuerMetadata(Exchange x) {
        Tenant tenant = x.tenant(tenants);
        x.header("Vary", "Accept");
        if (x.prefers("application/jwt", "application/json")) {
            x.header("Cache-Control", CACHED_BRIEFLY);
            x.reply(200, "application/jwt", issuer.signed(tenant, clock.instant()));
            return;
        }
        cached(x, issuer.of(tenant));
    }

    private void jwks(Exchange x) {
        if (issuer.keys(x.tenant(tenants)).get("jwks") instanceof Map<?, ?> jwks) {
            x.header("Cache-Control", CACHED_BRIEFLY);
            x.reply(200, "application/json", city.elicence.credentials.json.Json.write(jwks));
        }
    }

    private void type(Exchange x) {
        CredentialType type = found(x);
        cached(x, TypeMetadata.of(type, addresses.type(type.id())));
    }

    private void emblem(Exchange x) {
        String svg = Catalogue.emblem(found(x).card().emblem())
                .orElseThrow(() -> Refused.desk(Problem.Desk.DeskCode.NOT_FOUND, "this type has no emblem"));
        x.header("Cache-Control", CACHED_BRIEFLY);
        x.reply(200, "image/svg+xml", svg);
    }

    private CredentialType found(Exchange x) {
        return types.type(x.path("type"))
                .orElseThrow(() -> Refused.desk(Problem.Desk.DeskCode.NOT_FOUND, "there is no such type of licence"));
    }

    private static void cached(Exchange x, Map<String, Object> json) {
        x.header("Cache-Control", CACHED_BRIEFLY);
        x.reply(200, json);
    }
}
