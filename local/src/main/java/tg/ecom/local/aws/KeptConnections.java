package tg.ecom.local.aws;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tg.ecom.platform.StatementFailures;

/**
 * So many connections at most, kept open for the next borrower. Who comes when all are lent waits for one, so that a
 * hundred requests at once don't take what PostgreSQL has from the functions. A thread must not borrow a second one
 * while it holds the first.
 */
public final class KeptConnections implements ConnectionFactory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptConnections.class);
    private static final int VALIDITY_TIMEOUT_S = 2;
    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    private final DataSource source;
    private final Semaphore free;
    private final BlockingQueue<Connection> idle;
    private volatile boolean closed;

    /** Of that database, so many at most. */
    public KeptConnections(DataSource source, int max) {
        this.source = source;
        this.free = new Semaphore(max, true);
        this.idle = new LinkedBlockingQueue<>(max);
    }

    /** Runs statements over them; the failures of these name no values. */
    public Jdbi jdbi() {
        Jdbi jdbi = Jdbi.create(this);
        StatementFailures.withoutValues(jdbi);
        return jdbi;
    }

    @Override
    public Connection openConnection() throws SQLException {
        takeTurn();
        try {
            return validConnection();
        } catch (SQLException | RuntimeException failure) {
            free.release();
            throw failure;
        }
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        try {
            if (closed || connection.isClosed() || !idle.offer(connection)) {
                connection.close();
            }
        } finally {
            free.release();
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

    private void takeTurn() throws SQLException {
        try {
            if (!free.tryAcquire(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLTransientConnectionException("all connections are lent");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while all connections were lent", interrupted);
        }
    }

    private Connection validConnection() throws SQLException {
        for (Connection kept = idle.poll(); kept != null; kept = idle.poll()) {
            if (kept.isValid(VALIDITY_TIMEOUT_S)) {
                return kept;
            }
            kept.close();
        }
        return source.getConnection();
    }
}
