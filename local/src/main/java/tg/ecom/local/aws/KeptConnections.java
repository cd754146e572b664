package tg.ecom.local.aws;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lends idle connections that still work, else new ones, and keeps the first few that come back. */
public final class KeptConnections implements ConnectionFactory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptConnections.class);
    private static final int VALIDITY_TIMEOUT_S = 2;

    private final DataSource source;
    private final BlockingQueue<Connection> idle;
    private volatile boolean closed;

    /** Of that database, so many at most while nobody uses them. */
    public KeptConnections(DataSource source, int idleMax) {
        this.source = source;
        this.idle = new LinkedBlockingQueue<>(idleMax);
    }

    @Override
    public Connection openConnection() throws SQLException {
        for (Connection kept = idle.poll(); kept != null; kept = idle.poll()) {
            if (kept.isValid(VALIDITY_TIMEOUT_S)) {
                return kept;
            }
            kept.close();
        }
        return source.getConnection();
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        if (closed || connection.isClosed() || !idle.offer(connection)) {
            connection.close();
        }
    }

    /** Closes those that are idle; others as they come back. */
    @Override
    public void close() {
        closed = true;
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            try {
                connection.close();
            } catch (SQLException alreadyBroken) {
                LOG.debug("a connection did not close", alreadyBroken);
            }
        }
    }
}
