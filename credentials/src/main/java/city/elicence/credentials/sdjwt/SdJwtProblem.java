package city.elicence.credentials.sdjwt;

/** Why an SD-JWT is rejected: one constant for each rule of RFC 9901 that can be broken. */
public enum SdJwtProblem {
    /** §4: not of the form JWT~disclosure~…~[KB-JWT], or beyond the limits. */
    MALFORMED,
    /** §4.1.1, §7.1 step 2: {@code _sd_alg} names no hash algorithm that is accepted. */
    HASH_ALGORITHM_NOT_ACCEPTED,
    /** §4.1 rule 7: {@code _sd} or {@code ...} stands where it conveys no digest, or {@code _sd_alg} below the top level. */
    RESERVED_NAME_MISUSED,
    /** §7.1 step 3: a disclosure is not an array of salt, name, value (object property) or salt, value (array element). */
    DISCLOSURE_MALFORMED,
    /** §7.1 step 3.3.2.2: a disclosure names its claim {@code _sd} or {@code ...}. */
    DISCLOSURE_OF_RESERVED_NAME,
    /** §7.1 step 3.3.2.3: a disclosed claim stands already at that level. */
    CLAIM_EXISTS_ALREADY,
    /** §7.1 step 4: a digest is encountered more than once. */
    DIGEST_REPEATED,
    /** §7.1 step 5: a disclosure is referenced by no digest: altered, or of another credential, or sent twice. */
    DISCLOSURE_NOT_REFERENCED,
    /** §7.2: a holder received an SD-JWT+KB from an issuer. */
    KEY_BINDING_UNEXPECTED,
    /** §4.3: the key binding JWT lacks a required element or has the wrong type. */
    KEY_BINDING_MALFORMED,
    /** SD-JWT VC §2.2.2: a claim that every verifier must see is only disclosed, or is missing. */
    PROTECTED_CLAIM,
    /** SD-JWT VC §2.2: not an SD-JWT VC: wrong {@code typ}, no {@code vct}, or a registered claim of the wrong form. */
    NOT_A_CREDENTIAL
}
