package city.elicence.node.read;

import city.elicence.node.books.Committed;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import java.io.IOException;
import java.util.Map;

/** One type of read. */
interface ReadKind {
    /** The result, without what all results have (type, identifier, reqId and the operation's own fields). */
    Map<String, Object> result(Request request, Committed world) throws Refusal, IOException;
}
