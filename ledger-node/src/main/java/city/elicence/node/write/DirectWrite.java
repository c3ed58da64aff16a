package city.elicence.node.write;

import city.elicence.node.books.Books;
import city.elicence.node.request.Refusal;
import city.elicence.node.request.Request;
import city.elicence.node.request.Signatures;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;

/** A write by the node's own operator while nobody is served yet: checked like any other, and on disk when it returns. */
public final class DirectWrite {
    private DirectWrite() {}

    public static void write(Books books, Request request, Clock clock) throws IOException {
        long time = Math.max(clock.instant().getEpochSecond(), books.committed().lastTime());
        try {
            WriteLane.checkForm(request);
            Map<String, String> keys =
                    Signatures.checkWrite(request, books.committed().state());
            Batch batch = new Batch(books, time);
            if (batch.add(new WriteLane.Pending(request, keys, outcome -> {})) instanceof Outcome.Refused refused) {
                throw refused.refusal();
            }
            books.commit(batch.entries(), batch.state(), time);
        } catch (Refusal refusal) {
            throw new IOException("the node's own request was refused: " + refusal.reason(), refusal);
        }
    }
}
