package city.elicence.node.request;

/** A request that is not done, with the reason that the client is told. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    /** At which point it was refused: by its form and signatures, or by what is on the ledger. */
    public enum Stage {
        REQNACK,
        REJECT
    }

    private final Stage stage;

    private Refusal(Stage stage, String reason) {
        super(reason, null, false, false);
        this.stage = stage;
    }

    /** The request is malformed, oversize or not signed by whom it says. */
    public static Refusal invalid(String reason) {
        return new Refusal(Stage.REQNACK, "client request invalid: " + reason);
    }

    /** The request is well formed, but the ledger's rules or its content forbid it. */
    public static Refusal rejected(String reason) {
        return new Refusal(Stage.REJECT, "client request invalid: " + reason);
    }

    /** The request is fine and the node cannot serve it now. */
    public static Refusal unavailable(String reason) {
        return new Refusal(Stage.REJECT, "node cannot do this now: " + reason);
    }

    public Stage stage() {
        return stage;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
