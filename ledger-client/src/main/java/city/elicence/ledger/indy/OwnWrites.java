package city.elicence.ledger.indy;

import city.elicence.credentials.json.Fields;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerException.Reason;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Questions whose answers know at least what this client has written itself. A node of a pool may be a moment behind the others and prove
 * an answer that is already old; who changes what it read so would undo its own last change.
 */
final class OwnWrites implements IndyQueries {
    private static final int MAX_REMEMBERED = 10_000;
    private static final Duration CATCH_UP = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 50;

    private final IndyQueries queries;
    private final Map<String, Long> written = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };
    private long last;

    OwnWrites(IndyQueries queries) {
        this.queries = queries;
    }

    synchronized void note(IndyWrite write, String author, long seqNo) {
        String key = switch (write) {
            case IndyWrite.Nym nym -> nymKey(nym.dest());
            case IndyWrite.Document document -> nymKey(document.dest());
            case IndyWrite.Attrib attrib -> attributeKey(attrib.dest(), attrib.name());
            case IndyWrite.Schema schema -> schemaKey(author, schema.name(), schema.version());
        };
        written.merge(key, seqNo, Math::max);
        last = Math.max(last, seqNo);
    }

    private synchronized long written(String key) {
        return written.getOrDefault(key, 0L);
    }

    private synchronized long last() {
        return last;
    }

    @Override
    public Fields nym(String dest) throws LedgerException {
        long atLeast = written(nymKey(dest));
        return newest(() -> queries.nym(dest), result -> seqNo(result) >= atLeast);
    }

    @Override
    public Fields attribute(String dest, String name, @Nullable Integer asOf) throws LedgerException {
        long atLeast = asOf == null ? written(attributeKey(dest, name)) : 0;
        return newest(() -> queries.attribute(dest, name, asOf), result -> seqNo(result) >= atLeast);
    }

    @Override
    public Fields schema(String author, String name, String version) throws LedgerException {
        long atLeast = written(schemaKey(author, name, version));
        return newest(() -> queries.schema(author, name, version), result -> seqNo(result) >= atLeast);
    }

    @Override
    public Fields transaction(int seqNo) throws LedgerException {
        long atLeast = last();
        return newest(
                () -> queries.transaction(seqNo),
                result -> seqNo > atLeast
                        || (result.map().get("data") instanceof Map<?, ?> data
                                && data.get("ledgerSize") instanceof Number size
                                && size.longValue() >= atLeast));
    }

    private static long seqNo(Fields result) {
        return result.map().get("seqNo") instanceof Number number ? number.longValue() : 0;
    }

    private static Fields newest(Question question, Check isNew) throws LedgerException {
        long deadline = System.nanoTime() + CATCH_UP.toNanos();
        while (true) {
            Fields result = question.ask();
            if (isNew.holds(result)) {
                return result;
            }
            if (System.nanoTime() > deadline) {
                throw new LedgerException(Reason.UNREACHABLE, "the nodes that answer do not know yet what was written");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LedgerException(Reason.UNREACHABLE, "interrupted while waiting", e);
            }
        }
    }

    private static String nymKey(String dest) {
        return "nym " + dest;
    }

    private static String attributeKey(String dest, String name) {
        return "attribute " + dest + ' ' + name;
    }

    private static String schemaKey(String author, String name, String version) {
        return "schema " + author + ' ' + name + ' ' + version;
    }

    @Override
    public void close() {
        queries.close();
    }

    private interface Question {
        Fields ask() throws LedgerException;
    }

    private interface Check {
        boolean holds(Fields result);
    }
}
