package city.elicence.wallet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Addresses and forms")
class AddressesTest {
    @Test
    @DisplayName("A wallet talks https, and http only to its own machine")
    void safe() {
        for (String safe : List.of(
                "https://a.example", "https://a.example:8443/x?y=z", "http://127.0.0.1:1/x", "http://localhost/x")) {
            assertNotNull(SafeUri.of(safe), safe);
        }
        for (String unsafe : List.of(
                "http://a.example",
                "http://127.0.0.1.evil.example/",
                "http://localhost.evil.example/",
                "https://user:secret@a.example/",
                "https://a.example/#part",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "https:opaque",
                "//a.example/x",
                "https://a b.example",
                "https://a.example/" + "x".repeat(5000))) {
            assertNull(SafeUri.of(unsafe), unsafe);
        }
        assertNull(SafeUri.of(null));
    }

    @Test
    @DisplayName("What was encoded is decoded to the same; a name twice, a bad escape, too many names are no form")
    void forms() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("a", "1 & 2 = 3");
        fields.put("证照", "驾驶证 %");
        fields.put("empty", "");
        assertEquals(fields, Form.decode(Form.encode(fields)));
        assertEquals(fields, Form.queryOf(Form.append("openid4vp://?", fields).replace("?&", "?")));
        assertNull(Form.decode("a=1&a=2"));
        assertNull(Form.decode("a=%ZZ"));
        assertNull(Form.queryOf("no-query"));
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 70; i++) {
            many.append('n').append(i).append("=1&");
        }
        assertNull(Form.decode(many.toString()));
    }
}
