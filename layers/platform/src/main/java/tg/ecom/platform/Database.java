package tg.ecom.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.rds.RdsUtilities;

/**
 * A function instance's one connection to PostgreSQL. It is made at the first use, tried before use when it has been
 * idle, and made anew when it is dead. The proxy pools; an instance serves one request at a time and needs no pool of
 * its own.
 *
 * <p>RDS Proxy keeps a client on one server connection ("pins") after SET, named prepared statements, temporary objects
 * or session advisory locks. The driver's settings below avoid the first two, and no SQL of ours uses the others.
 */
public final class Database {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration IDLE_BEFORE_TRIAL = Duration.ofSeconds(15);
    private static final int TRIAL_TIMEOUT_S = 2;

    private final DatabaseSettings settings;
    private final Aws aws;
    private final Jdbi jdbi;
    private Connection connection;
    private final LongSupplier nanos;
    private final Failpoints failpoints;
    private long lastUseNanos;

    Database(DatabaseSettings settings, Aws aws, Failpoints failpoints) {
        this(settings, aws, failpoints, System::nanoTime);
    }

    /** {@code nanos} is by what idleness is measured. */
    Database(DatabaseSettings settings, Aws aws, Failpoints failpoints, LongSupplier nanos) {
        this.settings = settings;
        this.aws = aws;
        this.nanos = nanos;
        this.failpoints = failpoints;
        this.jdbi = Jdbi.create(new KeptOpen());
        SqlTypes.register(jdbi);
        StatementFailures.withoutValues(jdbi);
    }

    /**
     * Runs one statement, which commits by itself.
     *
     * @throws tg.ecom.kernel.ProblemException {@link CommonProblem.Unavailable} when the database can't be reached
     */
    public <T> T call(Function<Handle, T> work) {
        if (Rehearsal.isOn()) {
            return transact(work);
        }
        return failpoints.around("commit", () -> guarded(work));
    }

    /**
     * Runs statements in one transaction (read committed), committed when the work returns and rolled back when it
     * throws.
     *
     * @throws tg.ecom.kernel.ProblemException {@link CommonProblem.Unavailable} when the database can't be reached
     */
    public <T> T transact(Function<Handle, T> work) {
        T committed = guarded(handle -> handle.inTransaction(transaction -> {
            T result = work.apply(transaction);
            if (Rehearsal.isOn()) {
                transaction.rollback();
            }
            failpoints.reached("commit.before");
            return result;
        }));
        failpoints.reached("commit.after");
        return committed;
    }

    /** Closes the connection, so that a snapshot holds none; the next use makes another. */
    void disconnect() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException dead) {
                LOG.debug("closing a dead connection", dead);
            }
            connection = null;
        }
    }

    private <T> T guarded(Function<Handle, T> work) {
        try (Handle handle = jdbi.open()) {
            return work.apply(handle);
        } catch (JdbiException failed) {
            if (connectionLost(failed)) {
                disconnect();
                LOG.warn("PostgreSQL can't be reached", failed);
                throw new CommonProblem.Unavailable().asException();
            }
            throw failed;
        }
    }

    private static boolean connectionLost(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                String state = sql.getSQLState();
                // 08: connection exceptions; 57P: shut down by an operator; 53300: too many connections; 25006: after a
                // failover the other end is a reader.
                return state.startsWith("08")
                        || state.startsWith("57P")
                        || state.equals("53300")
                        || state.equals("25006");
            }
        }
        return false;
    }

    private Connection usable() throws SQLException {
        boolean idle = nanos.getAsLong() - lastUseNanos > IDLE_BEFORE_TRIAL.toNanos();
        if (connection != null && idle && !connection.isValid(TRIAL_TIMEOUT_S)) {
            disconnect();
        }
        if (connection == null) {
            connection = connect();
        }
        lastUseNanos = nanos.getAsLong();
        return connection;
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", settings.databaseUser());
        properties.setProperty("password", token());
        properties.setProperty("sslmode", settings.databaseSslMode());
        properties.setProperty("sslfactory", DatabaseTrust.class.getName());
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("prepareThreshold", "0");
        // Spares the driver's SET application_name after log-in.
        properties.setProperty("assumeMinServerVersion", "15");
        properties.setProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(SOCKET_TIMEOUT.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        // "Key (phone)=(…) already exists" is not for logs.
        properties.setProperty("logServerErrorDetail", "false");
        String url = "jdbc:postgresql://%s:%d/%s"
                .formatted(settings.databaseHost(), settings.databasePort(), settings.databaseName());
        return new Driver().connect(url, properties);
    }

    private String token() {
        return RdsUtilities.builder()
                .region(aws.region())
                .credentialsProvider(aws.credentials())
                .build()
                .generateAuthenticationToken(request -> request.hostname(settings.databaseHost())
                        .port(settings.databasePort())
                        .username(settings.databaseUser()));
    }

    /** Jdbi closes a handle after each use; the connection below it stays. */
    private final class KeptOpen implements ConnectionFactory {
        @Override
        public Connection openConnection() throws SQLException {
            return usable();
        }

        @Override
        public void closeConnection(Connection kept) {
            lastUseNanos = nanos.getAsLong();
        }
    }
}
