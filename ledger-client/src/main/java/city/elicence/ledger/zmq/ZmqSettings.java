package city.elicence.ledger.zmq;

import city.elicence.credentials.trust.Did;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How to read from a pool of nodes without libindy_vdr.
 *
 * @param genesis the pool's genesis transactions, one JSON object a line
 * @param authority the DID whose word counts on accreditations and types
 * @param answerWithin how long one node may take to answer before the next is asked
 * @param maxProofAge how old a signature over the ledger's root may be; the nodes of an idle pool sign again every five minutes
 */
public record ZmqSettings(Path genesis, Did authority, Duration answerWithin, Duration maxProofAge) {

    /** Limits that suit a pool in the same city. */
    public static ZmqSettings of(Path genesis, Did authority) {
        return new ZmqSettings(genesis, authority, Duration.ofSeconds(5), Duration.ofMinutes(7));
    }
}
