package city.elicence.ledger.indy;

import city.elicence.ledger.LedgerException;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.WriteOutcome;

/** What carries Indy requests to a ledger and its answers back. */
public interface IndyWire extends IndyQueries {

    /** A request ready to be sent, with its number and signature: sent twice it is still one request. */
    String sign(IndyWrite write, LedgerSigner by) throws LedgerException;

    /** Sends a signed request and waits for its outcome, at most as long as the wire's limits say. Never throws. */
    WriteOutcome send(String signedRequest);
}
