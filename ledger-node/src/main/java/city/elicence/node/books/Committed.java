package city.elicence.node.books;

import city.elicence.node.state.State;
import city.elicence.node.txn.LedgerId;

/**
 * The world after some batch, all of it on disk. A reader takes one and sees nothing of later batches.
 *
 * @param lastTime the time of the last transaction, seconds since 1970
 */
public record Committed(State state, long poolSize, long domainSize, long configSize, long lastTime) {
    public long size(LedgerId ledger) {
        return switch (ledger) {
            case POOL -> poolSize;
            case DOMAIN -> domainSize;
            case CONFIG -> configSize;
        };
    }
}
