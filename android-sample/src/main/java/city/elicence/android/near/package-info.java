/** Licences shown face to face (ISO/IEC 18013-5): the code or touch, Bluetooth, and consent to what the reader asks. */
@NullMarked
package city.elicence.android.near;

import org.jspecify.annotations.NullMarked;
