package tg.ecom.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The ports of one run, all on 127.0.0.1. Those of the parts are chosen before anything starts, so that all can know
 * them.
 */
record Addresses(int gateway, int postgres, int dynamoDb, int queues, int objects) {
    static final String HOST = "127.0.0.1";
    private static final int PART_COUNT = 4;

    static Addresses choose(int gateway) {
        List<Integer> free = freePorts(PART_COUNT);
        return new Addresses(gateway, free.get(0), free.get(1), free.get(2), free.get(3));
    }

    String base() {
        return "http://" + HOST + ":" + gateway;
    }

    String aws() {
        return base() + "/_aws";
    }

    /** What the root template is given. */
    Map<String, String> parameters() {
        return Map.of(
                "Stage",
                "local",
                "PublicBaseUrl",
                base(),
                "DatabaseSslMode",
                "disable",
                "YasBaseUrl",
                base() + "/_operators/yas");
    }

    /** Ports that nobody listens on; all are held until the last is found, so that they differ. */
    static List<Integer> freePorts(int count) {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.ofLiteral(HOST)));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException none) {
            throw new UncheckedIOException("there is no free port", none);
        } finally {
            held.forEach(Addresses::close);
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
