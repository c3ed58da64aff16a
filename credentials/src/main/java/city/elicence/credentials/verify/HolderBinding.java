package city.elicence.credentials.verify;

import city.elicence.credentials.jose.SoftwareKey;
import city.elicence.credentials.mdoc.SessionTranscript;
import org.jspecify.annotations.Nullable;

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

    /**
     * A mobile document, shown in one session (ISO/IEC 18013-5 §9.1.3): its transcript binds nonce, verifier and return
     * address.
     *
     * @param readerKey the reader's ephemeral key, where the device may prove itself by a MAC; else null
     */
    record Session(SessionTranscript transcript, @Nullable SoftwareKey readerKey) implements HolderBinding {}

    /** Nobody shows it: a wallet looks at what its issuer sent, and expects no key binding at all (RFC 9901 §7.2). */
    record DangerouslyNotChecked() implements HolderBinding {}
}
