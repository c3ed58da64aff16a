/** Tells a relying party's back end that a check of its own is decided. */
@NullMarked
package city.elicence.verifier.callback;

import org.jspecify.annotations.NullMarked;
