package city.elicence.ledger;

import city.elicence.credentials.trust.Did;
import city.elicence.credentials.trust.Nullifier;
import city.elicence.ledger.indy.Base58;
import city.elicence.ledger.indy.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A nullifier that has been taken. It does not say for what.
 *
 * @param nullifier which
 * @param by the party that took it
 * @param claimKey tells one claim of a party from another, see {@link #claimKey(Nullifier, Did, String)}
 * @param seqNo its transaction
 * @param at when
 */
public record NullifierRecord(Nullifier nullifier, Did by, String claimKey, long seqNo, Instant at) {

    /** What the ledger keeps of one taking: the length of a key. */
    public static final int LINE_BYTES = 32;

    /** What it was taken with: 32 bytes, a sealed line or the hash of a claim. */
    public byte[] line() {
        return Base58.decode(claimKey);
    }

    /** Whether it was taken by this claim of this party. */
    public boolean isClaim(Did party, String claim) {
        return by.equals(party) && claimKey.equals(claimKey(nullifier, party, claim));
    }

    /** The nullifier as an identifier on the ledger. */
    public static String idOf(Nullifier nullifier) {
        return Base58.encode(nullifier.toBytes());
    }

    /**
     * The verification key under which one claim registers a nullifier: a hash, for which nobody has a private key, so that the
     * registration can not be changed by anyone. It lets the party that got no answer see whether the registration it finds is its
     * own.
     */
    public static String claimKey(Nullifier nullifier, Did party, String claim) {
        String bound = "elicence-nullifier-claim-1|" + nullifier.hex() + '|' + party.value() + '|' + claim;
        return Base58.encode(Sha256.of(bound.getBytes(StandardCharsets.UTF_8)));
    }
}
