package city.elicence.credentials.dcql;

/** Why a credential does not answer a query, or an answer not a request: the first reason in this order. */
public enum Mismatch {
    /** There is none at all. */
    ABSENT,
    /** The response names a credential query that the request did not have. */
    UNKNOWN_ID,
    /** More than one where {@code multiple} was not set. */
    TOO_MANY,
    /** Another credential format. */
    FORMAT,
    /** Another type. */
    TYPE,
    /** None of the trusted authorities. */
    AUTHORITY,
    /** No key of the holder. */
    HOLDER_BINDING,
    /** A claim is missing, or has not one of the values asked for. */
    CLAIMS,
    /** No option of a required credential set is complete. */
    CREDENTIAL_SET
}
