/** The APK as it would be installed. */
@NullMarked
package city.elicence.android;

import org.jspecify.annotations.NullMarked;
