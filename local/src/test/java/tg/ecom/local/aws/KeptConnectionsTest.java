package tg.ecom.local.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tg.ecom.local.parts.PostgresServer;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeptConnectionsTest {
    private static final int MAX = 3;

    private PostgresServer postgres;
    private KeptConnections connections;
    private Jdbi jdbi;

    @BeforeAll
    void start(@TempDir Path directory) {
        postgres = PostgresServer.start(directory.resolve("postgresql"), 0);
        connections = new KeptConnections(postgres.dataSource(PostgresServer.CLOUD_DATABASE), MAX);
        jdbi = connections.jdbi();
    }

    @AfterAll
    void end() {
        connections.close();
        postgres.close();
    }

    @Test
    void hundredBorrowersAtOnce_shareTheFewThereAre() throws Exception {
        Set<Integer> servers = ConcurrentHashMap.newKeySet();
        List<Future<?>> borrowers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int count = 0; count < 100; count++) {
                borrowers.add(threads.submit(() -> servers.add(server("select pg_backend_pid() from pg_sleep(0.01)"))));
            }
        }
        for (Future<?> borrower : borrowers) {
            borrower.get();
        }
        assertEquals(MAX, servers.size());
    }

    @Test
    void deadConnection_isReplacedAndItsPlaceNotLost() {
        for (int count = 0; count < 2 * MAX; count++) {
            int server = server("select pg_backend_pid()");
            assertThrows(
                    UnableToExecuteStatementException.class,
                    () -> server("select pg_backend_pid() from pg_terminate_backend(pg_backend_pid())"));
            assertFalse(server == server("select pg_backend_pid()"));
        }
    }

    @Test
    void failure_namesTheStatementAndNoValue() {
        String message = assertThrows(
                        UnableToExecuteStatementException.class,
                        () -> jdbi.withHandle(handle -> handle.createQuery("select :text::text")
                                .bind("text", "+22890112233\0")
                                .mapTo(String.class)
                                .one()))
                .toString();
        assertTrue(message.contains("select :text::text"), message);
        assertFalse(message.contains("90112233"), message);
    }

    private int server(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(Integer.class).one());
    }
}
