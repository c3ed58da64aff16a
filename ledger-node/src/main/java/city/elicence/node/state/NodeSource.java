package city.elicence.node.state;

/** Where nodes that are not in memory are read from. */
interface NodeSource {
    /** The node at that place, checked against its reference. */
    TrieNode load(TrieNode.Stored place);
}
