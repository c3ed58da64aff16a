package city.elicence.wallet.discover;

import city.elicence.credentials.json.Base64Url;
import city.elicence.credentials.metadata.Integrity;
import city.elicence.credentials.metadata.TypeDocument;
import city.elicence.wallet.http.Exchange;
import city.elicence.wallet.http.SafeUri;
import city.elicence.wallet.outcome.RefusedException;
import city.elicence.wallet.port.HttpReply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Type metadata from the address in {@code vct} (SD-JWT VC, "From a URL in the vct Claim"). Where a type has changed since, our
 * issuers keep the document that a credential means under the same address with its digest.
 */
public final class TypeDocuments implements TypeDocument.Source {
    private static final String SHA256 = "sha256-";

    private final Exchange exchange;

    public TypeDocuments(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public byte @Nullable [] at(String address, @Nullable String integrity) {
        byte[] now = fetched(address);
        if (now == null || integrity == null || !integrity.startsWith(SHA256) || Integrity.holds(integrity, now)) {
            return now;
        }
        byte[] then = fetched(address + "?sha256=" + named(integrity));
        return then == null ? now : then;
    }

    private static String named(String integrity) {
        try {
            return Base64Url.encode(Base64.getDecoder().decode(integrity.substring(SHA256.length())));
        } catch (IllegalArgumentException notOneDigest) {
            return "";
        }
    }

    private byte @Nullable [] fetched(String address) {
        URI uri = SafeUri.of(address);
        if (uri == null) {
            return null;
        }
        try {
            HttpReply reply = exchange.get(uri, "application/json");
            boolean document = reply.ok() && reply.mediaType().equals("application/json");
            return document ? reply.body().getBytes(StandardCharsets.UTF_8) : null;
        } catch (RefusedException unreachable) {
            // Nobody needs a picture of the type for the licence to be good.
            return null;
        }
    }
}
