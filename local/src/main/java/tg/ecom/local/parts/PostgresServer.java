package tg.ecom.local.parts;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * PostgreSQL 17 on 127.0.0.1, with its data below one directory. Every commit is on the disk when it returns. A server
 * that outlived its process (after SIGKILL) is ended at the next start, which then recovers as after a crash.
 */
public final class PostgresServer implements AutoCloseable {
    /** The database of the product. */
    public static final String PRODUCT_DATABASE = "ecom";

    /** The database in which the one-machine cloud keeps its own state: secrets, keys, outboxes, schedules. */
    public static final String CLOUD_DATABASE = "cloud";

    /** The superuser; on 127.0.0.1 no password is asked. */
    public static final String ADMINISTRATOR = "postgres";

    private static final String PART = "PostgreSQL";

    private final PostgresDirectory directory;
    private final DirectoryLock lock;
    private final int port;

    private PostgresServer(PostgresDirectory directory, DirectoryLock lock, int port) {
        this.directory = directory;
        this.lock = lock;
        this.port = port;
    }

    /**
     * Starts it, with its programs cached for the user.
     *
     * @param directory where its data are, made when missing
     * @param port where to listen, 0 for any free port
     * @throws PartFailure when the directory is in use or damaged, or the port is taken; nothing is deleted
     */
    public static PostgresServer start(Path directory, int port) {
        return start(directory, port, Map.of());
    }

    /**
     * As {@link #start(Path, int)}, with settings of PostgreSQL's that stand beside those that every server has.
     *
     * @param settings values by name, such as {@code 1GB} of {@code shared_buffers}
     */
    public static PostgresServer start(Path directory, int port, Map<String, String> settings) {
        Path root = directory.toAbsolutePath();
        DirectoryLock lock = DirectoryLock.take(root, PART);
        try {
            PostgresDirectory data = new PostgresDirectory(root, PostgresBinaries.in(PostgresBinaries.userCache()));
            data.initialize();
            data.stopOrphan();
            PostgresServer server = new PostgresServer(data, lock, Loopback.choosePort(port));
            startOrStop(data, server, settings);
            return server;
        } catch (IOException | SQLException failure) {
            lock.close();
            throw new PartFailure("PostgreSQL can't start in " + root + ": " + failure.getMessage() + ".", failure);
        } catch (RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    /** A server that came up too late, or can't be used, does not stay. */
    private static void startOrStop(PostgresDirectory data, PostgresServer server, Map<String, String> settings)
            throws IOException, SQLException {
        try {
            data.start(server.port, settings);
            server.createMissingDatabases();
        } catch (SQLException | RuntimeException failure) {
            data.stopOrphan();
            throw failure;
        }
    }

    /**
     * Ends a server that outlived its process; the caller has taken the data, so nobody else uses it.
     *
     * @throws PartFailure when it does not end
     */
    public static void stopOrphan(Path directory) {
        try {
            new PostgresDirectory(directory.toAbsolutePath(), PostgresBinaries.in(PostgresBinaries.userCache()))
                    .stopOrphan();
        } catch (IOException failure) {
            throw new PartFailure("PostgreSQL still runs in " + directory + " and does not end.", failure);
        }
    }

    /** Where it listens. */
    public String host() {
        return Loopback.HOST;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Connections to one of its databases as the superuser, each opened anew. */
    public DataSource dataSource(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {Loopback.HOST});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(ADMINISTRATOR);
        // "Key (phone)=(…) already exists" is not for logs.
        source.setLogServerErrorDetail(false);
        return source;
    }

    /** Makes a superuser of that name if there is none. */
    public void ensureAdministrator(String name) {
        try (Connection connection = dataSource(PRODUCT_DATABASE).getConnection();
                PreparedStatement known =
                        connection.prepareStatement("select 1 from pg_catalog.pg_roles where rolname = ?")) {
            known.setString(1, name);
            try (ResultSet rows = known.executeQuery();
                    Statement statement = connection.createStatement()) {
                if (!rows.next()) {
                    statement.execute("create role " + statement.enquoteIdentifier(name, true) + " login superuser");
                }
            }
        } catch (SQLException failure) {
            throw new PartFailure("PostgreSQL did not take the role " + name + ".", failure);
        }
    }

    private void createMissingDatabases() throws SQLException {
        try (Connection connection = dataSource(ADMINISTRATOR).getConnection()) {
            for (String database : List.of(PRODUCT_DATABASE, CLOUD_DATABASE)) {
                if (!exists(connection, database)) {
                    create(connection, database);
                }
            }
        }
    }

    private static boolean exists(Connection connection, String database) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select 1 from pg_catalog.pg_database where datname = ?")) {
            statement.setString(1, database);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void create(Connection connection, String database) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create database " + database);
        }
    }

    /** Disconnects every client, writes what is to be written and ends the server. */
    @Override
    public void close() {
        try {
            directory.stop("fast");
        } catch (IOException refused) {
            stopAtOnce();
        } finally {
            lock.close();
        }
    }

    private void stopAtOnce() {
        try {
            directory.stop("immediate");
        } catch (IOException failure) {
            throw new PartFailure("PostgreSQL could not be stopped: " + failure.getMessage() + ".", failure);
        }
    }
}
