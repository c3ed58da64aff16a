package city.elicence.credentials.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) as trees: an object is a {@code Map<String, Object>} in the order read, an array a {@code List<Object>}, a number
 * a {@code Long}, {@code BigInteger} or {@code BigDecimal}, and null is null. Reading is strict: no duplicate names, nothing after
 * the value, at most {@value #MAX_DEPTH} levels and {@value #MAX_BYTES} bytes. What is read cannot be changed.
 */
public final class Json {
    public static final int MAX_BYTES = 1 << 20;
    public static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER_LENGTH = 100;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxDocumentLength(MAX_BYTES)
                    .maxStringLength(MAX_BYTES)
                    .maxNameLength(1024)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .build();

    private Json() {}

    public static @Nullable Object parse(String text) throws JsonException {
        if (text.length() > MAX_BYTES) {
            throw new JsonException("expected at most " + MAX_BYTES + " bytes of JSON");
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            Object value = read(parser);
            if (parser.nextToken() != null) {
                throw new JsonException("expected nothing after the JSON value");
            }
            return value;
        } catch (IOException e) {
            // The library's own message may quote the input.
            throw new JsonException("expected well-formed JSON without duplicate names, within the limits");
        }
    }

    public static @Nullable Object parse(byte[] utf8) throws JsonException {
        return parse(text(utf8));
    }

    public static Map<String, Object> parseObject(String text) throws JsonException {
        return asObject(parse(text));
    }

    public static Map<String, Object> parseObject(byte[] utf8) throws JsonException {
        return asObject(parse(utf8));
    }

    /** Compact, in the order of insertion. */
    public static String write(@Nullable Object tree) {
        return write(tree, false);
    }

    /** Compact, names sorted at every level: the same text for the same content, for digests. */
    public static String writeSorted(@Nullable Object tree) {
        return write(tree, true);
    }

    /** The tree as an object, or an exception that says what was expected. */
    @SuppressWarnings("unchecked") // a tree holds only maps with text for names
    public static Map<String, Object> asObject(@Nullable Object tree) throws JsonException {
        if (tree instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new JsonException("expected a JSON object");
    }

    private static String text(byte[] utf8) throws JsonException {
        if (utf8.length > MAX_BYTES) {
            throw new JsonException("expected at most " + MAX_BYTES + " bytes of JSON");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new JsonException("expected UTF-8", e);
        }
    }

    private static @Nullable Object read(JsonParser parser) throws IOException, JsonException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new JsonException("expected a JSON value");
        }
        return switch (token) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> readInteger(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new JsonException("expected a JSON value");
        };
    }

    private static Object readInteger(JsonParser parser) throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? parser.getBigIntegerValue()
                : (Object) parser.getLongValue();
    }

    private static Map<String, Object> readObject(JsonParser parser) throws IOException, JsonException {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            int before = object.size();
            put(object, name, read(parser));
            if (object.size() == before) {
                throw new JsonException("expected each name once in an object");
            }
        }
        return Collections.unmodifiableMap(object);
    }

    private static List<Object> readArray(JsonParser parser) throws IOException, JsonException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            add(array, read(parser));
        }
        return Collections.unmodifiableList(array);
    }

    /** JSON null is a value: the one place where a null enters a tree's map. */
    @SuppressWarnings("NullAway")
    private static void put(Map<String, Object> object, String name, @Nullable Object value) {
        object.put(name, value);
    }

    @SuppressWarnings("NullAway")
    private static void add(List<Object> array, @Nullable Object value) {
        array.add(value);
    }

    private static String write(@Nullable Object tree, boolean sorted) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            write(generator, tree, sorted);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a JSON tree", e);
        }
        return out.toString();
    }

    private static void write(JsonGenerator out, @Nullable Object value, boolean sorted) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : (sorted ? new TreeMap<>(map) : map).entrySet()) {
                out.writeFieldName((String) entry.getKey());
                write(out, entry.getValue(), sorted);
            }
            out.writeEndObject();
        } else if (value instanceof Iterable<?> list) {
            out.writeStartArray();
            for (Object element : list) {
                write(out, element, sorted);
            }
            out.writeEndArray();
        } else if (value instanceof Number number) {
            writeNumber(out, number);
        } else {
            throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        }
    }

    private static void writeNumber(JsonGenerator out, Number number) throws IOException {
        if (number instanceof Long || number instanceof Integer || number instanceof Short) {
            out.writeNumber(number.longValue());
        } else if (number instanceof BigInteger whole) {
            out.writeNumber(whole);
        } else if (number instanceof BigDecimal decimal) {
            out.writeNumber(decimal);
        } else if (number instanceof Double real && Double.isFinite(real)) {
            out.writeNumber(real.doubleValue());
        } else {
            throw new IllegalArgumentException("not a JSON number: " + number.getClass());
        }
    }
}
