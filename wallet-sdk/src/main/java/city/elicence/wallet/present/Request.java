package city.elicence.wallet.present;

/** A verified request; made only by reading one. */
public final class Request {
    Request() {}
}
