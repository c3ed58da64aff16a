package city.elicence.node.wire;

import java.util.Arrays;

/** Where a reply goes: the routing id of a connection. It says nothing about who is at its other end. */
public final class ClientAddress {
    private final byte[] routingId;

    ClientAddress(byte[] routingId) {
        this.routingId = routingId;
    }

    byte[] routingId() {
        return routingId;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientAddress that && Arrays.equals(routingId, that.routingId);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(routingId);
    }
}
