package tg.ecom.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import tg.ecom.local.parts.PostgresServer;

class PostgresTapTest {
    @Test
    void roundTrips_areCountedAsTheyAreMade(@TempDir Path directory) throws SQLException {
        AtomicInteger logIns = new AtomicInteger();
        AtomicInteger roundTrips = new AtomicInteger();
        try (PostgresServer server = PostgresServer.start(directory, 0);
                PostgresTap tap =
                        PostgresTap.start(server.port(), logIns::incrementAndGet, roundTrips::incrementAndGet)) {
            try (Connection connection = connect(tap.port())) {
                assertEquals(1, logIns.get());
                assertEquals(0, roundTrips.get());
                try (Statement statement = connection.createStatement()) {
                    statement.execute("create table public.things (name text)");
                    assertEquals(1, roundTrips.get());
                    // Several statements in one message.
                    statement.execute("insert into public.things values ('a'); insert into public.things values ('b')");
                    assertEquals(2, roundTrips.get());
                    connection.setAutoCommit(false);
                    // The driver sends BEGIN along.
                    assertEquals(
                            100_000,
                            text(statement, "select repeat('x', 100000)").length());
                    assertEquals(3, roundTrips.get());
                    connection.commit();
                    assertEquals(4, roundTrips.get());
                }
            }
            connect(tap.port()).close();
            assertEquals(2, logIns.get());
            assertEquals(4, roundTrips.get());
        }
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(int port) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(PostgresServer.PRODUCT_DATABASE);
        source.setUser(PostgresServer.ADMINISTRATOR);
        // As functions connect here: in the clear, and with nothing sent after the log-in.
        source.setSslMode("disable");
        source.setGssEncMode("disable");
        source.setAssumeMinServerVersion("15");
        return source.getConnection();
    }
}
