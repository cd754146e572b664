package tg.ecom.local.parts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The only address that parts listen on. */
final class Loopback {
    /** The address in digits: names may resolve to IPv6 first, where nobody listens. */
    static final String HOST = "127.0.0.1";

    private static final byte[] ADDRESS = {127, 0, 0, 1};
    private static final int BACKLOG = 1;

    private Loopback() {}

    /** The port itself, or a free one if it is 0. */
    static int choosePort(int port) {
        if (port != 0) {
            return port;
        }
        try (ServerSocket socket = new ServerSocket(0, BACKLOG, InetAddress.getByAddress(ADDRESS))) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new PartFailure("No free port could be found on 127.0.0.1.", failure);
        }
    }
}
