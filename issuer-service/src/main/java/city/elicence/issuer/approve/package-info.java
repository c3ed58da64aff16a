/** Acts on many licences, or of two persons: replacement, recovery, recall, and what waits for a second clerk. */
@NullMarked
package city.elicence.issuer.approve;

import org.jspecify.annotations.NullMarked;
