package tg.ecom.local.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {
    @TempDir
    private Path directory;

    @Test
    void whatWasCommitted_isThereAfterARestart() throws SQLException {
        try (PostgresServer server = PostgresServer.start(directory, 0)) {
            execute(server, "create table kept (n integer)");
            execute(server, "insert into kept values (7)");
            assertEquals("on", ask(server, "show fsync"));
            assertEquals("on", ask(server, "show synchronous_commit"));
            assertEquals("127.0.0.1", ask(server, "show listen_addresses"));
            assertEquals("200", ask(server, "show max_connections"));
        }
        try (PostgresServer server = PostgresServer.start(directory, 0)) {
            assertEquals("7", ask(server, "select n from kept"));
        }
    }

    @Test
    void settings_standBesideThoseThatEveryServerHas() throws SQLException {
        try (PostgresServer server =
                PostgresServer.start(directory, 0, Map.of("shared_buffers", "64MB", "max_wal_size", "2GB"))) {
            assertEquals("64MB", ask(server, "show shared_buffers"));
            assertEquals("2GB", ask(server, "show max_wal_size"));
            assertEquals("on", ask(server, "show fsync"));
        }
    }

    @Test
    void serverThatOutlivedItsProcess_isEndedAndRecovers() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledMidway.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(KilledMidway.STATUS, process.exitValue());
        ProcessHandle orphan = ProcessHandle.of(orphan()).orElseThrow();

        try (PostgresServer server = PostgresServer.start(directory, 0)) {
            assertEquals("7", ask(server, "select n from kept"));
            // It has ended; who inherited it may take a moment to notice.
            orphan.onExit().get(30, TimeUnit.SECONDS);
            assertFalse(orphan.isAlive());
        }
    }

    @Test
    void directoryInUse_isRefusedInOneSentence() throws SQLException {
        try (PostgresServer server = PostgresServer.start(directory, 0)) {
            PartFailure refusal = assertThrows(PartFailure.class, () -> PostgresServer.start(directory, 0));
            assertTrue(refusal.getMessage().contains("is in use"), refusal.getMessage());
            assertEquals("1", ask(server, "select 1"));
        }
    }

    @Test
    void damagedDirectory_isRefusedAndLeftAsItIs() throws IOException {
        PostgresServer.start(directory, 0).close();
        Path control = directory.resolve("data/global/pg_control");
        Path aside = directory.resolve("pg_control");
        Files.move(control, aside);
        List<Path> before = files();

        PartFailure refusal = assertThrows(PartFailure.class, () -> PostgresServer.start(directory, 0));
        assertTrue(refusal.getMessage().contains("--fresh"), refusal.getMessage());
        assertEquals(before, files());
        Files.move(aside, control);
        PostgresServer.start(directory, 0).close();
    }

    @Test
    void directoryOfAnotherVersion_isRefused() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("data/PG_VERSION"), "16\n");
        PartFailure refusal = assertThrows(PartFailure.class, () -> PostgresServer.start(directory, 0));
        assertTrue(refusal.getMessage().contains("PostgreSQL 16"), refusal.getMessage());
    }

    @Test
    void takenPort_isNamed() {
        try (PostgresServer server = PostgresServer.start(directory.resolve("one"), 0)) {
            PartFailure refusal = assertThrows(
                    PartFailure.class, () -> PostgresServer.start(directory.resolve("two"), server.port()));
            assertTrue(refusal.getMessage().contains(Integer.toString(server.port())), refusal.getMessage());
        }
    }

    @Test
    void staleProcessNumberOfAnotherProgram_isForgotten() throws IOException {
        PostgresServer.start(directory, 0).close();
        Files.writeString(
                directory.resolve("data/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + directory.resolve("data") + "\n1\n5432\n\n127.0.0.1\n");
        PostgresServer.start(directory, 0).close();
        assertTrue(ProcessHandle.current().isAlive());
    }

    private List<Path> files() throws IOException {
        try (var found = Files.walk(directory.resolve("data"))) {
            return found.sorted().toList();
        }
    }

    private long orphan() throws IOException {
        return Long.parseLong(
                Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst());
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection =
                        server.dataSource(PostgresServer.PRODUCT_DATABASE).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(PostgresServer server, String sql) throws SQLException {
        try (Connection connection =
                        server.dataSource(PostgresServer.PRODUCT_DATABASE).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }

    /** Starts a server, commits a row and ends without closing it. */
    static final class KilledMidway {
        static final int STATUS = 137;

        private KilledMidway() {}

        public static void main(String[] arguments) throws SQLException {
            PostgresServer server = PostgresServer.start(Path.of(arguments[0]), 0);
            execute(server, "create table kept as select 7 as n");
            Runtime.getRuntime().halt(STATUS);
        }
    }
}
