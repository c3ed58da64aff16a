/** Who asks a company for what: answered within a consent, else by people. */
@NullMarked
package city.elicence.company.request;

import org.jspecify.annotations.NullMarked;
