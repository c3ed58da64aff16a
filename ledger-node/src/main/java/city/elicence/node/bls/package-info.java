/** BLS multi-signatures over roots, on the curve that Indy uses (BN254 of Nogami). */
@NullMarked
package city.elicence.node.bls;

import org.jspecify.annotations.NullMarked;
