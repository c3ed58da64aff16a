package city.elicence.issuer.tenant;

import java.net.URI;
import java.util.function.Supplier;

/** The public addresses of an issuer service, all from its one base address. */
public final class Addresses {
    private final Supplier<URI> base;

    /** The addresses below a base, which is asked for at each use: it is known once the door listens. */
    public Addresses(Supplier<URI> base) {
        this.base = base;
    }

    public String base() {
        return base.get().toString();
    }

    /** The Credential Issuer Identifier and authorization server issuer (OpenID4VCI 1.0 §12.2.1, RFC 8414 §2). */
    public String issuer(String tenant) {
        return base() + "/" + tenant;
    }

    public String at(String tenant, String path) {
        return issuer(tenant) + "/" + path;
    }

    public String offer(String tenant, String id) {
        return at(tenant, "offers/" + id);
    }

    public String statusList(String tenant, int list) {
        return at(tenant, "status/" + list);
    }

    public String type(String id) {
        return base() + "/types/" + id;
    }
}
