package city.elicence.credentials.mdoc;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.Tagged;
import city.elicence.credentials.json.Base64Url;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A CBOR tree as JSON, by the advice of RFC 8949 §6.1, which OpenID4VP 1.0 §6.3 follows for matching values. */
final class JsonView {
    private JsonView() {}

    static @Nullable Object of(@Nullable Object tree) {
        if (tree instanceof byte[] octets) {
            return Base64Url.encode(octets);
        }
        if (tree instanceof Tagged tagged) {
            return of(tagged.content());
        }
        if (tree instanceof Double real) {
            return Double.isFinite(real) ? BigDecimal.valueOf(real) : null;
        }
        if (tree instanceof Cbor.Simple) {
            return null;
        }
        if (tree instanceof List<?> array) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Object element : array) {
                list.add(of(element));
            }
            return Collections.unmodifiableList(list);
        }
        if (tree instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            map.forEach((key, value) -> object.put(String.valueOf(key), of(value)));
            return Collections.unmodifiableMap(object);
        }
        return tree;
    }
}
