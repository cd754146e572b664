package tg.ecom.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine whose launcher only notes that it was called, and whose answers come from here. */
class MachineTest {
    private static final int OK = 200;
    private static final int NOT_YET = 503;
    private static final int NONE = -1;

    @TempDir
    Path directory;

    private final AtomicBoolean secondDied = new AtomicBoolean();
    private Path starts;
    private HttpServer server;
    private Machine machine;

    @BeforeEach
    void start() throws IOException {
        starts = directory.resolve("starts");
        Files.writeString(directory.resolve("ecom"), "echo start >> '" + starts + "'\nexec sleep 60\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/_local/health", this::health);
        server.createContext("/asked", this::asked);
        server.start();
        machine = Machine.start(new Machine.Settings(
                directory,
                directory,
                directory.resolve("log"),
                server.getAddress().getPort(),
                List.of()));
    }

    @AfterEach
    void end() {
        machine.close();
        server.stop(0);
    }

    @Test
    void machineThatIsKilledWhileItStarts_isStartedOnceMore() throws IOException {
        machine.allowDeaths(2);
        machine.kill();

        machine.ecom().get("/asked", Map.of()).expect(OK);

        assertEquals(2, machine.deaths());
        assertEquals(3, count());
    }

    @Test
    void machineThatMayDieOnceOnly_isNotStartedTwice() throws IOException {
        machine.allowDeaths(1);
        machine.kill();

        assertThrows(ClientException.class, () -> machine.ecom().get("/asked", Map.of()));

        assertEquals(2, count());
    }

    /** Ready once the newest start was noted; but the second is killed as soon as somebody asks. */
    private void health(HttpExchange exchange) throws IOException {
        int count = count();
        if (count == 2 && !secondDied.getAndSet(true)) {
            machine.kill();
        }
        boolean ready = count != 2 && count == 1 + (machine == null ? 0 : machine.deaths());
        exchange.sendResponseHeaders(ready ? OK : NOT_YET, NONE);
        exchange.close();
    }

    /** Nobody answers before the third. */
    private void asked(HttpExchange exchange) throws IOException {
        if (count() > 2) {
            exchange.sendResponseHeaders(OK, NONE);
        }
        exchange.close();
    }

    private int count() throws IOException {
        return Files.exists(starts) ? Files.readAllLines(starts).size() : 0;
    }
}
