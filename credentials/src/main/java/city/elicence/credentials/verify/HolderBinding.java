package city.elicence.credentials.verify;

/** What the verifier expects of the holder's signature. */
public sealed interface HolderBinding {
    /** The audience of a presentation without network (a code that any verifier may scan). */
    String OFFLINE_AUDIENCE = "urn:elicence:offline";

    /** The answer to a request: its nonce, and the verifier's client identifier as audience. */
    record Online(String nonce, String audience) implements HolderBinding {
        public Online {
            if (nonce.isEmpty() || audience.isEmpty()) {
                throw new IllegalArgumentException("expected a nonce and an audience");
            }
        }
    }

    /** A rotating code: the nonce is the holder's own, the age is short, and each is good once. */
    record Offline() implements HolderBinding {}

    /** Nobody shows it: a wallet looks at what its issuer sent, and expects no key binding at all (RFC 9901 §7.2). */
    record DangerouslyNotChecked() implements HolderBinding {}
}
