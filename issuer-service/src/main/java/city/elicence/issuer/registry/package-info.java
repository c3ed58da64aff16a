/** Step 1: who issues what. Tenants with their keys and chains, accreditation as the ledger tells it, types of licence. */
@NullMarked
package city.elicence.issuer.registry;

import org.jspecify.annotations.NullMarked;
