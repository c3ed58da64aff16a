package city.elicence.wallet.port;

import java.io.IOException;

/**
 * The wallet's only way to the network. An implementation limits sizes and waits, follows no redirect, and keeps no
 * cookie; {@link UrlTransport} is the one that every Java platform has.
 */
@FunctionalInterface
public interface HttpTransport {
    /**
     * Sends one request and reads the whole answer.
     *
     * @throws IOException when no answer came: the other side may or may not have acted
     */
    HttpReply send(HttpCall call) throws IOException;
}
