package city.elicence.city.observe;

import city.elicence.credentials.trust.Did;
import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.LedgerTransaction;
import city.elicence.ledger.zmq.ZmqLedgerReader;
import city.elicence.ledger.zmq.ZmqSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** A ledger as its genesis file alone opens it: who the authority is stands in its first transaction. */
final class Ledgers {
    /** Twice this, and a ledger that does not answer is an alarm. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    private Ledgers() {}

    /** Opens it by the first trustee's word; the namespace is only a name for its DIDs. */
    static ZmqLedgerReader open(Path genesis, String namespace, Clock clock) throws LedgerException {
        Did nobody = Did.of(namespace, "1111111111111111111111");
        try (ZmqLedgerReader reader = ZmqLedgerReader.open(settings(genesis, nobody), clock)) {
            for (long seqNo = 1; ; seqNo++) {
                LedgerTransaction first = reader.transaction(seqNo)
                        .orElseThrow(() -> new LedgerException(
                                LedgerException.Reason.NOT_TRUSTWORTHY, "the ledger begins without a trustee"));
                if (isTrustee(first.data())) {
                    Did authority =
                            Did.of(namespace, String.valueOf(first.data().get("dest")));
                    return ZmqLedgerReader.open(settings(genesis, authority), clock);
                }
            }
        }
    }

    private static ZmqSettings settings(Path genesis, Did authority) {
        return new ZmqSettings(
                genesis,
                authority,
                ANSWER_WITHIN,
                ZmqSettings.of(genesis, authority).maxProofAge());
    }

    private static boolean isTrustee(Map<String, Object> data) {
        return data.get("role") instanceof String role && LedgerRole.ofCode(role) == LedgerRole.TRUSTEE;
    }
}
