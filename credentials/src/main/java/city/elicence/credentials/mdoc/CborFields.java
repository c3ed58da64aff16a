package city.elicence.credentials.mdoc;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.CborException;
import city.elicence.credentials.cbor.Tagged;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.mdoc.MdocException.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one CBOR map, by type; what does not fit is named by its field. */
final class CborFields {
    private final Map<?, ?> map;

    private CborFields(Map<?, ?> map) {
        this.map = map;
    }

    static CborFields of(String what, @Nullable Object tree) throws MdocException {
        if (tree instanceof Map<?, ?> map) {
            return new CborFields(map);
        }
        throw new MdocException(Reason.MALFORMED, what + ": expected a map");
    }

    Map<?, ?> map() {
        return map;
    }

    @Nullable
    Object get(String name) {
        return map.get(name);
    }

    String string(String name) throws MdocException {
        return typed(name, String.class, "text");
    }

    long integer(String name) throws MdocException {
        return typed(name, Long.class, "an integer");
    }

    byte[] octets(String name) throws MdocException {
        return typed(name, byte[].class, "a byte string");
    }

    CborFields fields(String name) throws MdocException {
        return of(name, map.get(name));
    }

    List<?> list(String name) throws MdocException {
        return typed(name, List.class, "an array");
    }

    /** A tdate (RFC 8610 appendix D): a date and time as text under tag 0. */
    Instant time(String name) throws MdocException {
        if (map.get(name) instanceof Tagged tagged
                && tagged.tag() == Tagged.DATE_TIME
                && tagged.content() instanceof String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw new MdocException(Reason.MALFORMED, name + ": expected a date and time", e);
            }
        }
        throw new MdocException(Reason.MALFORMED, name + ": expected a date and time");
    }

    private <T> T typed(String name, Class<T> type, String expected) throws MdocException {
        Object value = map.get(name);
        if (!type.isInstance(value)) {
            throw new MdocException(Reason.MALFORMED, name + ": expected " + expected);
        }
        return type.cast(value);
    }

    /** The octets under tag 24. */
    static byte[] encoded(String what, @Nullable Object tree) throws MdocException {
        if (tree instanceof Tagged tagged
                && tagged.tag() == Tagged.ENCODED_CBOR
                && tagged.content() instanceof byte[] octets) {
            return octets;
        }
        throw new MdocException(Reason.MALFORMED, what + ": expected encoded CBOR under tag 24");
    }

    static byte[] octets(String what, String base64Url) throws MdocException {
        try {
            return Base64Url.decode(base64Url);
        } catch (JsonException e) {
            throw new MdocException(Reason.MALFORMED, what + ": expected base64url", e);
        }
    }

    static @Nullable Object decode(String what, byte[] octets) throws MdocException {
        try {
            return Cbor.decode(octets);
        } catch (CborException e) {
            throw new MdocException(Reason.MALFORMED, what + ": " + e.getMessage(), e);
        }
    }
}
