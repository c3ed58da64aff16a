package city.elicence.node.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The door to everything: what it lets in, and that nothing makes it fall over. */
final class RequestDecoderTest {
    private static final String REQUEST = """
        {"identifier":"V4SGRU86Z58d6TV7PBUe6f","operation":{"dest":"VnEjvL6j3TSJKdBPhaP8GV","role":"101","type":"1",
        "verkey":"GgnsQLYipwvwzQnY5DGtYht5gFhceSScSasxnwdc34Fm"},"protocolVersion":2,"reqId":18446744073709551615,
        "signatures":{"V4SGRU86Z58d6TV7PBUe6f":"x"},"endorser":"V4SGRU86Z58d6TV7PBUe6f"}\
        """;

    @Test
    @DisplayName("A request is read with all its fields; its id keeps all 64 bits")
    void request() throws RequestDecoder.Undecodable {
        ClientMessage message = RequestDecoder.decode(REQUEST.getBytes(StandardCharsets.UTF_8));
        Request request = ((ClientMessage.Operation) message).request();
        assertEquals("18446744073709551615", request.reqId().toString());
        assertEquals("V4SGRU86Z58d6TV7PBUe6f", request.endorser().orElseThrow());
        assertTrue(request.multiSigned());
    }

    @Test
    @DisplayName("Any bytes, and any request with bytes changed, cut out or put in: a message or a refusal, and nothing"
            + " else")
    void fuzzed() {
        Random random = new Random(1);
        byte[] original = REQUEST.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] message = i % 4 == 0 ? random(random) : mutated(original, random);
            checked(message);
        }
    }

    /** The property that the fuzz target holds as well. */
    static void checked(byte[] message) {
        try {
            if (RequestDecoder.decode(message) instanceof ClientMessage.Operation operation) {
                // Whatever was let in can be turned into the text that is signed, and has digests.
                assertFalse(operation.request().payloadDigest().isEmpty());
                assertFalse(operation.request().digest().isEmpty());
            }
        } catch (RequestDecoder.Undecodable e) {
            assertFalse(e.refusal().reason().isEmpty());
        }
    }

    private static byte[] random(Random random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            int from = random.nextInt(bytes.length);
            int to = random.nextInt(bytes.length);
            int length = Math.min(random.nextInt(20), bytes.length - Math.max(from, to));
            System.arraycopy(original, from, bytes, to, length);
            bytes[from] = "\"{}[]:,0-9\\e".getBytes(StandardCharsets.US_ASCII)[random.nextInt(12)];
        }
        return bytes;
    }
}
