package city.elicence.credentials.mdoc;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.mdoc.MdocException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The answer of a device (ISO/IEC 18013-5 §8.3.2.1.2.2). OpenID4VP 1.0 annex B.2.5 carries it in base64url, one document in
 * each (HAIP 1.0 §5.3.1).
 *
 * @param status 0 when all is well (table 8)
 */
public record DeviceResponse(List<MobileDocument> documents, long status) {
    private static final String VERSION = "1.0";
    private static final int MAX_DOCUMENTS = 16;

    public DeviceResponse {
        documents = List.copyOf(documents);
    }

    /** An answer of one document. */
    public static DeviceResponse of(MobileDocument document) {
        return new DeviceResponse(List.of(document), 0);
    }

    /** Reads a response; nothing in it is believed. */
    public static DeviceResponse parse(byte[] octets) throws MdocException {
        CborFields response = CborFields.of("DeviceResponse", CborFields.decode("DeviceResponse", octets));
        if (!response.string("version").startsWith("1.")) {
            throw new MdocException(Reason.MALFORMED, "version: expected 1");
        }
        List<MobileDocument> documents = new ArrayList<>();
        for (Object document : response.get("documents") == null ? List.of() : response.list("documents")) {
            if (documents.size() == MAX_DOCUMENTS) {
                throw new MdocException(Reason.MALFORMED, "documents: expected " + MAX_DOCUMENTS + " at most");
            }
            documents.add(MobileDocument.parse(document));
        }
        return new DeviceResponse(documents, response.integer("status"));
    }

    /** Reads what OpenID4VP 1.0 annex B.2.5 carries: base64url of a response. */
    public static DeviceResponse fromText(String base64Url) throws MdocException {
        return parse(CborFields.octets("DeviceResponse", base64Url));
    }

    /** OpenID4VP 1.0 annex B.2.5. */
    public String toText() {
        return Base64Url.encode(encode());
    }

    /** The octets to send. */
    public byte[] encode() {
        List<Object> trees = new ArrayList<>();
        for (MobileDocument document : documents) {
            trees.add(document.toCbor());
        }
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("version", VERSION);
        response.put("documents", trees);
        response.put("status", status);
        return Cbor.encode(response);
    }
}
