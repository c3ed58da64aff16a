package city.elicence.ledger.vdr;

import city.elicence.credentials.json.Fields;
import city.elicence.credentials.json.Json;
import city.elicence.credentials.json.JsonException;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerException.Reason;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.WriteOutcome;
import city.elicence.ledger.indy.IndyWire;
import city.elicence.ledger.indy.IndyWrite;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open pool of libindy_vdr and the requests on it. */
final class VdrPool implements IndyWire {

    private static final Logger LOG = LoggerFactory.getLogger(VdrPool.class);

    /** The ledger of DIDs and attributes, among an Indy pool's ledgers. */
    private static final int DOMAIN_LEDGER = 1;

    /**
     * The library opens a new encrypted connection after so many requests or seconds; its defaults of 10 and 5 cost a factor
     * of ten in throughput. Not unbounded, since it keeps the ids of a connection's requests.
     */
    private static final int REQUESTS_PER_CONNECTION = 10_000;

    private static final Duration CONNECTION_LIFE = Duration.ofMinutes(10);

    /** A pool that no node answered for is asked again soon. */
    private static final Duration RETRY_REFRESH = Duration.ofSeconds(3);

    private static final Object CONFIGURING = new Object();

    private final IndyVdr vdr;
    private final long handle;
    private final Duration patience;
    private final Thread refresher;
    // Requests hold the reading side: a pool must not be closed while one is being handed to it.
    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();
    private volatile boolean closed;
    private volatile boolean upToDate;

    private VdrPool(IndyVdr vdr, long handle, VdrSettings settings) {
        this.vdr = vdr;
        this.handle = handle;
        // The library's own limits come first; this one holds even if it forgets to call back.
        this.patience = settings.answerWithin().plusSeconds(5);
        this.refresher =
                Thread.ofVirtual().name("ledger-refresh").unstarted(() -> keepUpToDate(settings.refreshEvery()));
    }

    static VdrPool open(VdrSettings settings) throws LedgerException {
        if (!Files.isReadable(settings.genesis())) {
            throw new LedgerException(Reason.UNUSABLE, "there is no genesis file at " + settings.genesis());
        }
        IndyVdr vdr = IndyVdr.load(VdrLibrary.find());
        try {
            long handle;
            // The settings are global to the library and read when a pool is made.
            synchronized (CONFIGURING) {
                vdr.configure(configuration(settings));
                handle = vdr.createPool(Json.write(
                        Map.of("transactions_path", settings.genesis().toString())));
            }
            VdrPool pool = new VdrPool(vdr, handle, settings);
            pool.refresh();
            pool.refresher.start();
            return pool;
        } catch (VdrException e) {
            throw new LedgerException(Reason.UNUSABLE, "the genesis file names no usable pool", e);
        }
    }

    private static String configuration(VdrSettings settings) {
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("ack_timeout", settings.acknowledgeWithin().toSeconds());
        configuration.put("reply_timeout", settings.answerWithin().toSeconds());
        configuration.put("conn_request_limit", REQUESTS_PER_CONNECTION);
        configuration.put("conn_active_timeout", CONNECTION_LIFE.toSeconds());
        return Json.write(configuration);
    }

    boolean isUpToDate() {
        return upToDate;
    }

    @Override
    public String sign(IndyWrite write, LedgerSigner by) throws LedgerException {
        try {
            long request = request(write, by.did().base58());
            try {
                vdr.setSignature(request, by.sign(vdr.signatureInput(request)));
                return vdr.body(request);
            } finally {
                vdr.free(request);
            }
        } catch (VdrException e) {
            throw new LedgerException(Reason.REFUSED, "not a request that the library would build", e);
        }
    }

    private long request(IndyWrite write, String submitter) throws VdrException {
        return switch (write) {
            case IndyWrite.Nym nym ->
                vdr.nym(submitter, nym.dest(), nym.verkey(), nym.role().code().orElse(null));
            case IndyWrite.Document document -> vdr.document(submitter, document.dest(), document.content());
            case IndyWrite.Attrib attrib -> vdr.attrib(submitter, attrib.dest(), attrib.raw());
            case IndyWrite.Schema schema -> vdr.schema(submitter, schema(schema, submitter));
        };
    }

