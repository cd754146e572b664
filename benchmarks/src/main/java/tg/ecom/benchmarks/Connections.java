package tg.ecom.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;
import tg.ecom.local.parts.PostgresServer;

/** A connection for each client, with what {@link tg.ecom.platform.Database} sets on that of a function. */
final class Connections implements AutoCloseable {
    private final List<Connection> connections = new ArrayList<>();

    /** Opens them to a database, as its superuser. */
    Connections(PostgresServer server, String database) {
        Properties properties = new Properties();
        properties.setProperty("user", PostgresServer.ADMINISTRATOR);
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("assumeMinServerVersion", "15");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        try {
            for (int client = 0; client < Contender.CLIENTS; client++) {
                connections.add(new Driver()
                        .connect(
                                "jdbc:postgresql://%s:%d/%s".formatted(server.host(), server.port(), database),
                                properties));
            }
        } catch (SQLException failed) {
            close();
            throw new IllegalStateException(failed);
        }
    }

    /** A client's own. */
    Connection of(int client) {
        return connections.get(client);
    }

    /** Runs a statement on each. */
    void all(String sql) {
        for (Connection connection : connections) {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    @Override
    public void close() {
        for (Connection connection : connections) {
            try {
                connection.close();
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }
}
