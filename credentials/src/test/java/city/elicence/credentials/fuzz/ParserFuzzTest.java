package city.elicence.credentials.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.elicence.credentials.jose.JoseException;
import city.elicence.credentials.jose.Jws;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.sdjwt.SdJwt;
import city.elicence.credentials.sdjwt.SdJwtException;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Any bytes: parsed, or refused by the parser's own exception; what is parsed is written back as it was. */
class ParserFuzzTest {
    @FuzzTest(maxDuration = "20s")
    void json(byte[] input) {
        try {
            Object tree = Json.parse(input);
            String written = Json.write(tree);
            assertEquals(written, Json.write(Json.parse(written)));
        } catch (JsonException e) {
            // refused, as it should be
        }
    }

    @FuzzTest(maxDuration = "20s")
    void jws(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            Jws jws = Jws.parse(text);
            assertEquals(text, jws.compact());
            jws.certificates();
            jws.claims();
        } catch (JoseException e) {
            // refused, as it should be
        }
    }

    @FuzzTest(maxDuration = "20s")
    void sdJwt(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        try {
            SdJwt sdJwt = SdJwt.parse(text);
            assertEquals(text, sdJwt.serialize());
            sdJwt.process();
        } catch (SdJwtException e) {
            // refused, as it should be
        }
    }
}
