package city.elicence.ledger.indy;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LedgerJson;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.TypeRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * An attribute of a DID: its name and the JSON object with that one member which is written. The text is canonical (names
 * sorted), because the transaction keeps only its SHA-256: who knows what was said can find out where.
 *
 * @param name the name under which it is read
 * @param raw the text that is written
 */
public record Attribute(String name, String raw) {

    /** Name of the head of an issuer's log, on the issuer's DID. */
    public static final String LOG = "log";

    /** Name of the addresses of an issuer's status lists, on the issuer's DID: without it nobody could find them all. */
    public static final String STATUS_LISTS = "status-lists";

    /** The nodes of a pool take no longer one; Indy calls it JSON_FIELD_LIMIT. */
    public static final int MAX_LENGTH = 5 * 1024;

    /** What a deflated value may come to. */
    private static final int MAX_INFLATED_BYTES = 64 * 1024;

    private static final String DEFLATED = "deflated";

    /**
     * A value stands as it is, or deflated (RFC 1950, base64) in the only member of an object where the text would be too long, or would
     * hold two hyphens in a row, as base64url does now and then: a node of indy-node 1.13.2 that is to change an attribute with such a
     * text splits its authorization rule there, and dies. To escape a hyphen would not help, because libindy_vdr writes the JSON anew.
     */
    private static Attribute of(String name, Object value) {
        String plain = Json.writeSorted(Map.of(name, value));
        return new Attribute(
                name,
                plain.length() <= MAX_LENGTH && !plain.contains("--")
                        ? plain
                        : Json.write(Map.of(name, Map.of(DEFLATED, deflated(Json.writeSorted(value))))));
    }

    /** The value in an attribute's text, which is an object with one member of that name. */
    public static Map<String, Object> value(Map<String, Object> object, String name) throws JsonException {
        Map<String, Object> value = Fields.of(object).object(name);
        return value.keySet().equals(Set.of(DEFLATED))
                ? Json.parseObject(inflated(Fields.of(value).string(DEFLATED)))
                : value;
    }

    private static String deflated(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflating = new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION))) {
            deflating.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    private static byte[] inflated(String text) throws JsonException {
        try (InflaterInputStream in = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
            byte[] bytes = in.readNBytes(MAX_INFLATED_BYTES + 1);
            if (bytes.length > MAX_INFLATED_BYTES) {
                throw new JsonException("expected at most " + MAX_INFLATED_BYTES + " bytes when inflated");
            }
            return bytes;
        } catch (IOException | IllegalArgumentException e) {
            throw new JsonException("expected deflated text", e);
        }
    }

    /** On the authority's DID, one for each party. */
    public static Attribute of(Accreditation accreditation) {
        return of(accreditationName(accreditation.did()), LedgerJson.write(accreditation));
    }

    /** On the authority's DID, one for each type. */
    public static Attribute of(TypeRecord type) {
        return of(typeName(type.id()), LedgerJson.write(type));
    }

    /** On the issuer's DID. */
    public static Attribute of(LogHead head) {
        return of(LOG, LedgerJson.write(head));
    }

    /** On the issuer's DID, one for each list. */
    public static Attribute of(StatusHead head) {
        return of(statusName(head.list()), LedgerJson.write(head));
    }

    /** On the issuer's DID. */
    public static Attribute statusLists(List<URI> lists) {
        return of(STATUS_LISTS, Map.of("uris", lists.stream().map(URI::toString).toList()));
    }

    /** Name of what a party is accredited for. */
    public static String accreditationName(Did party) {
        return "accreditation:" + party.base58();
    }

    /** Name of a credential type's current version. */
    public static String typeName(String id) {
        return "type:" + id;
    }

    /** Name of a status list's head: an address can be longer than a name may be. */
    public static String statusName(URI list) {
        return "status:" + Sha256.hex(list.toString()).substring(0, 16);
    }

    /** What the transaction that writes it will carry. */
    public String hash() {
        return Sha256.hex(raw);
    }
}
