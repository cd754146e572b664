package tg.ecom.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of 127.0.0.1 for servers that are told where to listen before they start.
 *
 * <p>The system's own choice, a bind to port 0, comes from the range of outgoing connections: between the choice and
 * the server's start any connection of any program may be given the same port. These come from below that range, which
 * begins at 32768 on Linux and at 49152 elsewhere (RFC 6335, section 6), so that only another server can be there.
 */
public final class FreePorts {
    private static final int MIN = 20_000;
    private static final int END = 32_768;
    private static final int TRIES_MAX = 1_000;
    private static final int BACKLOG = 1;

    private FreePorts() {}

    /** A port that nobody listens on. */
    public static int one() {
        return some(1).getFirst();
    }

    /** So many ports that nobody listens on; all are held until the last is found, so that they differ. */
    public static List<Integer> some(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int tries = 0; held.size() < count; tries++) {
                if (tries == TRIES_MAX) {
                    throw new ClientException("No free port was found on 127.0.0.1 from " + MIN + " to " + (END - 1));
                }
                hold(ThreadLocalRandom.current().nextInt(MIN, END), held);
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            held.forEach(FreePorts::close);
        }
    }

    private static void hold(int port, List<ServerSocket> held) {
        try {
            held.add(new ServerSocket(port, BACKLOG, InetAddress.ofLiteral("127.0.0.1")));
        } catch (IOException taken) {
            // The next try is another port.
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            throw new UncheckedIOException(alreadyGone);
        }
    }
}
