/** The aggregated picture: what many shown licences come to, each verified, each counted once, each provable. */
@NullMarked
package city.elicence.verifier.picture;

import org.jspecify.annotations.NullMarked;
