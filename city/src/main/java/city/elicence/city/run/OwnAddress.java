package city.elicence.city.run;

import city.elicence.web.DoorSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.List;

/** The address of this machine by which a phone in the same network reaches the city. */
public final class OwnAddress {
    private OwnAddress() {}

    /**
     * Takes an address that the city can be bound to.
     *
     * @return the address, as it is written in links, issuer identifiers and certificates
     * @throws IllegalArgumentException saying what was expected, and which addresses there are
     */
    public static String of(String text, boolean tls) {
        if (text.equals(DoorSettings.LOOPBACK)) {
            return text;
        }
        if (!text.matches("[0-9.]{7,15}")) {
            throw new IllegalArgumentException(
                    "--host: expected an IPv4 address of this machine, such as " + example());
        }
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("--host: " + text + " is no IPv4 address", malformed);
        }
        if (!address.getHostAddress().equals(text) || address.isAnyLocalAddress() || !isThisMachines(address)) {
            throw new IllegalArgumentException(
                    "--host: " + text + " is no address of this machine; it has " + String.join(", ", known()));
        }
        if (!tls) {
            throw new IllegalArgumentException(
                    "--host needs --tls: a phone speaks plain HTTP to nobody but itself, and neither should a browser here");
        }
        return text;
    }

    private static boolean isThisMachines(InetAddress address) {
        if (address.isMulticastAddress()) {
            return false;
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(address, 0));
            return true;
        } catch (IOException another) {
            return false;
        }
    }

    private static String example() {
        return known().stream()
                .filter(address -> !address.equals(DoorSettings.LOOPBACK))
                .findFirst()
                .orElse(DoorSettings.LOOPBACK);
    }

    private static List<String> known() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getHostAddress)
                    .filter(address -> !address.contains(":"))
                    .toList();
        } catch (SocketException unknown) {
            return List.of(DoorSettings.LOOPBACK);
        }
    }
}