    private static String schema(IndyWrite.Schema schema, String submitter) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ver", "1.0");
        json.put("id", schemaId(submitter, schema.name(), schema.version()));
        json.put("name", schema.name());
        json.put("version", schema.version());
        json.put("attrNames", schema.claims().stream().sorted().toList());
        return Json.write(json);
    }

    private static String schemaId(String author, String name, String version) {
        return author + ":2:" + name + ':' + version;
    }

    @Override
    public WriteOutcome send(String signedRequest) {
        try {
            Fields result = answer(() -> vdr.custom(signedRequest));
            Fields metadata = result.fields("txnMetadata");
            return new WriteOutcome.Done(
                    metadata.longValue("seqNo"), Instant.ofEpochSecond(metadata.longValue("txnTime")));
        } catch (LedgerException e) {
            String reason = String.valueOf(e.getMessage());
            return e.reason() == Reason.REFUSED ? new WriteOutcome.Refused(reason) : new WriteOutcome.Unknown(reason);
        } catch (JsonException e) {
            return new WriteOutcome.Unknown("the answer to a write makes no sense: " + e.getMessage());
        }
    }

    @Override
    public Fields nym(String dest) throws LedgerException {
        return read(() -> vdr.getNym(dest));
    }

    @Override
    public Fields attribute(String dest, String name, @Nullable Integer asOf) throws LedgerException {
        return read(() -> vdr.getAttrib(dest, name, asOf));
    }

    @Override
    public Fields schema(String author, String name, String version) throws LedgerException {
        return read(() -> vdr.getSchema(schemaId(author, name, version)));
    }

    @Override
    public Fields transaction(int seqNo) throws LedgerException {
        return read(() -> vdr.getTxn(DOMAIN_LEDGER, seqNo));
    }

    /**
     * Asks again while there is time: the library asks two nodes of a pool, and gives up early ("interrupted") when one of them is dead.
     * Reading twice changes nothing.
     */
    private Fields read(Building building) throws LedgerException {
        long deadline = System.nanoTime() + patience.toNanos() / 2;
        while (true) {
            try {
                return answer(building);
            } catch (LedgerException e) {
                if (e.reason() != Reason.UNREACHABLE
                        || System.nanoTime() > deadline
                        || Thread.currentThread().isInterrupted()
                        || closed) {
                    throw e;
                }
                LOG.debug("asking again: {}", e.getMessage());
            }
        }
    }

    private Fields answer(Building building) throws LedgerException {
        CompletableFuture<String> answer;
        open.readLock().lock();
        try {
            if (closed) {
                throw new LedgerException(Reason.UNREACHABLE, "the pool is closed");
            }
            answer = vdr.submit(handle, building.request());
        } catch (VdrException e) {
            throw new LedgerException(Reason.REFUSED, "not a request that the library would build", e);
        } finally {
            open.readLock().unlock();
        }
        try {
            return Fields.parse(await(answer)).fields("result");
        } catch (JsonException e) {
            throw new LedgerException(Reason.NOT_TRUSTWORTHY, "the answer makes no sense: " + e.getMessage(), e);
        }
    }

    private String await(CompletableFuture<String> answer) throws LedgerException {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw new LedgerException(Reason.UNREACHABLE, "no answer within " + patience, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerException(Reason.UNREACHABLE, "interrupted while waiting", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof VdrException failure && failure.code() == VdrException.POOL_REQUEST_FAILED) {
                throw new LedgerException(Reason.REFUSED, String.valueOf(failure.getMessage()), e);
            }
            throw new LedgerException(Reason.UNREACHABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private void keepUpToDate(Duration every) {
        try {
            while (true) {
                Thread.sleep(upToDate ? every : RETRY_REFRESH);
                refresh();
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer refreshing: the pool is being closed");
        }
    }

    private void refresh() {
        CompletableFuture<String> done;
        open.readLock().lock();
        try {
            if (closed) {
                return;
            }
            done = vdr.refresh(handle);
        } finally {
            open.readLock().unlock();
        }
        try {
            await(done);
            upToDate = true;
        } catch (LedgerException e) {
            // Not fatal: the nodes of the genesis file are asked all the same.
            LOG.warn("the pool's list of nodes could not be brought up to date: {}", e.getMessage());
            upToDate = false;
        }
    }

    @Override
    public void close() {
        open.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            refresher.interrupt();
            vdr.closePool(handle);
        } catch (VdrException e) {
            LOG.warn("closing the pool: {}", e.getMessage());
        } finally {
            open.writeLock().unlock();
        }
    }

    private interface Building {
        long request() throws VdrException;
    }
}
