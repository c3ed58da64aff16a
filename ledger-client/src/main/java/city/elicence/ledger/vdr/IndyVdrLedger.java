package city.elicence.ledger.vdr;

import city.elicence.ledger.LedgerException;
import city.elicence.ledger.indy.IndyLedger;

/**
 * The ledger through libindy_vdr: the embedded node, or any Hyperledger Indy pool. Only the genesis file says which.
 *
 * <p>Close it before the process ends: the library must not be running when it is unloaded.
 */
public final class IndyVdrLedger extends IndyLedger {

    private final VdrPool pool;

    private IndyVdrLedger(VdrSettings settings, VdrPool pool) {
        super(settings.authority(), pool);
        this.pool = pool;
    }

    /**
     * Opens the pool. That no node answers now is no error: reads will say so, and the pool is refreshed until one does.
     *
     * @throws LedgerException when there is no library for this machine or no pool in the genesis file
     */
    public static IndyVdrLedger open(VdrSettings settings) throws LedgerException {
        return new IndyVdrLedger(settings, VdrPool.open(settings));
    }

    /** Whether the nodes answered when the list of them was last brought up to date. */
    public boolean isUpToDate() {
        return pool.isUpToDate();
    }
}
