package city.elicence.issuer.refusal;

import java.util.List;

/**
 * Why a step says no. Each text says what was expected and what was found, in the characters that RFC 6749 §5.2 allows for
 * {@code error_description}, and never a claim's value, a token or a key.
 */
public sealed interface Problem {
    /** What to tell whoever wrote the client. */
    String text();

    /** At the pushed-request, authorization or token endpoint (RFC 6749 §5.2, RFC 9126 §2.3, RFC 9449 §5). */
    record Grant(GrantCode code, String text) implements Problem {
        /** The standard's codes. */
        public enum GrantCode {
            INVALID_REQUEST,
            INVALID_GRANT,
            INVALID_CLIENT,
            INVALID_SCOPE,
            INVALID_AUTHORIZATION_DETAILS,
            UNAUTHORIZED_CLIENT,
            UNSUPPORTED_GRANT_TYPE,
            UNSUPPORTED_RESPONSE_TYPE,
            INVALID_DPOP_PROOF,
            USE_DPOP_NONCE,
            USE_ATTESTATION_CHALLENGE,
            ACCESS_DENIED
        }
    }

    /** An access token that does not let its bearer in (RFC 6750 §3.1, RFC 9449 §7.1). */
    record Access(AccessCode code, boolean dpop, String text) implements Problem {
        /** The standard's codes; {@code MISSING} has none on the wire. */
        public enum AccessCode {
            MISSING,
            INVALID_REQUEST,
            INVALID_TOKEN,
            INSUFFICIENT_SCOPE,
            INVALID_DPOP_PROOF,
            USE_DPOP_NONCE
        }
    }

    /** A credential, deferred or notification request (OpenID4VCI 1.0 §8.3.1.2, §9.3, §11.3). */
    record Credential(CredentialCode code, String text) implements Problem {
        /** The standard's codes. */
        public enum CredentialCode {
            INVALID_CREDENTIAL_REQUEST,
            UNKNOWN_CREDENTIAL_CONFIGURATION,
            UNKNOWN_CREDENTIAL_IDENTIFIER,
            INVALID_PROOF,
            INVALID_NONCE,
            INVALID_ENCRYPTION_PARAMETERS,
            CREDENTIAL_REQUEST_DENIED,
            INVALID_TRANSACTION_ID,
            INVALID_NOTIFICATION_ID,
            INVALID_NOTIFICATION_REQUEST
        }
    }

    /** At the clerk's desk, or on a public address of our own. */
    record Desk(DeskCode code, String text, List<Field> fields) implements Problem {
        /** Our own codes. */
        public enum DeskCode {
            INVALID_REQUEST,
            INVALID_CLAIMS,
            NOT_FOUND,
            NOT_YET_ANCHORED,
            NOT_ACCREDITED,
            WRONG_STATE,
            SECOND_PERSON_NEEDED,
            VERIFIER_UNREACHABLE
        }

        public Desk {
            fields = List.copyOf(fields);
        }

        public Desk(DeskCode code, String text) {
            this(code, text, List.of());
        }
    }

    /** Something wrong with one field of a form; neither sentence holds the value. */
    record Field(String path, String code, String zh, String en, boolean warning) {}
}
