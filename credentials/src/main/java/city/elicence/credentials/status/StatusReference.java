package city.elicence.credentials.status;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a credential's status is to be found (Token Status List §6.2): the claim
 * {@code "status": {"status_list": {"idx": …, "uri": …}}}.
 *
 * @param uri the list's address, which its token must repeat as {@code sub}
 * @param index the place in the list, from zero
 */
public record StatusReference(URI uri, long index) {
    private static final int MAX_URI_LENGTH = 2048;

    public StatusReference {
        if (index < 0 || uri.toString().length() > MAX_URI_LENGTH || !uri.isAbsolute()) {
            throw new IllegalArgumentException("a status reference has an absolute URI and an index from zero");
        }
    }

    /** Reads the value of the claim {@code status}; §6.2: only {@code status_list} is understood. */
    public static StatusReference fromClaim(Object status) throws StatusException {
        if (!(status instanceof Map<?, ?> mechanisms)
                || !(mechanisms.get("status_list") instanceof Map<?, ?> list)
                || !(list.get("idx") instanceof Long index)
                || !(list.get("uri") instanceof String uri)) {
            throw new StatusException(
                    StatusException.Reason.MALFORMED_REFERENCE, "expected status_list with integer idx and string uri");
        }
        try {
            return new StatusReference(URI.create(uri), index);
        } catch (IllegalArgumentException e) {
            throw new StatusException(
                    StatusException.Reason.MALFORMED_REFERENCE, "expected an absolute uri and an idx from zero");
        }
    }

    /** The value for the claim {@code status}. */
    public Map<String, Object> toClaim() {
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("idx", index);
        list.put("uri", uri.toString());
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("status_list", list);
        return status;
    }
}
