package city.elicence.web;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A listening HTTP server whose routes run on virtual threads, one router an instance. Every request passes the same
 * limits, headers and error mapping ({@link Doorway}) before a service's own routes see it.
 */
public final class HttpDoor implements AutoCloseable {
    private static final int MAX_HEADER_BYTES = 32 * 1024;
    private static final int MAX_REQUEST_LINE_BYTES = 16 * 1024;
    private static final Duration IDLE = Duration.ofSeconds(75);
    /** RFC 9110 §9.3: of the methods that are taken here, those whose content means something. */
    private static final Set<HttpMethod> WITH_CONTENT =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    private static final List<String> TLS_SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    private final Vertx vertx;
    private final String deployment;
    private final URI base;
    private final int port;

    private HttpDoor(Vertx vertx, String deployment, URI base, int port) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.base = base;
        this.port = port;
    }

    /**
     * Opens the door and returns once it listens.
     *
     * @param routes adds the service's routes; called once an instance, on that instance's context
     * @throws PortInUse when another process has the port
     */
    public static HttpDoor open(Vertx vertx, DoorSettings settings, Consumer<Router> routes) {
        AtomicInteger port = new AtomicInteger(settings.port());
        DeploymentOptions options = new DeploymentOptions()
                .setThreadingModel(ThreadingModel.VIRTUAL_THREAD)
                .setInstances(settings.instances());
        try {
            String id = vertx.deployVerticle(() -> new Listener(settings, routes, port), options)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return new HttpDoor(vertx, id, settings.base(port.get()), port.get());
        } catch (java.util.concurrent.CompletionException failed) {
            if (failed.getCause() instanceof BindException) {
                throw new PortInUse(settings.name(), settings.port());
            }
            throw failed;
        }
    }

    /** Ends an answer: without its body where only the header fields were asked for (HEAD), whatever the version of HTTP. */
    public static Future<Void> end(RoutingContext ctx, Buffer body) {
        if (Doorway.headersOnly(ctx)) {
            return ctx.response()
                    .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()))
                    .end();
        }
        return ctx.response().end(body);
    }

    /** Base address, without a trailing slash. */
    public URI base() {
        return base;
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        vertx.undeploy(deployment).toCompletionStage().toCompletableFuture().join();
    }

    /** The port is taken: said in one line to whoever started the service. */
    public static final class PortInUse extends RuntimeException {
        private static final long serialVersionUID = 1;

        PortInUse(String name, int port) {
            super("port " + port + ", which " + name + " needs, is in use by another program");
        }
    }

    private static final class Listener extends VerticleBase {
        private final DoorSettings settings;
        private final Consumer<Router> routes;
        private final AtomicInteger port;
        private final List<HttpServer> servers = new ArrayList<>();

        Listener(DoorSettings settings, Consumer<Router> routes, AtomicInteger port) {
            this.settings = settings;
            this.routes = routes;
            this.port = port;
        }

        @Override
        public void init(Vertx vertx, Context context) {
            super.init(vertx, context);
        }

        @Override
        public Future<?> start() {
            Router router = Router.router(vertx);
            Doorway.guard(router, settings);
            BodyHandler content = BodyHandler.create(false).setBodyLimit(settings.bodyLimitBytes());
            router.route().handler(ctx -> {
                if (WITH_CONTENT.contains(ctx.request().method())) {
                    content.handle(ctx);
                } else {
                    ctx.next();
                }
            });
            Doorway.assets(router);
            routes.accept(router);
            Future<HttpServer> known = listen(router, settings.host());
            return settings.host().equals(DoorSettings.LOOPBACK)
                    ? known
                    : known.compose(opened -> listen(router, DoorSettings.LOOPBACK));
        }

        private Future<HttpServer> listen(Router router, String address) {
            HttpServer server = vertx.createHttpServer(options()).requestHandler(router);
            servers.add(server);
            return server.listen(port.get(), address).onSuccess(s -> port.compareAndSet(0, s.actualPort()));
        }

        private HttpServerOptions options() {
            HttpServerOptions options = new HttpServerOptions()
                    .setMaxHeaderSize(MAX_HEADER_BYTES)
                    .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                    // A wallet's whole response is one form attribute (OpenID4VP 1.0 §8.3.1).
                    .setMaxFormAttributeSize(settings.bodyLimitBytes())
                    .setIdleTimeout((int) IDLE.toSeconds())
                    .setCompressionSupported(true);
            DoorSettings.TlsFiles tls = settings.tls();
            if (tls != null) {
                options.setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setCertPath(tls.certificate())
                                .setKeyPath(tls.key()))
                        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
                // RFC 9325 §4.2, FAPI 2.0 Security Profile §5.2.2: of TLS 1.2's suites these and no others.
                TLS_SUITES.forEach(options::addEnabledCipherSuite);
                if (settings.asksForCertificates()) {
                    options.setClientAuth(ClientAuth.REQUEST).setTrustOptions(TrustOptions.wrap(new AnyCertificate()));
                }
            }
            return options;
        }

        @Override
        public Future<?> stop() {
            return Future.join(servers.stream().map(HttpServer::close).toList());
        }
    }
}
