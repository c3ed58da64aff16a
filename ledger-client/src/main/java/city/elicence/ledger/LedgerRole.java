package city.elicence.ledger;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a DID may write for others, in the numbers of an Indy ledger. */
public enum LedgerRole {
    /** The authority: may publish any DID and give any role. */
    TRUSTEE("0"),
    /** Runs a node. */
    STEWARD("2"),
    /** A party that may publish DIDs without a role, which is what a nullifier is. */
    ENDORSER("101"),
    /** May read a node's state of health. */
    NETWORK_MONITOR("201"),
    /** May write about itself only. */
    NONE(null);

    private final @Nullable String code;

    LedgerRole(@Nullable String code) {
        this.code = code;
    }

    /** The number on the wire; nothing for {@link #NONE}. */
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }

    /** The role with this number; null is {@link #NONE}, and so is a number that is not known here. */
    public static LedgerRole ofCode(@Nullable String code) {
        for (LedgerRole role : values()) {
            if (role.code != null && role.code.equals(code)) {
                return role;
            }
        }
        return NONE;
    }
}
