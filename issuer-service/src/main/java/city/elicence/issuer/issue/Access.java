package city.elicence.issuer.issue;

import city.elicence.issuer.vault.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an access token, presented as it must be, lets its bearer do.
 *
 * @param token digest of the token
 * @param grant the act of authorisation behind it
 * @param licences what may be issued with it
 * @param identified whether licences are asked for by credential identifier
 * @param clientId the client it was given to, or null for anonymous access
 * @param dpop whether it came with a DPoP proof
 */
public record Access(
        Digest token,
        String grant,
        List<String> licences,
        boolean identified,
        @Nullable String clientId,
        boolean dpop) {
    public Access {
        licences = List.copyOf(licences);
    }
}
