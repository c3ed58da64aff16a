package city.elicence.wallet.port;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HTTP by what every Java platform has. No redirect is followed, since a redirected POST would carry a token or a
 * presentation to an address that nobody has checked. No POST is sent again unasked: the JDK would, where a server hangs up without an
 * answer, unless {@code sun.net.http.retryPost} is false before its first request; it is set so where nobody has set it.
 */
public final class UrlTransport implements HttpTransport {
    private static final int LONGEST_REPLY_BYTES = 4 * 1024 * 1024;
    private static final String REPEATS_POSTS = "sun.net.http.retryPost";

    static {
        if (System.getProperty(REPEATS_POSTS) == null) {
            System.setProperty(REPEATS_POSTS, "false");
        }
    }

    private final Duration connectWait;
    private final Duration readWait;

    public UrlTransport() {
        this(Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    public UrlTransport(Duration connectWait, Duration readWait) {
        this.connectWait = connectWait;
        this.readWait = readWait;
    }

    @Override
    public HttpReply send(HttpCall call) throws IOException {
        URLConnection opened = call.uri().toURL().openConnection();
        if (!(opened instanceof HttpURLConnection connection)) {
            throw new IOException("not an http address");
        }
        connection.setConnectTimeout((int) connectWait.toMillis());
        connection.setReadTimeout((int) readWait.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestMethod(call.method());
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            connection.setRequestProperty(header.getKey(), header.getValue());
        }
        try {
            String body = call.body();
            if (body != null) {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                connection.setDoOutput(true);
                // Not streamed: a platform that cannot send the body again hides that of a 401.
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(bytes);
                }
            }
            int status = connection.getResponseCode();
            // What was read to its end leaves the connection for the next call.
            return HttpReply.of(status, headersOf(connection), read(streamOf(connection, status)));
        } catch (IOException e) {
            connection.disconnect();
            throw e;
        }
    }

    private static @Nullable InputStream streamOf(HttpURLConnection connection, int status) throws IOException {
        return status >= 400 ? connection.getErrorStream() : connection.getInputStream();
    }

    private static Map<String, String> headersOf(HttpURLConnection connection) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> field :
                connection.getHeaderFields().entrySet()) {
            // The status line comes back under a null name.
            if (field.getKey() != null && !field.getValue().isEmpty()) {
                headers.put(field.getKey(), String.join(", ", field.getValue()));
            }
        }
        return headers;
    }

    private static byte[] read(@Nullable InputStream stream) throws IOException {
        if (stream == null) {
            return new byte[0];
        }
        try (InputStream in = stream) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] piece = new byte[8192];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                all.write(piece, 0, n);
                if (all.size() > LONGEST_REPLY_BYTES) {
                    throw new IOException("an answer of more than " + LONGEST_REPLY_BYTES + " bytes");
                }
            }
            return all.toByteArray();
        }
    }
}
