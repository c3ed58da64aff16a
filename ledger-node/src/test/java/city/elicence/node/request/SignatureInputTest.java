package city.elicence.node.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The examples by which Indy's own clients are tested. */
final class SignatureInputTest {
    @Test
    @DisplayName("Fields are sorted at every level; arrays are joined by commas; nested objects have no braces")
    void nested() throws JsonException {
        assertEquals("age:43|name:John Doe|operation:dest:54|phones:1234567,2345678,age:1|rust:5,3", text("""
            {"name":"John Doe","age":43,"operation":{"dest":54},
             "phones":["1234567","2345678",{"rust":5,"age":1},3]}\
            """));
    }

    @Test
    @DisplayName(
            "Signatures and fees are left out, at the top only; an attribute's content stands there by its SHA-256")
    void leftOut() throws JsonException {
        assertEquals(
                "age:43|name:John"
                        + " Doe|operation:dest:54|hash:46aa0c92129b33ee72ee1478d2ae62fa6e756869dedc6c858af3214a6fcf1904"
                        + "|type:100|phones:1234567,2345678,age:1|rust:5,3",
                text("""
                    {"name":"John Doe","age":43,"operation":{"type":"100","hash":"cool hash","dest":54},
                     "fees":"fees1","signature":"sign1","signatures":"sign-m",
                     "phones":["1234567","2345678",{"rust":5,"age":1},3]}\
                    """));
    }

    @Test
    @DisplayName("True, False and nothing are written as Python writes them; numbers of 64 bits keep all their digits")
    void literals() throws JsonException {
        assertEquals(
                "a:True|b:False|c:|reqId:18446744073709551615",
                text("{\"b\":false,\"a\":true,\"c\":null,\"reqId\":18446744073709551615}"));
    }

    private static String text(String json) throws JsonException {
        return new String(SignatureInput.of(Json.parseObject(json)), StandardCharsets.UTF_8);
    }
}
