package tg.ecom.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
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
 * A function instance's way to PostgreSQL: a connection for each request that it serves at the same time, which is one
 * unless it is on a capacity provider. A connection is made when none is at rest, tried before use when it has been
 * idle, and dropped when it is dead. What a thread does within a piece of work goes by the connection of that work. The
 * proxy pools for all instances.
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
    private final LongSupplier nanos;
    private final Failpoints failpoints;
    private final Deque<Kept> resting = new ConcurrentLinkedDeque<>();
    private final Map<Thread, Kept> inUse = new ConcurrentHashMap<>();

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

    /** Closes the connections at rest, so that a snapshot holds none; the next use makes another. */
    void disconnect() {
        for (Kept kept = resting.poll(); kept != null; kept = resting.poll()) {
            kept.close();
        }
    }

    private <T> T guarded(Function<Handle, T> work) {
        try (Handle handle = jdbi.open()) {
            return markingLoss(handle, work);
        } catch (JdbiException failed) {
            if (connectionLost(failed)) {
                // Those at rest were connected to the same server.
                disconnect();
                LOG.warn("PostgreSQL can't be reached", failed);
                throw new CommonProblem.Unavailable().asException();
            }
            throw failed;
        }
    }

    /** Before the handle is closed, so that nobody else gets its connection. */
    private <T> T markingLoss(Handle handle, Function<Handle, T> work) {
        try {
            return work.apply(handle);
        } catch (JdbiException failed) {
            inUse.get(Thread.currentThread()).isLost |= connectionLost(failed);
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

    private Kept usable() throws SQLException {
        for (Kept kept = resting.pollFirst(); kept != null; kept = resting.pollFirst()) {
            if (kept.isAlive()) {
                return kept;
            }
            kept.close();
        }
        return new Kept(connect());
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

    /** A connection, and when it was used last. */
    private final class Kept {
        private final Connection connection;
        private long lastUseNanos = nanos.getAsLong();
        private int uses;
        private boolean isLost;

        Kept(Connection connection) {
            this.connection = connection;
        }

        boolean isAlive() throws SQLException {
            return nanos.getAsLong() - lastUseNanos <= IDLE_BEFORE_TRIAL.toNanos()
                    || connection.isValid(TRIAL_TIMEOUT_S);
        }

        void close() {
            try {
                connection.close();
            } catch (SQLException dead) {
                LOG.debug("closing a dead connection", dead);
            }
        }
    }

    /** Jdbi closes a handle after each use; the connection below it stays. */
    private final class KeptOpen implements ConnectionFactory {
        @Override
        public Connection openConnection() throws SQLException {
            Kept kept = inUse.get(Thread.currentThread());
            if (kept == null) {
                kept = usable();
                inUse.put(Thread.currentThread(), kept);
            }
            kept.uses++;
            return kept.connection;
        }

        @Override
        public void closeConnection(Connection connection) {
            Kept kept = inUse.get(Thread.currentThread());
            kept.uses--;
            if (kept.uses > 0) {
                return;
            }
            inUse.remove(Thread.currentThread());
            if (kept.isLost) {
                kept.close();
            } else {
                kept.lastUseNanos = nanos.getAsLong();
                resting.addFirst(kept);
            }
        }
    }
}
