package tg.ecom.benchmarks;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Stands between pgjdbc and PostgreSQL and counts round trips: each time the server is ready for the next, however many
 * statements it was sent at once. A BEGIN is not one, since the driver sends the next statement without waiting for its
 * answer. Connections are not encrypted.
 */
final class PostgresTap implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int COMMAND_COMPLETE = 'C';
    private static final int READY_FOR_QUERY = 'Z';
    private static final byte[] BEGIN = "BEGIN\0".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH_BYTES = 4;
    private static final int BUFFER_BYTES = 65_536;

    private final ServerSocket door;
    private final int server;
    private final Runnable onLogIn;
    private final Runnable onRoundTrip;

    private PostgresTap(ServerSocket door, int server, Runnable onLogIn, Runnable onRoundTrip) {
        this.door = door;
        this.server = server;
        this.onLogIn = onLogIn;
        this.onRoundTrip = onRoundTrip;
    }

    /**
     * Starts one.
     *
     * @param server the port of PostgreSQL on 127.0.0.1
     * @param onLogIn called when a connection is ready for the first time
     * @param onRoundTrip called each time after that, before the client learns of it
     */
    static PostgresTap start(int server, Runnable onLogIn, Runnable onRoundTrip) {
        try {
            ServerSocket door = new ServerSocket(0, 0, InetAddress.ofLiteral(HOST));
            PostgresTap tap = new PostgresTap(door, server, onLogIn, onRoundTrip);
            Thread.ofVirtual().name("postgres-tap").start(tap::accept);
            return tap;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where clients connect, on 127.0.0.1. */
    int port() {
        return door.getLocalPort();
    }

    /** Takes no more connections; those that are open stay until one side ends. */
    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Thread.ofVirtual().name("postgres-tap-connection").start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket upstream = new Socket(InetAddress.ofLiteral(HOST), server)) {
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            Thread.ofVirtual().name("postgres-tap-requests").start(() -> passOn(client, upstream));
            answer(upstream, client);
        } catch (IOException ended) {
            // Either side went; both sockets are closed, which the other side sees.
        }
    }

    private static void passOn(Socket client, Socket upstream) {
        try (client;
                upstream) {
            InputStream requests = client.getInputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = requests.read(buffer); read >= 0; read = requests.read(buffer)) {
                upstream.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException ended) {
            // As above.
        }
    }

    private void answer(Socket upstream, Socket client) throws IOException {
        DataInputStream answers = new DataInputStream(new BufferedInputStream(upstream.getInputStream(), BUFFER_BYTES));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(client.getOutputStream(), BUFFER_BYTES));
        boolean isLoggedIn = false;
        boolean isBegun = false;
        for (int type = answers.read(); type >= 0; type = answers.read()) {
            int length = answers.readInt();
            out.writeByte(type);
            out.writeInt(length);
            byte[] content = answers.readNBytes(length - LENGTH_BYTES);
            out.write(content);
            if (type == COMMAND_COMPLETE) {
                isBegun = Arrays.equals(content, BEGIN);
            } else if (type == READY_FOR_QUERY && !isLoggedIn) {
                onLogIn.run();
                isLoggedIn = true;
            } else if (type == READY_FOR_QUERY && !isBegun) {
                onRoundTrip.run();
            }
            if (answers.available() == 0) {
                out.flush();
            }
        }
    }
}
