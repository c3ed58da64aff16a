/** Evidence that a type requires: asked of a wallet through a verifier, judged, and kept as a verdict without its data. */
@NullMarked
package city.elicence.issuer.evidence;

import org.jspecify.annotations.NullMarked;
