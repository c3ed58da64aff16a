/** Codes in: the camera, and what an issuer offers. */
@NullMarked
package city.elicence.android.receive;

import org.jspecify.annotations.NullMarked;
