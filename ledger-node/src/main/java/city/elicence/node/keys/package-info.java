/** Keys, DIDs and how Indy writes them: Ed25519, the CURVE key derived from it, base58. */
@NullMarked
package city.elicence.node.keys;

import org.jspecify.annotations.NullMarked;
