package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import tg.ecom.client.FreePorts;
import tg.ecom.kernel.EntryId;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.SessionId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.ledger.PostingResult.Posted;
import tg.ecom.platform.Caller;
import tg.ecom.platform.Database;

/** RDS Proxy must be free to give each statement another connection: by what the server says it was asked. */
class ProxyPinningTest {
    private static final Set<Class<?>> API =
            Set.of(Ledger.class, Journal.class, Seals.class, Verifier.class, Directory.class, Sessions.class);

    /** More often than the driver's own threshold for naming a statement, were it not switched off. */
    private static final int ROUNDS = 7;

    @TempDir
    private static Path folder;

    private static EmbeddedPostgres server;
    private static ServerLog log;
    private static Books books;

    @BeforeAll
    static void serverThatLogsAllStatements() throws IOException {
        Path file = folder.resolve("server.log");
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPort(FreePorts.one())
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(file.toFile()))
                .setServerConfig("fsync", "off");
        ServerLog.SETTINGS.forEach(builder::setServerConfig);
        server = builder.start();
        log = new ServerLog(file);
        books = Books.on(server);
        books.superuser().useHandle(handle -> {
            handle.execute("create sequence platform.numbers");
            handle.execute("grant usage on sequence platform.numbers to ecom_wallet");
            handle.execute("""
                    create function platform.hidden() returns bigint language plpgsql as $$
                    begin
                        return (select nextval('platform.numbers') from generate_series(1, 1));
                    end
                    $$
                    """);
            handle.execute("grant execute on function platform.hidden to ecom_wallet");
        });
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void everyOperationOfTheLedger_leavesTheConnectionFree() {
        Map<String, Runnable> operations = operations();
        assertEquals(publicMethods(), operations.keySet());

        long before = log.length();
        for (int round = 0; round < ROUNDS; round++) {
            operations.values().forEach(Runnable::run);
        }

        assertEquals(List.of(), log.pinning(before));
        // The log does show what functions run.
        List<String> statements = log.statements(before);
        for (String statement : List.of(
                "execute <unnamed>: select *\n\tfrom ledger.post(",
                "Query Text: insert into ledger.transfers",
                "from ledger.reverse(",
                "from ledger.try_post(",
                "ledger.post_all(",
                "ledger.post_gathered(",
                "ledger.seal(",
                ": BEGIN")) {
            assertTrue(statements.stream().anyMatch(found -> found.contains(statement)), statement);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set work_mem = '1MB'",
                "set local work_mem = '1MB'",
                "select 1; set work_mem = '1MB'",
                "reset work_mem",
                "select set_config('work_mem', '1MB', false)",
                "create temporary table notes (text text)",
                "create temp view ones as select 1",
                "prepare one as select 1",
                "declare ones cursor with hold for select 1",
                "listen news",
                "select pg_advisory_lock(1)",
                "select pg_try_advisory_lock(2)",
                "select nextval('platform.numbers')",
            })
    void statementThatPins_isFound(String statement) {
        long before = log.length();

        books.as("ecom_wallet").useHandle(handle -> handle.execute(statement));

        assertTrue(
                log.pinning(before).stream()
                        .anyMatch(found -> found.replace(";\n", "; ").contains(lastOf(statement))),
                () -> log.statements(before).toString());
    }

    @Test
    void statementThatPinsWithinAFunction_isFound() {
        long before = log.length();

        books.as("ecom_wallet").useHandle(handle -> handle.execute("select platform.hidden()"));

        assertTrue(
                log.pinning(before).stream().anyMatch(found -> found.contains("select nextval('platform.numbers')")));
    }

    @Test
    void statementsThatTheDriverNames_areFound() {
        long before = log.length();

        books.as("ecom_wallet").useTransaction(handle -> {
            named(handle);
            fetched(handle);
        });

        List<String> found = log.pinning(before);
        assertTrue(found.stream().anyMatch(statement -> statement.contains("select 'named'")), found::toString);
        assertTrue(found.stream().anyMatch(statement -> statement.contains("generate_series(1, 10)")), found::toString);
    }

    @Test
    void valuesAndTransactions_areNoneOfThem() {
        long before = log.length();

        books.database("ecom_wallet")
                .transact(handle -> handle.createQuery("select :text")
                        .bind("text", "set work_mem; nextval('x')")
                        .mapTo(String.class)
                        .one());

        assertEquals(List.of(), log.pinning(before));
        assertFalse(log.statements(before).isEmpty());
    }

