package tg.ecom.states.conformance;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;

/** Connections that stay open while nobody uses them. */
final class Connections implements ConnectionFactory {
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();
    private final DataSource source;

    Connections(DataSource source) {
        this.source = source;
    }

    @Override
    public Connection openConnection() throws SQLException {
        Connection kept = idle.poll();
        return kept == null ? source.getConnection() : kept;
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        // A thread that is interrupted while it waits for an answer closes its connection.
        if (!connection.isClosed()) {
            idle.add(connection);
        }
    }
}
