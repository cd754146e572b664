package tg.ecom.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortsTest {
    /** Where Linux begins to take ports for outgoing connections; others begin higher. */
    private static final int OUTGOING = 32_768;

    @Test
    void portsOfOneCall_differ_andNoConnectionIsGivenThem() {
        List<Integer> ports = FreePorts.some(500);
        assertEquals(500, new HashSet<>(ports).size());
        assertTrue(ports.stream().allMatch(port -> port < OUTGOING), ports.toString());
    }

    @Test
    void portThatSomebodyListensOn_isNotGiven() throws IOException {
        int port = FreePorts.one();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            for (int i = 0; i < 20; i++) {
                assertTrue(FreePorts.some(500).stream().noneMatch(given -> given == taken.getLocalPort()));
            }
        }
    }
}
