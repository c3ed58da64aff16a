package city.elicence.credentials.mdoc.proximity;

import city.elicence.credentials.cbor.Cbor;
import city.elicence.credentials.cbor.CborException;
import city.elicence.credentials.mdoc.proximity.ProximityException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a reader asks for (§8.3.2.1.2.1). */
public record DeviceRequest(List<DocumentRequest> documents) {
    private static final int MAX_DOCUMENTS = 8;

    public DeviceRequest {
        documents = List.copyOf(documents);
        if (documents.isEmpty() || documents.size() > MAX_DOCUMENTS) {
            throw new IllegalArgumentException("a request is for 1 to " + MAX_DOCUMENTS + " documents");
        }
    }

    /** Reads a request; who asks is not known yet. */
    public static DeviceRequest parse(byte[] octets) throws ProximityException {
        try {
            if (Cbor.decode(octets) instanceof Map<?, ?> request
                    && String.valueOf(request.get("version")).startsWith("1.")
                    && request.get("docRequests") instanceof List<?> list) {
                List<DocumentRequest> documents = new ArrayList<>();
                for (Object document : list) {
                    documents.add(DocumentRequest.parse(document));
                }
                return new DeviceRequest(documents);
            }
        } catch (CborException | IllegalArgumentException e) {
            throw new ProximityException(Reason.MALFORMED, String.valueOf(e.getMessage()), e);
        }
        throw new ProximityException(Reason.MALFORMED, "expected version 1 and docRequests");
    }

    /** The octets to send. */
    public byte[] encode() {
        List<Object> trees = new ArrayList<>();
        for (DocumentRequest document : documents) {
            trees.add(document.toCbor());
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("version", "1.0");
        request.put("docRequests", trees);
        return Cbor.encode(request);
    }
}
