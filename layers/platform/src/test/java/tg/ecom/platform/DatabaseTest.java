package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Update;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tg.ecom.client.FreePorts;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.ProblemException;
import tg.ecom.kernel.UserId;

/** Platform's way to PostgreSQL, on a real server. */
public class DatabaseTest {
    /** One thing. Public, as Jdbi wants it. */
    public record Row(UserId id, Money amount, Phone phone, Instant at) {}

    /** A thing of which anything may be absent. */
    public record Sparse(Optional<UserId> id, Optional<Money> amount, Optional<Phone> phone, Optional<Instant> at) {}

    private static final String INSERT = "insert into things values (:id, :amount, :phone, :at)";

    @TempDir
    private static Path folder;

    private static EmbeddedPostgres server;

    private long nanos = 1;
    private Consumer<String> failpoint = point -> {};
    private Database database;

    @BeforeAll
    static void startServer() throws Exception {
        server = EmbeddedPostgres.builder()
                .setPort(FreePorts.one())
                .setServerConfig("logging_collector", "on")
                .setServerConfig("log_directory", folder.toString())
                .setServerConfig("log_filename", "server.log")
                .setServerConfig("log_statement", "all")
                .start();
        execute("create table things (id uuid, amount bigint, phone text, at timestamptz)");
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        execute("truncate things");
        database = database(server.getPort());
    }

    @Test
    void kernelsValues_areBoundAndReadBack() {
        Row row = new Row(
                new UserId(UUID.fromString("01980000-0000-7000-8000-000000000000")),
                new Money(500),
                Phone.of("90123456"),
                Instant.parse("2026-11-23T08:00:00.123456Z"));
        database.call(sql -> bound(sql.createUpdate(INSERT), row.id(), row.amount(), row.phone(), row.at())
                .execute());
        assertEquals(
                row,
                database.call(sql -> sql.registerRowMapper(ConstructorMapper.factory(Row.class))
                        .createQuery("select * from things where id = :id and phone = :phone and at = :at")
                        .bind("id", row.id())
                        .bind("phone", row.phone())
                        .bind("at", row.at())
                        .mapTo(Row.class)
                        .one()));
        assertEquals(
                "500",
                database.call(sql -> sql.createQuery("select amount::text from things")
                        .mapTo(String.class)
                        .one()));
    }

