/**
 * A reading client in Java alone, for where libindy_vdr does not run (phones, an auditor's machine). It believes no node: each answer
 * comes with a trie proof, or an audit path, to a root that the nodes of the genesis file have signed together.
 */
@org.jspecify.annotations.NullMarked
package city.elicence.ledger.zmq;
