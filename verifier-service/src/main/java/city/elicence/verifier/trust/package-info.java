/** What the verifier knows: the ledger as followed, status lists as fetched, issuers' certificates as seen. */
@NullMarked
package city.elicence.verifier.trust;

import org.jspecify.annotations.NullMarked;