    @Test
    void absentValues_areNullThereAndAbsentHere() {
        Sparse nothing = new Sparse(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        database.call(
                sql -> bound(sql.createUpdate(INSERT), nothing.id(), nothing.amount(), nothing.phone(), nothing.at())
                        .execute());
        assertEquals(1, count("where id is null and amount is null and phone is null and at is null"));
        assertEquals(
                nothing,
                database.call(sql -> sql.registerRowMapper(ConstructorMapper.factory(Sparse.class))
                        .createQuery("select * from things")
                        .mapTo(Sparse.class)
                        .one()));
    }

    @Test
    void presentOptionals_areBoundAsTheirValues() {
        Sparse all = new Sparse(
                Optional.of(new UserId(new UUID(1, 2))),
                Optional.of(Money.ZERO),
                Optional.of(Phone.of("90123456")),
                Optional.of(Instant.EPOCH));
        database.call(sql -> bound(sql.createUpdate(INSERT), all.id(), all.amount(), all.phone(), all.at())
                .execute());
        assertEquals(
                all,
                database.call(sql -> sql.registerRowMapper(ConstructorMapper.factory(Sparse.class))
                        .createQuery("select * from things")
                        .mapTo(Sparse.class)
                        .one()));
    }

    @Test
    void transaction_isCommittedWhole() {
        assertEquals("done", database.transact(sql -> {
            insert(sql);
            insert(sql);
            return "done";
        }));
        assertEquals(2, count(""));
    }

    @Test
    void transactionWhoseWorkThrows_leavesNothingAndPassesTheThrownOn() {
        ProblemException refusal = new CommonProblem.NotFound().asException();
        assertSame(
                refusal,
                assertThrows(
                        ProblemException.class,
                        () -> database.transact(sql -> {
                            insert(sql);
                            throw refusal;
                        })));
        assertThrows(
                IllegalStateException.class,
                () -> database.transact(sql -> {
                    insert(sql);
                    throw new IllegalStateException("a fault of the test");
                }));
        assertEquals(0, count(""));
        int process = process();
        database.call(DatabaseTest::insert);
        assertEquals(1, count(""));
        assertEquals(process, process());
    }

    @Test
    void statementThatIsWrong_isAFaultOfOursAndKeepsTheConnection() {
        int process = process();
        assertThrows(JdbiException.class, () -> database.call(sql -> sql.execute("select * from absent")));
        assertThrows(
                JdbiException.class,
                () -> database.transact(sql -> {
                    insert(sql);
                    return sql.execute("select 1 / 0");
                }));
        assertEquals(process, process());
        assertEquals(0, count(""));
    }

    @Test
    void connectionThatDied_isUnavailableOnceAndThenAnotherServes() throws SQLException {
        int process = process();
        kill(process);
        assertUnavailable(() -> database.call(DatabaseTest::insert));
        assertNotEquals(process, process());
        assertEquals(0, count(""));
    }

    @Test
    void connectionThatDiesInATransaction_leavesNothing() {
        assertUnavailable(() -> database.transact(sql -> {
            insert(sql);
            kill(sql.createQuery("select pg_backend_pid()").mapTo(int.class).one());
            return insert(sql);
        }));
        assertEquals(0, count(""));
    }

    @Test
    void businessRefusalOnADeadConnection_staysTheRefusal() {
        ProblemException refusal = new CommonProblem.NotFound().asException();
        assertSame(
                refusal,
                assertThrows(
                        ProblemException.class,
                        () -> database.transact(sql -> {
                            kill(sql.createQuery("select pg_backend_pid()")
                                    .mapTo(int.class)
                                    .one());
                            throw refusal;
                        })));
    }

    @Test
    void idleConnection_isTriedBeforeUseAndReplacedUnseen() throws SQLException {
        int process = process();
        nanos += Duration.ofSeconds(16).toNanos();
        assertEquals(process, process());
        kill(process);
        nanos += Duration.ofSeconds(16).toNanos();
        assertNotEquals(process, process());
    }

    @Test
    void disconnected_itConnectsAgain() {
        int process = process();
        database.disconnect();
        database.disconnect();
        assertNotEquals(process, process());
    }

    @Test
    void requestsAtTheSameTime_haveAConnectionEach_thatLaterOnesUseAgain() throws Exception {
        Set<Integer> processes = processesOfTwoAtOnce();
        assertEquals(2, processes.size());
        assertEquals(processes, processesOfTwoAtOnce());
        assertTrue(processes.contains(process()));
    }

    @Test
    void workWithinWork_isOnItsConnectionAndInItsTransaction() {
        IllegalStateException fault = assertThrows(
                IllegalStateException.class,
                () -> database.transact(sql -> {
                    insert(sql);
                    assertEquals(1, count(""));
                    assertEquals(
                            process(),
                            sql.createQuery("select pg_backend_pid()")
                                    .mapTo(int.class)
                                    .one());
                    throw new IllegalStateException("a fault of the test");
                }));
        assertEquals("a fault of the test", fault.getMessage());
        assertEquals(0, count(""));
    }

    @Test
    void connectionThatDies_disturbsNoOtherThatIsAtWork() throws Exception {
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            database.transact(sql -> {
                insert(sql);
                assertUnavailable(() -> get(other.submit(() -> database.call(theirs -> {
                    kill(theirs.createQuery("select pg_backend_pid()")
                            .mapTo(int.class)
                            .one());
                    return insert(theirs);
                }))));
                return insert(sql);
            });
        }
        assertEquals(2, count(""));
    }

    @Test
    void serverThatIsNotThere_isUnavailable() throws IOException {
        database = database(FreePorts.one());
        assertUnavailable(this::process);
        assertUnavailable(this::process);
    }

    @Test
    void rehearsal_writesNothing() {
        Rehearsal.run(() -> {
            assertEquals(1, database.call(DatabaseTest::insert));
            assertEquals(1, database.transact(DatabaseTest::insert));
        });
        assertEquals(0, count(""));
        database.call(DatabaseTest::insert);
        assertEquals(1, count(""));
    }

