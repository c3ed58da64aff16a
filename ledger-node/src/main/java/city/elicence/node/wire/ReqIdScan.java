package city.elicence.node.wire;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the id of a request in a message that is not going to be decoded, or could not be, so that the refusal reaches the call that
 * waits for it. What it finds is only ever sent back to where it came from.
 */
final class ReqIdScan {
    private static final Pattern REQ_ID = Pattern.compile("\"reqId\":\\s{0,4}([0-9]{1,20})[,}\\s]");
    /** A client writes the id near the beginning or the end. */
    private static final int LOOKED_AT = 4_096;

    private ReqIdScan() {}

    static Optional<Number> find(byte[] message) {
        int head = Math.min(message.length, LOOKED_AT);
        int tail = Math.min(message.length - head, LOOKED_AT);
        String text = new String(message, 0, head, StandardCharsets.ISO_8859_1)
                + new String(message, message.length - tail, tail, StandardCharsets.ISO_8859_1);
        Matcher matcher = REQ_ID.matcher(text);
        return matcher.find() ? Optional.of(new BigInteger(matcher.group(1))) : Optional.empty();
    }
}
