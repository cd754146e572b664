package tg.ecom.local.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database in which the services written here keep their state, with a few connections kept open. */
public final class CloudDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CloudDatabase.class);
    private static final int IDLE_CONNECTION_COUNT_MAX = 4;
    private static final int VALIDITY_TIMEOUT_S = 2;

    private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>(IDLE_CONNECTION_COUNT_MAX);
    private final DataSource source;
    private final Jdbi jdbi;

    private CloudDatabase(DataSource source) {
        this.source = source;
        this.jdbi = Jdbi.create(new KeptConnections());
    }

    /** Opens it and makes the tables that are missing. */
    public static CloudDatabase open(DataSource source) {
        CloudDatabase database = new CloudDatabase(source);
        database.jdbi.useTransaction(handle -> handle.createScript(tables()).execute());
        return database;
    }

    private static String tables() {
        try (InputStream script = CloudDatabase.class.getResourceAsStream("cloud.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Runs statements. */
    Jdbi jdbi() {
        return jdbi;
    }

    /** A time that a column may lack. */
    static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    @Override
    public void close() {
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            try {
                connection.close();
            } catch (SQLException alreadyBroken) {
                LOG.debug("a connection did not close", alreadyBroken);
            }
        }
    }

    /** Lends idle connections that still work, else new ones, and keeps the first few that come back. */
    private final class KeptConnections implements ConnectionFactory {
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
            if (connection.isClosed() || !idle.offer(connection)) {
                connection.close();
            }
        }
    }
}