    @Test
    void nothingThatPinsAProxy_reachesTheServer() throws IOException, SQLException {
        execute("select 'begin of proof'");
        for (int i = 0; i < 10; i++) {
            database.call(DatabaseTest::insert);
            database.transact(DatabaseTest::insert);
            assertTrue(count("where amount = 1") > 0);
            nanos += Duration.ofSeconds(16).toNanos();
        }
        String log = Files.readString(folder.resolve("server.log"));
        List<String> statements = log.substring(log.lastIndexOf("begin of proof"))
                .lines()
                .filter(line -> line.contains("LOG:  "))
                .toList();
        assertTrue(statements.stream().anyMatch(line -> line.contains("execute <unnamed>: insert")), log);
        assertEquals(
                List.of(),
                statements.stream()
                        .filter(line -> line.matches(
                                "(?i).*(execute (?!<unnamed>).*|: (set|show|prepare|select set_config).*)"))
                        .toList());
    }

    @Test
    void commit_isBetweenTwoFailpoints() {
        List<String> reached = new ArrayList<>();
        failpoint = point -> reached.add(point + " " + committed());
        database.transact(DatabaseTest::insert);
        assertEquals(List.of("commit.before 0", "commit.after 1"), reached);
        reached.clear();
        database.call(DatabaseTest::insert);
        assertEquals(List.of("commit.before 1", "commit.after 2"), reached);
    }

    @Test
    void deathBeforeTheCommit_leavesNothing_andAfterItEverything() {
        failpoint = point -> {
            throw new AssertionError(point);
        };
        assertEquals(
                "commit.before",
                assertThrows(AssertionError.class, () -> database.transact(DatabaseTest::insert))
                        .getMessage());
        assertEquals(0, committed());
        failpoint = point -> {
            if (point.equals("commit.after")) {
                throw new AssertionError(point);
            }
        };
        assertThrows(AssertionError.class, () -> database.transact(DatabaseTest::insert));
        assertEquals(1, committed());
    }

    /** Of two threads, each of which waits for the other before it lets go of its connection. */
    private Set<Integer> processesOfTwoAtOnce() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        Callable<Integer> one = () -> database.call(sql -> {
            int process =
                    sql.createQuery("select pg_backend_pid()").mapTo(int.class).one();
            try {
                both.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
                throw new IllegalStateException(alone);
            }
            return process;
        });
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Set<Integer> processes = new HashSet<>();
            for (Future<Integer> process : threads.invokeAll(List.of(one, one))) {
                processes.add(process.get());
            }
            return processes;
        }
    }

    /** What a thread gave or threw. */
    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** How many things another connection sees. */
    private static int committed() {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from things")) {
            rows.next();
            return rows.getInt(1);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private Database database(int port) {
        return new Database(
                new DatabaseSettings("127.0.0.1", port, "postgres", "postgres", "disable"),
                new Aws(Map.of()),
                new Failpoints(point -> failpoint.accept(point)),
                () -> nanos);
    }

    private static Update bound(Update insert, Object id, Object amount, Object phone, Object at) {
        return insert.bind("id", id).bind("amount", amount).bind("phone", phone).bind("at", at);
    }

    private static int insert(Handle sql) {
        return sql.createUpdate("insert into things (amount) values (:amount)")
                .bind("amount", new Money(1))
                .execute();
    }

    private int count(String where) {
        return database.call(sql -> sql.createQuery("select count(*) from things " + where)
                .mapTo(int.class)
                .one());
    }

    private int process() {
        return database.call(sql ->
                sql.createQuery("select pg_backend_pid()").mapTo(int.class).one());
    }

    private static void assertUnavailable(Runnable work) {
        ProblemException refused = assertThrows(ProblemException.class, work::run);
        assertInstanceOf(CommonProblem.Unavailable.class, refused.problem());
        assertEquals(503, refused.problem().status());
        assertTrue(refused.problem().retryAfter().isPresent());
    }

    /** Ends a server process and waits until it is gone. */
    private static void kill(int process) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                PreparedStatement statement = connection.prepareStatement("select pg_terminate_backend(?, 5000)")) {
            statement.setInt(1, process);
            try (ResultSet gone = statement.executeQuery()) {
                assertTrue(gone.next() && gone.getBoolean(1));
            }
        } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void execute(String statement) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement plain = connection.createStatement()) {
            plain.execute(statement);
        }
    }
}
