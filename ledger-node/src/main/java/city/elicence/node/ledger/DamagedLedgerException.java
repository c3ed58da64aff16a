package city.elicence.node.ledger;

import java.io.IOException;

/** The ledger on disk is not what was acknowledged. The node does not start; the text names the place and what to do. */
public final class DamagedLedgerException extends IOException {
    private static final long serialVersionUID = 1L;
    private final long offset;

    DamagedLedgerException(String file, long offset, String found) {
        super(file + ": byte " + offset + ": " + found
                + " Nothing was changed. Copy the data folder aside, restore the last"
                + " backup into a new folder, and compare the two with the verify command; a disk that flips bits should be"
                + " replaced first.");
        this.offset = offset;
    }

    public long offset() {
        return offset;
    }
}
