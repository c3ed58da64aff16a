package city.elicence.ledger.indy;

import city.elicence.ledger.LedgerRole;
import java.util.Set;

/** The four transactions that everything of ours is written with. */
public sealed interface IndyWrite {

    /** Publishes or changes a DID. */
    record Nym(String dest, String verkey, LedgerRole role) implements IndyWrite {}

    /**
     * Sets what a DID's owner adds to its document; changes nothing else of the DID.
     *
     * @param content {@code diddocContent} of the did:indy method
     */
    record Document(String dest, String content) implements IndyWrite {}

    /**
     * Sets an attribute of a DID.
     *
     * @param name under which it is read
     * @param raw JSON object with one member, named like the attribute
     */
    record Attrib(String dest, String name, String raw) implements IndyWrite {}

    /** Names the claims of a version of a type. */
    record Schema(String name, String version, Set<String> claims) implements IndyWrite {
        public Schema {
            claims = Set.copyOf(claims);
        }
    }
}
