package city.elicence.issuer.standing;

import city.elicence.credentials.status.StatusList;

/** What a licence is worth. */
public enum LicenceState {
    VALID(StatusList.VALID),
    SUSPENDED(StatusList.SUSPENDED),
    REVOKED(StatusList.INVALID);

    private final int code;

    LicenceState(int code) {
        this.code = code;
    }

    /** Its value in a status list (Token Status List §7.1). */
    int code() {
        return code;
    }
}
