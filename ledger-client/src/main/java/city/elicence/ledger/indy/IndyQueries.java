package city.elicence.ledger.indy;

import city.elicence.credentials.json.Fields;
import city.elicence.ledger.LedgerException;
import org.jspecify.annotations.Nullable;

/** The three questions that everything of ours is read with. An answer is the {@code result} of the ledger's reply. */
public interface IndyQueries extends AutoCloseable {

    /** GET_NYM. */
    Fields nym(String dest) throws LedgerException;

    /** GET_ATTRIB, as the attribute is now or, when {@code asOf} is given, as it was after that transaction. */
    Fields attribute(String dest, String name, @Nullable Integer asOf) throws LedgerException;

    /** GET_SCHEMA. */
    Fields schema(String author, String name, String version) throws LedgerException;

    /** GET_TXN on the domain ledger. */
    Fields transaction(int seqNo) throws LedgerException;

    @Override
    void close();
}
