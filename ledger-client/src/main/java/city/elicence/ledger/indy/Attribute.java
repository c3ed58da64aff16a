package city.elicence.ledger.indy;

import city.elicence.credentials.json.Json;
import city.elicence.credentials.trust.Accreditation;
import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.LedgerJson;
import city.elicence.credentials.trust.LogHead;
import city.elicence.credentials.trust.StatusHead;
import city.elicence.credentials.trust.TypeRecord;
import java.net.URI;
import java.util.List;
import java.util.Map;

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

    private static Attribute of(String name, Object value) {
        return new Attribute(name, Json.writeSorted(Map.of(name, value)));
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
