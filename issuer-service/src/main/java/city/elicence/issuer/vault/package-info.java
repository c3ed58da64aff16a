/** What must not be read from a stolen database: sealed bytes, blind search, secrets kept as digests. */
@NullMarked
package city.elicence.issuer.vault;

import org.jspecify.annotations.NullMarked;