    private static void named(Handle handle) {
        try (PreparedStatement statement = handle.getConnection().prepareStatement("select 'named'")) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(1);
            statement.executeQuery().close();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** As a cursor of the driver's, which names the statement though names are switched off. */
    private static void fetched(Handle handle) {
        Connection connection = handle.getConnection();
        try {
            connection.unwrap(PGConnection.class).setPrepareThreshold(0);
            try (PreparedStatement statement = connection.prepareStatement("select generate_series(1, 10)")) {
                statement.setFetchSize(2);
                statement.executeQuery().close();
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String lastOf(String statements) {
        return statements.substring(statements.indexOf("; ") + 1).strip();
    }

    private static Set<String> publicMethods() {
        return API.stream()
                .flatMap(part -> Arrays.stream(part.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(ProxyPinningTest::named)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String named(Method method) {
        return "%s.%s(%s)"
                .formatted(
                        method.getDeclaringClass().getSimpleName(),
                        method.getName(),
                        Stream.of(method.getParameterTypes())
                                .map(Class::getSimpleName)
                                .collect(Collectors.joining(", ")));
    }

    /** Every public operation, by its signature, each as often as one likes. */
    private static Map<String, Runnable> operations() {
        Database wallet = books.database("ecom_wallet");
        Ledger ledger = new Ledger(wallet, books.clock());
        Caller kossi = books.person("Kossi A.", 50_000);
        Caller ama = books.person("Ama B.", 50_000);
        Posting transfer = Posting.transfer(kossi.wallet(), ama.wallet(), new Money(1));
        Posting back = Posting.transfer(ama.wallet(), kossi.wallet(), new Money(1));
        Map<String, Runnable> operations = new TreeMap<>();
        operations.put("Ledger.post(Posting)", () -> {
            ledger.post(back).orThrow();
            // As those are made that come while others are underway.
            wallet.call(handle -> new PostingStatement(handle, books.clock(), Ledger.LOME)
                            .gathered(List.of(
                                    PostingRequest.of(back, Optional.empty(), books.clock()),
                                    PostingRequest.of(back, Optional.empty(), books.clock()))))
                    .forEach(PostingResult::orThrow);
        });
        operations.put("Ledger.post(Posting, Caller)", () -> {
            ledger.post(transfer, kossi).orThrow();
            ledger.post(transfer, Books.keyed(kossi, "key", "aa")).orThrow();
            ledger.post(Posting.funding(PaymentMethod.YAS, kossi.wallet(), new Money(1)))
                    .orThrow();
        });
        operations.put(
                "Ledger.postTogether(List)",
                () -> ledger.postTogether(List.of(back, back)).orThrow());
        operations.put(
                "Ledger.postTogether(List, Caller)",
                () -> ledger.postTogether(List.of(transfer, transfer), Books.keyed(kossi, "together", "aa"))
                        .orThrow());
        operations.put(
                "Ledger.postEach(List)",
                () -> ledger.postEach(List.of(back, back)).forEach(PostingResult::orThrow));
        operations.put(
                "Ledger.postEach(List, Caller)",
                () -> ledger.postEach(List.of(transfer, transfer), Books.keyed(kossi, "each", "aa"))
                        .forEach(PostingResult::orThrow));
        operations.put("Ledger.check(Posting)", () -> ledger.check(back).orThrow());
        operations.put(
                "Ledger.check(Posting, Caller)",
                () -> ledger.check(transfer, kossi).orThrow());
        operations.put(
                "Ledger.hold(HoldRequest)", () -> ledger.hold(request(ama)).orThrow());
        operations.put(
                "Ledger.hold(HoldRequest, Caller)",
                () -> ledger.hold(request(kossi), kossi).orThrow());
        operations.put(
                "Ledger.capture(Posting, Capture)",
                () -> ledger.capture(transfer, new Posting.Capture(held(ledger, kossi), true))
                        .orThrow());
        operations.put(
                "Ledger.release(HoldId)",
                () -> ledger.release(held(ledger, kossi)).orThrow());
        operations.put("Ledger.expire(int)", () -> ledger.expire(10));
        operations.put(
                "Ledger.reverse(TransferId, String)",
                () -> ledger.reverse(posted(ledger, transfer).transfer(), "erreur")
                        .orThrow());
        operations.put(
                "Ledger.reverse(TransferId, String, Caller)",
                () -> ledger.reverse(posted(ledger, transfer).transfer(), "erreur", ama)
                        .orThrow());
        operations.put(
                "Ledger.freeze(WalletId)",
                () -> ledger.freeze(EcomWallet.FEES.id()).orThrow());
        operations.put(
                "Ledger.unfreeze(WalletId)",
                () -> ledger.unfreeze(EcomWallet.FEES.id()).orThrow());
        operations.put(
                "Ledger.close(WalletId)",
                () -> ledger.close(books.person("Afi C.").wallet()).orThrow());
        operations.put("Ledger.balance(WalletId)", () -> ledger.balance(kossi.wallet()));
        operations.put("Ledger.balanceAt(WalletId, Instant)", () -> {
            ledger.balanceAt(kossi.wallet(), books.now());
            ledger.balanceAt(EcomWallet.FLOAT_YAS.id(), books.now());
        });
        operations.put(
                "Ledger.transactions(TransactionQuery)",
                () -> ledger.transactions(TransactionQuery.newest(kossi.wallet(), 5)));
        operations.put(
                "Ledger.transaction(WalletId, EntryId)",
                () -> ledger.transaction(kossi.wallet(), new EntryId(Uuid7.next(books.clock()))));
        operations.put(
                "Ledger.within(Handle)",
                () -> wallet.transact(
                        handle -> ledger.within(handle).post(transfer, kossi).orThrow()));
        operations.put(
                "Journal.read(Instant, Instant, Consumer)",
                () -> new Journal(wallet, 10).read(Instant.MIN, Instant.MAX, line -> {}));
        Seals seals = new Seals(wallet, books.clock());
        operations.put("Seals.sealAll()", seals::sealAll);
        operations.put("Seals.seal(WalletId)", () -> seals.seal(EcomWallet.FEES.id()));
        operations.put("Seals.balance(WalletId)", () -> seals.balance(EcomWallet.FEES.id()));
        operations.put("Verifier.verify()", () -> new Verifier(wallet).verify());
        operations.putAll(ofPeople());
        return operations;
    }

    private static Map<String, Runnable> ofPeople() {
        Directory directory = books.directory();
        Directory asked = books.directory("ecom_wallet");
        Sessions sessions = books.sessions();
        Caller yao = books.person("Yao D.");
        Phone nobodys = Phone.of("+22870000000");
        Database auth = books.database("ecom_auth");
        return Map.ofEntries(
                Map.entry("Directory.register(UserId, Phone, String)", () -> books.person("Esi E.")),
                Map.entry("Directory.rename(UserId, String)", () -> directory.rename(yao.user(), "Yao F.")),
                Map.entry("Directory.find(Phone)", () -> directory.find(nobodys)),
                Map.entry(
                        "Directory.find(Phone, UserId)",
                        () -> asked.find(nobodys, new UserId(Uuid7.next(books.clock())))),
                Map.entry("Directory.find(WalletId)", () -> directory.find(yao.wallet())),
                Map.entry(
                        "Directory.within(Handle)",
                        () -> auth.transact(handle -> directory.within(handle).find(nobodys))),
                Map.entry("Sessions.requireLive(Caller)", () -> sessions.requireLive(yao)),
                Map.entry(
                        "Sessions.revoke(SessionId, UserId)",
                        () -> sessions.revoke(new SessionId(Uuid7.next(books.clock())), yao.user())),
                Map.entry(
                        "Sessions.revokeAll(UserId)",
                        () -> sessions.revokeAll(books.person("Koku G.").user())),
                Map.entry("Sessions.epoch(UserId)", () -> sessions.epoch(yao.user())),
                Map.entry(
                        "Sessions.forget(Instant, int)",
                        () -> new Sessions(books.database("ecom_wallet"), books.clock()).forget(books.now(), 10)),
                Map.entry(
                        "Sessions.within(Handle)",
                        () -> auth.transact(handle -> sessions.within(handle).epoch(yao.user()))));
    }

    private static HoldId held(Ledger ledger, Caller person) {
        return ledger.hold(request(person)).orThrow().hold().id();
    }

    private static Posted posted(Ledger ledger, Posting posting) {
        return ledger.post(posting).orThrow();
    }

    private static HoldRequest request(Caller person) {
        return new HoldRequest(
                person.wallet(), new Money(1), Category.TRANSPORT, books.now().plusSeconds(60), Optional.empty());
    }
}
