/** Documents linked by a reference (a waybill, a declaration, a contract, a property): filed, found, shown under a consent. */
@NullMarked
package city.elicence.company.dossier;

import org.jspecify.annotations.NullMarked;
