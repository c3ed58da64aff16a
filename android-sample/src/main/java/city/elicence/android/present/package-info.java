/** Licences out: consent to a request, and the code that is shown. */
@NullMarked
package city.elicence.android.present;

import org.jspecify.annotations.NullMarked;
