package city.elicence.issuer.citizen;

import city.elicence.issuer.tenant.Tenant;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How a citizen signs in at the authorization endpoint. Ours asks for a code from the counter; a city's identity platform
 * (an OpenID Connect provider, say) takes its place by sending the browser away and reading what it comes back with.
 */
public interface CitizenSignIn {
    /** What the browser gets first. */
    sealed interface Step {
        /** Our own form: number and code, sent to the return address. */
        record Form() implements Step {}

        /** Elsewhere; from there the browser comes back to the return address. */
        record Redirect(URI to) implements Step {}

        /** Nobody can sign in just now. */
        record Unavailable() implements Step {}
    }

    /**
     * Begins a sign-in.
     *
     * @param ticket names this sign-in; to be carried along and brought back as the parameter {@code state}
     * @param returnTo where the browser is to come back to
     */
    Step begin(Tenant tenant, String ticket, URI returnTo, Instant now);

    /** Whether who was not recognised is shown our own form once more, rather than sent back to the wallet. */
    default boolean asksAgain() {
        return true;
    }

    /**
     * Who came back, by what the browser brought; empty when nobody showed who they are.
     *
     * @param returnTo as given to {@link #begin}
     */
    Optional<Citizen> finish(Tenant tenant, Map<String, String> brought, URI returnTo, Instant now);
}
