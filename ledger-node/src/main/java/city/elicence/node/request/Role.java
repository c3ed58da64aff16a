package city.elicence.node.request;

import java.util.Optional;

/** Indy's roles by their numbers on the ledger. A DID without a role is an identity owner. */
public enum Role {
    TRUSTEE("0"),
    STEWARD("2"),
    ENDORSER("101"),
    NETWORK_MONITOR("201");

    private final String number;

    Role(String number) {
        this.number = number;
    }

    public String number() {
        return number;
    }

    public static Optional<Role> of(String number) {
        for (Role role : values()) {
            if (role.number.equals(number)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /** For texts: a role's name, or that of having none. */
    static String name(Optional<String> number) {
        return number.flatMap(Role::of).map(Role::name).orElse("IDENTITY_OWNER");
    }
}
