package city.elicence.issuer.token;

import city.elicence.credentials.catalogue.Format;
import city.elicence.issuer.vault.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What someone may have: the licences-to-be behind a code.
 *
 * @param code digest of the code
 * @param offer the offer it came from, or null
 * @param dpopKey thumbprint that the code is bound to (RFC 9449 §10), or null
 * @param identified whether credential identifiers are to be returned
 */
record Authorized(
        Digest code,
        @Nullable String offer,
        List<Ordered> licences,
        @Nullable String dpopKey,
        boolean identified) {

    /** A licence-to-be in one format, by its credential identifier, and the credential configuration that it is of. */
    record Ordered(String id, String type) {
        static Ordered of(String licence, String typeId, Format format) {
            return new Ordered(format.named(licence), format.named(typeId));
        }
    }

    Authorized {
        licences = List.copyOf(licences);
    }

    List<String> ids() {
        return licences.stream().map(Ordered::id).toList();
    }

    /** RFC 6749 §3.3: each configuration's scope is its identifier. */
    String scope() {
        return licences.stream().map(Ordered::type).distinct().collect(Collectors.joining(" "));
    }

    /** Two licences of one type cannot be told apart by their configuration. */
    static boolean ambiguous(List<Ordered> licences) {
        return licences.stream().map(Ordered::type).distinct().count() < licences.size();
    }

    static Map<String, List<String>> byType(List<Ordered> licences) {
        Map<String, List<String>> byType = new LinkedHashMap<>();
        for (Ordered licence : licences) {
            byType.computeIfAbsent(licence.type(), t -> new ArrayList<>()).add(licence.id());
        }
        return byType;
    }
}
