package tg.ecom.local.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** The database in which the services written here keep their state. */
public final class CloudDatabase implements AutoCloseable {
    private static final int CONNECTION_COUNT_MAX = 8;

    private final KeptConnections connections;
    private final Jdbi jdbi;

    private CloudDatabase(DataSource source) {
        this.connections = new KeptConnections(source, CONNECTION_COUNT_MAX);
        this.jdbi = connections.jdbi();
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
    public Jdbi jdbi() {
        return jdbi;
    }

    /** A time that a column may lack. */
    public static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    @Override
    public void close() {
        connections.close();
    }
}
