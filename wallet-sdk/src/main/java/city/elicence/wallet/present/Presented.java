package city.elicence.wallet.present;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The verifier has taken the answer.
 *
 * @param follow section 8.2, {@code redirect_uri}: the page to open in the browser that the request came from, or null
 */
public record Presented(@Nullable URI follow) {}
