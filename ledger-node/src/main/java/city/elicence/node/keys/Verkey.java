package city.elicence.node.keys;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 verification key as a ledger has it: whole, or abbreviated ("~" and the half that the DID does not hold). */
public final class Verkey {
    private final byte[] point;

    private Verkey(byte[] point) {
        this.point = point;
    }

    /** Empty when the text is no key: base58 of 32 bytes, or "~" and base58 of the 16 that follow those of the DID. */
    public static Optional<Verkey> of(String did, String verkey) {
        if (!verkey.startsWith("~")) {
            return Base58.decode(verkey, 32).map(Verkey::new);
        }
        Optional<byte[]> first = Base58.decode(did, 16);
        Optional<byte[]> second = Base58.decode(verkey.substring(1), 16);
        if (first.isEmpty() || second.isEmpty()) {
            return Optional.empty();
        }
        byte[] point = Arrays.copyOf(first.get(), 32);
        System.arraycopy(second.get(), 0, point, 16, 16);
        return Optional.of(new Verkey(point));
    }

    public boolean signed(byte[] message, String signature) {
        return Base58.decode(signature, Ed25519.SIGNATURE_SIZE)
                .map(bytes -> Ed25519.verify(bytes, 0, point, 0, message, 0, message.length))
                .orElse(false);
    }
}
