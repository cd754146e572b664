package tg.ecom.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tg.ecom.client.FreePorts;

/**
 * The way to a server: a port of its own, whose connections can be cut amid a request. The server then goes on with it,
 * and commits, while the client asks again.
 */
final class ChaosNetwork implements AutoCloseable {
    private static final int BACKLOG = 50;

    /** A connection's two halves. */
    private record Link(Socket client, Socket server) {
        void cut() {
            close(client);
            close(server);
        }
    }

    private final int serverPort;
    private final ServerSocket listener;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();

    ChaosNetwork(int serverPort) {
        this.serverPort = serverPort;
        try {
            listener = new ServerSocket(FreePorts.one(), BACKLOG, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.startVirtualThread(this::accept);
    }

    /** Where to connect to. */
    int port() {
        return listener.getLocalPort();
    }

    /** Cuts one of the connections. @return whether there was one */
    boolean cutOne(Random random) {
        List<Link> all = List.copyOf(links);
        if (all.isEmpty()) {
            return false;
        }
        all.get(random.nextInt(all.size())).cut();
        return true;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        links.forEach(Link::cut);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Thread.startVirtualThread(() -> connect(client));
            }
        } catch (IOException closed) {
            // It was asked to.
        }
    }

    private void connect(Socket client) {
        try {
            Socket server = new Socket(InetAddress.ofLiteral("127.0.0.1"), serverPort);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Link link = new Link(client, server);
            links.add(link);
            Thread.startVirtualThread(() -> carry(server, client, link));
            carry(client, server, link);
        } catch (IOException unreachable) {
            close(client);
        }
    }

    private void carry(Socket from, Socket to, Link link) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // As it ends when either side does.
        }
        links.remove(link);
        link.cut();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
