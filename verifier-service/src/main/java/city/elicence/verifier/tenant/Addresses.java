package city.elicence.verifier.tenant;

import java.net.URI;

/**
 * The addresses of one verifier service, each with the tenant in its path.
 *
 * @param base without a trailing slash
 */
public record Addresses(URI base) {
    public Addresses {
        if (base.toString().endsWith("/")) {
            throw new IllegalArgumentException("the base address ends without a slash");
        }
    }

    /** Where a wallet fetches the request object. */
    public URI request(String tenant, String checkId) {
        return URI.create(base + "/" + tenant + "/request/" + checkId);
    }

    /** Where a wallet posts its response. */
    public URI response(String tenant, String checkId) {
        return URI.create(base + "/" + tenant + "/response/" + checkId);
    }

    /** Where the holder's browser goes after the response, with the response code. */
    public URI comeBack(String tenant, String checkId) {
        return URI.create(base + "/" + tenant + "/return/" + checkId);
    }

    /** The picture of the link, for another device. */
    public URI qr(String tenant, String checkId) {
        return URI.create(base + "/" + tenant + "/qr/" + checkId);
    }

    /** The check in the API. */
    public URI check(String checkId) {
        return URI.create(base + "/api/checks/" + checkId);
    }
}
