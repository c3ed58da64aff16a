package city.elicence.ledger.memory;

import city.elicence.credentials.trust.Did;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.indy.Base58;
import city.elicence.ledger.indy.IndyLedger;
import city.elicence.ledger.indy.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;

/**
 * A ledger in memory, <strong>for tests only</strong>: it keeps the real one's rules on who may write what and that a DID is
 * published once, checks no signatures, and forgets all when the process ends. Faults are switched on by {@link #fault}.
 */
public final class MemoryLedger extends IndyLedger {

    private final MemoryWire wire;

    private MemoryLedger(Did authority, MemoryWire wire) {
        super(authority, wire);
        this.wire = wire;
    }

    /** An empty ledger on which only the authority is known. */
    public static MemoryLedger of(LedgerSigner authority, Clock clock) {
        MemoryWire wire = new MemoryWire(clock);
        wire.genesis(authority.did().base58(), authority.verkey());
        return new MemoryLedger(authority.did(), wire);
    }

    /** A signer whose key is made from a name and whose signatures are worthless; only this ledger takes them. */
    public static LedgerSigner signer(String namespace, String name) {
        byte[] digest = Sha256.of(name.getBytes(StandardCharsets.UTF_8));
        return new WorthlessSigner(Did.of(namespace, Base58.encode(Arrays.copyOf(digest, 16))), Base58.encode(digest));
    }

    /** The same ledger, opened by one who believes in another authority. */
    public MemoryLedger believing(Did other) {
        return new MemoryLedger(other, wire);
    }

    /** What goes wrong from now on. */
    public void fault(Fault fault) {
        wire.fault(fault);
    }

    private record WorthlessSigner(Did did, String verkey) implements LedgerSigner {
        @Override
        public byte[] sign(byte[] input) {
            return new byte[64];
        }
    }
}
