package city.elicence.ledger.zmq;

import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerException.Reason;
import city.elicence.ledger.indy.IndyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;

/** Reads the ledger in Java alone and checks its proofs itself. The nodes are those of the genesis file, and those that joined or moved since. */
public final class ZmqLedgerReader extends IndyReader {

    private ZmqLedgerReader(ZmqSettings settings, ProvenQueries queries) {
        super(settings.authority(), queries);
    }

    /** Reads the genesis file; nothing goes over the network yet. */
    public static ZmqLedgerReader open(ZmqSettings settings, Clock clock) throws LedgerException {
        try {
            GenesisPool pool = GenesisPool.read(Files.readAllLines(settings.genesis()));
            return new ZmqLedgerReader(settings, new ProvenQueries(pool, settings, clock));
        } catch (IOException | IllegalArgumentException e) {
            throw new LedgerException(Reason.UNUSABLE, "the genesis file names no usable pool", e);
        }
    }
}
