package city.elicence.issuer.http;

import city.elicence.credentials.catalogue.CredentialType;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.JsonException;
import city.elicence.issuer.refusal.Problem;
import city.elicence.issuer.refusal.Refused;
import city.elicence.issuer.registry.IssuerMetadata;
import city.elicence.issuer.registry.ServerMetadata;
import city.elicence.issuer.tenant.Tenant;
import city.elicence.issuer.tenant.Tenants;
import city.elicence.issuer.tenant.TypeShelf;
import city.elicence.issuer.type.Emblem;
import city.elicence.issuer.type.PublishedTypes;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.Map;

/** What anyone may read about the issuers and their types. */
final class MetadataRoutes {
    private static final String CACHED_BRIEFLY = "public, max-age=60";
    /** What is found by its digest never changes. */
    private static final String KEPT_FOR_GOOD = "public, max-age=31536000, immutable";

    private final Tenants tenants;
    private final TypeShelf types;
    private final PublishedTypes published;
    private final IssuerMetadata issuer;
    private final ServerMetadata server;
    private final Clock clock;

    MetadataRoutes(
            Tenants tenants,
            TypeShelf types,
            PublishedTypes published,
            IssuerMetadata issuer,
            ServerMetadata server,
            Clock clock) {
        this.tenants = tenants;
        this.types = types;
        this.published = published;
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
        router.get("/types/:type/emblem.png").handler(Exchange.route(this::picture));
        router.get("/:tenant/emblem.png").handler(Exchange.route(this::seal));
    }

    private void issuerMetadata(Exchange x) {
        Tenant tenant = x.tenant(tenants);
        x.header("Vary", "Accept, Accept-Encoding");
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

    /** With {@code sha256}: the one of earlier days that a credential, or a document that extends it, refers to. */
    private void type(Exchange x) {
        String id = x.path("type");
        if (x.hasQuery("sha256")) {
            reply(x, kept(x, id, PublishedTypes.JSON), KEPT_FOR_GOOD);
            return;
        }
        reply(x, published.ofKind(id).orElseGet(() -> published.of(found(x)).metadata()), CACHED_BRIEFLY);
    }

    private void picture(Exchange x) {
        if (x.hasQuery("sha256")) {
            reply(x, kept(x, x.path("type"), PublishedTypes.PNG), KEPT_FOR_GOOD);
        } else {
            reply(x, published.of(found(x)).picture(), CACHED_BRIEFLY);
        }
    }

    private PublishedTypes.Document kept(Exchange x, String id, String mediaType) {
        String asked = x.query("sha256").orElse("");
        try {
            byte[] digest = Base64Url.decode(asked);
            return published
                    .find(id, mediaType, digest)
                    .orElseThrow(() -> Refused.desk(
                            Problem.Desk.DeskCode.NOT_FOUND, "nothing with this digest was published of the type"));
        } catch (JsonException malformed) {
            throw Refused.desk(Problem.Desk.DeskCode.INVALID_REQUEST, "sha256: expected a digest in base64url");
        }
    }

    private void emblem(Exchange x) {
        x.header("Cache-Control", CACHED_BRIEFLY);
        x.reply(200, "image/svg+xml", Emblem.of(found(x)).svg());
    }

    /** An authority's own picture: one for all of them. */
    private void seal(Exchange x) {
        PublishedTypes.Document seal = published.seal(x.tenant(tenants));
        reply(x, seal, CACHED_BRIEFLY);
    }

    private static void reply(Exchange x, PublishedTypes.Document document, String cached) {
        x.header("Cache-Control", cached);
        x.reply(200, document.mediaType(), document.content());
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
