package city.elicence.verifier.trust;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Fetches small things over HTTP within limits: no redirects, no credentials, a cap on size and time. It does not choose
 * what is fetched: its callers give it only addresses that stand in something already verified.
 */
final class BoundedFetch implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration TOTAL = Duration.ofSeconds(4);
    private static final int CONNECTIONS_A_HOST = 4;

    private final HttpClient client;
    private final boolean plainHttpAllowed;

    /**
     * @param plainHttpAllowed for a city on one machine's loopback address; elsewhere only {@code https} is fetched
     */
    BoundedFetch(Vertx vertx, boolean plainHttpAllowed) {
        this.plainHttpAllowed = plainHttpAllowed;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) CONNECT.toMillis())
                        .setMaxHeaderSize(16 * 1024)
                        .setMaxInitialLineLength(4 * 1024),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_A_HOST).setMaxWaitQueueSize(64));
    }

    /** The body of an answer, and which of the media types asked for it has. */
    record Fetched(String mediaType, Buffer octets) {}

    /** The body of a {@code 200} answer of one of these media types; fails with an {@link IOException} otherwise. */
    Future<Fetched> get(URI address, List<String> mediaTypes, int mostBytes) {
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        boolean allowed = scheme.equals("https") || (plainHttpAllowed && scheme.equals("http"));
        if (!allowed || address.getHost() == null || address.getUserInfo() != null) {
            return Future.failedFuture(new IOException("not an address that is fetched"));
        }
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(address.toString())
                .setFollowRedirects(false)
                .setTimeout(TOTAL.toMillis())
                .putHeader("Accept", String.join(", ", mediaTypes));
        return client.request(options)
                .compose(request -> request.send())
                .compose(response -> body(response, mediaTypes, mostBytes))
                .timeout(TOTAL.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    }

    private Future<Fetched> body(HttpClientResponse response, List<String> mediaTypes, int mostBytes) {
        String header = response.getHeader("Content-Type");
        String found = header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (response.statusCode() != 200 || !mediaTypes.contains(found)) {
            response.request().reset();
            return Future.failedFuture(new IOException("expected 200 and " + String.join(" or ", mediaTypes)));
        }
        Promise<Fetched> promise = Promise.promise();
        Buffer body = Buffer.buffer();
        response.handler(part -> {
            if (body.length() + part.length() > mostBytes) {
                promise.tryFail(new IOException("expected at most " + mostBytes + " bytes"));
                response.request().reset();
            } else {
                body.appendBuffer(part);
            }
        });
        response.exceptionHandler(promise::tryFail);
        response.endHandler(ignored -> promise.tryComplete(new Fetched(found, body)));
        return promise.future();
    }

    @Override
    public void close() {
        client.close();
    }
}
