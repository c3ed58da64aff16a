/** A catalogue file under strict reading: every complaint names the file, the path in it and what was expected there. */
@NullMarked
package city.elicence.credentials.catalogue.file;

import org.jspecify.annotations.NullMarked;
