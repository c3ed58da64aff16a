package city.elicence.web;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a service listens and what it lets in.
 *
 * @param name the service's name in logs
 * @param host address to bind, and to be known by: {@link #LOOPBACK} unless a city says otherwise, which is bound in any case
 * @param port TCP port, 0 for any free one
 * @param publicBase the base address others use, without a trailing slash; when null it follows from host and port
 * @param bodyLimitBytes largest request body
 * @param instances event loops with a router of their own
 * @param tls certificate and key, or null for plain HTTP
 * @param framing which other pages may show these in a frame, and which may be shown in theirs
 * @param asksForCertificates whether, with TLS, clients are asked for a certificate; any is taken as shown, none is trusted by it
 */
public record DoorSettings(
        String name,
        String host,
        int port,
        @Nullable URI publicBase,
        int bodyLimitBytes,
        int instances,
        @Nullable TlsFiles tls,
        Framing framing,
        boolean asksForCertificates) {

    /** What this machine alone reaches. */
    public static final String LOOPBACK = "127.0.0.1";

    private static final int DEFAULT_BODY_LIMIT_BYTES = 512 * 1024;

    public DoorSettings {
        Objects.requireNonNull(name);
        Objects.requireNonNull(host);
        Objects.requireNonNull(framing);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port lies between 0 and 65535, not " + port);
        }
        if (bodyLimitBytes < 1 || instances < 1) {
            throw new IllegalArgumentException("body limit and instances are at least 1");
        }
    }

    /** A plain HTTP door on the loopback address, with the usual limits. */
    public static DoorSettings local(String name, int port) {
        return new DoorSettings(name, LOOPBACK, port, null, DEFAULT_BODY_LIMIT_BYTES, 1, null, Framing.NONE, false);
    }

    /** The same door on another address of this machine. */
    public DoorSettings on(String address) {
        return new DoorSettings(
                name, address, port, publicBase, bodyLimitBytes, instances, tls, framing, asksForCertificates);
    }

    /** The same door with a certificate. */
    public DoorSettings withTls(@Nullable TlsFiles files) {
        return new DoorSettings(
                name, host, port, publicBase, bodyLimitBytes, instances, files, framing, asksForCertificates);
    }

    /** The same door with so many routers side by side. */
    public DoorSettings withInstances(int count) {
        return new DoorSettings(name, host, port, publicBase, bodyLimitBytes, count, tls, framing, asksForCertificates);
    }

    /** The same door with another limit on request bodies. */
    public DoorSettings withBodyLimit(int bytes) {
        return new DoorSettings(name, host, port, publicBase, bytes, instances, tls, framing, asksForCertificates);
    }

    /** The same door with other frames. */
    public DoorSettings withFraming(Framing other) {
        return new DoorSettings(
                name, host, port, publicBase, bodyLimitBytes, instances, tls, other, asksForCertificates);
    }

    /** A second door of the same service, on another port, for clients that show a certificate (RFC 8705). */
    public DoorSettings askingForCertificates(int onPort) {
        return new DoorSettings(name, host, onPort, null, bodyLimitBytes, instances, tls, framing, true);
    }

    /** The base address of this door once it listens on {@code actualPort}. */
    public URI base(int actualPort) {
        if (publicBase != null) {
            return publicBase;
        }
        return URI.create((tls == null ? "http" : "https") + "://" + host + ":" + actualPort);
    }

    /**
     * A server certificate and its key, both PEM.
     *
     * @param certificate path of the certificate chain
     * @param key path of the PKCS#8 key
     */
    public record TlsFiles(String certificate, String key) {}

    /**
     * Pages in pages (Content Security Policy Level 3 §6.4.2).
     *
     * @param by origins that may show this door's pages in a frame
     * @param of origins whose pages this door's may show in a frame
     */
    public record Framing(List<String> by, List<String> of) {
        /** No frame but a door's own. */
        public static final Framing NONE = new Framing(List.of(), List.of());

        private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+");

        public Framing {
            by = List.copyOf(by);
            of = List.copyOf(of);
            Stream.concat(by.stream(), of.stream()).forEach(origin -> {
                if (!ORIGIN.matcher(origin).matches()) {
                    throw new IllegalArgumentException("expected an origin such as https://portal.example");
                }
            });
        }

        private static String withSelf(List<String> origins) {
            return Stream.concat(Stream.of("'self'"), origins.stream()).collect(Collectors.joining(" "));
        }

        String policy() {
            return "frame-src " + withSelf(of) + "; frame-ancestors " + withSelf(by);
        }
    }
}
