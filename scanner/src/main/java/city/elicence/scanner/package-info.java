/** ZXing in the browser. */
@NullMarked
package city.elicence.scanner;

import org.jspecify.annotations.NullMarked;
