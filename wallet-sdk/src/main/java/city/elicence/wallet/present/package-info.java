/** From a verifier's request to an answer that discloses only what was agreed: OpenID4VP 1.0 with HAIP 1.0. */
@NullMarked
package city.elicence.wallet.present;

import org.jspecify.annotations.NullMarked;
