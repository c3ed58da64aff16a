package city.elicence.credentials.mdoc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import city.elicence.credentials.json.Base64Url;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SessionTranscriptTest {
    private static final String NONCE = "exc7gBkxjx1rdc9udRrveKvSsJIq80avlXeLHhGwqtA";
    private static final byte[] THUMBPRINT =
            HexFormat.of().parseHex("4283ec927ae0f208daaa2d026a814f2b22dca52cf85ffa8f3f8626c6bd669047");

    @Test
    @DisplayName("OpenID4VP 1.0 B.2.6.1: the example's session transcript of a redirect")
    void redirect() {
        assertEquals(
                "83f6f682714f70656e494434565048616e646f7665725820"
                        + "048bc053c00442af9b8eed494cefdd9d95240d254b046b11b68013722aad38ac",
                hex(SessionTranscript.ofRedirect(
                        "x509_san_dns:example.com", NONCE, THUMBPRINT, "https://example.com/response")));
    }

    @Test
    @DisplayName("OpenID4VP 1.0 B.2.6.2: the example's session transcript of the Digital Credentials API")
    void digitalCredentialsApi() {
        assertEquals(
                "83f6f682764f70656e4944345650444341504948616e646f7665725820"
                        + "fbece366f4212f9762c74cfdbf83b8c69e371d5d68cea09cb4c48ca6daab761a",
                hex(SessionTranscript.ofDigitalCredentialsApi("https://example.com", NONCE, THUMBPRINT)));
    }

    @Test
    @DisplayName("B.2.6.1: client, nonce, encryption key and response URI each change the transcript")
    void bound() throws Exception {
        String base = hex(SessionTranscript.ofRedirect("c", "n", THUMBPRINT, "u"));
        byte[] other = Base64Url.decode("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        for (SessionTranscript changed : Arrays.asList(
                SessionTranscript.ofRedirect("d", "n", THUMBPRINT, "u"),
                SessionTranscript.ofRedirect("c", "m", THUMBPRINT, "u"),
                SessionTranscript.ofRedirect("c", "n", other, "u"),
                SessionTranscript.ofRedirect("c", "n", null, "u"),
                SessionTranscript.ofRedirect("c", "n", THUMBPRINT, "v"))) {
            assertFalse(base.equals(hex(changed)));
        }
    }

    private static String hex(SessionTranscript transcript) {
        return HexFormat.of().formatHex(transcript.encode());
    }
}
