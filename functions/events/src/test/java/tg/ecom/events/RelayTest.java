package tg.ecom.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.testing.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.EventId;
import tg.ecom.kernel.ProblemException;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.CommonProblem;
import tg.ecom.platform.Database;
import tg.ecom.platform.DatabaseSettings;
import tg.ecom.platform.DomainEvent;
import tg.ecom.platform.FunctionRuntime;
import tg.ecom.platform.Outbox;
import tg.ecom.platform.StageSettings;
import tg.ecom.platform.Surroundings;
import tg.ecom.platform.Tick;
import tg.ecom.testing.PostgresServer;
import tg.ecom.testing.SettableClock;

/** The relay over real PostgreSQL. */
class RelayTest {
    private static final String MACHINE = "arn:aws:states:us-east-1:000000000000:stateMachine:ecom-test-charge";
    private static final UUID SUBJECT = UUID.fromString("01900000-0000-7000-8000-000000000001");

    /** What the events of this test tell. */
    record Told(int number) {}

    private final SettableClock clock = new SettableClock();
    private final Cloud cloud = new Cloud();
    private final String database = PostgresServer.newDatabase();
    private final Jdbi superuser = PostgresServer.superuser(database);
    private final Database written = domain();

    @AfterEach
    void dropEverything() {
        cloud.close();
        PostgresServer.drop(database);
    }

    @Test
    void whatIsWritten_isToldOnceInItsOrder_withItsTypeAsAttribute() {
        List<String> ids = new ArrayList<>();
        written.transact(transaction -> {
            for (int i = 0; i < 205; i++) {
                ids.add(write(transaction, i).toString());
            }
            return ids;
        });
        run();
        List<Cloud.Published> told = cloud.published();
        assertEquals(
                ids.stream().sorted().toList(),
                told.stream().map(one -> one.body().path("id").textValue()).toList());
        assertTrue(told.stream().allMatch(one -> one.type().equals("test.told")));
        assertTrue(cloud.batches().stream().allMatch(size -> size <= 10));
        JsonNode body = told.getFirst().body();
        assertEquals(SUBJECT.toString(), body.path("subject_id").textValue());
        assertEquals(7, body.path("subject_version").asInt());
        assertEquals("2026-11-23T08:00:00Z", body.path("occurred_at").textValue());
        assertTrue(body.path("data").has("number"));
        run();
        assertEquals(List.of(), cloud.published());
    }

    @Test
    void whatAnOpenTransactionHasWritten_isNotPassedBy() {
        List<String> ids = new ArrayList<>();
        written.transact(slow -> {
            ids.add(write(slow, 1).toString());
            ids.add(domain().transact(fast -> write(fast, 2)).toString());
            run();
            assertEquals(List.of(), cloud.published(), "the earlier one may still commit");
            return ids;
        });
        run();
        assertEquals(
                ids,
                cloud.published().stream()
                        .map(one -> one.body().path("id").textValue())
                        .toList());
    }

    @Test
    void whatIsRolledBack_isNeverTold() {
        assertThrows(
                ProblemException.class,
                () -> written.transact(transaction -> {
                    write(transaction, 1);
                    throw new CommonProblem.NotFound().asException();
                }));
        run();
        assertEquals(List.of(), cloud.published());
    }

    @Test
    void transfer_isAnEventByItself_withWhoseWalletsItMoved() {
        UUID transfer = Uuid7.next(clock);
        UUID afi = wallet();
        UUID kossi = wallet();
        superuser.useTransaction(transaction -> {
            transaction.execute("""
                    insert into ledger.transfers (id, currency, payment_method, effective_at, created_at, hash)
                    values (?, 'XOF', 'wallet', '2026-11-23T08:00:00Z', '2026-11-23T08:00:00Z', '\\x00')
                    """, transfer);
            entry(transaction, transfer, afi, -500);
            entry(transaction, transfer, kossi, 500);
        });
        run();
        List<Cloud.Published> told = cloud.published();
        assertEquals(1, told.size());
        assertEquals("transfer.posted", told.getFirst().type());
        JsonNode body = told.getFirst().body();
        assertEquals(transfer.toString(), body.path("subject_id").textValue());
        Map<String, Long> amounts = new HashMap<>();
        body.path("data")
                .path("entries")
                .forEach(entry -> amounts.put(
                        entry.path("owner_id").textValue(), entry.path("amount").asLong()));
        assertEquals(Map.of(afi.toString(), -500L, kossi.toString(), 500L), amounts);
    }

    @Test
    void whileSnsIsDown_nothingIsLostAndTheRunFails() {
        written.transact(transaction -> write(transaction, 1));
        cloud.down(true);
        assertThrows(RuntimeException.class, this::run);
        cloud.down(false);
        run();
        assertEquals(1, cloud.published().size());
    }

    @Test
    void whereSnsRefusesOne_itIsToldAgain() {
        written.transact(transaction -> write(transaction, 1));
        cloud.refuse("test.told");
        assertThrows(IllegalStateException.class, this::run);
        assertEquals(List.of(), cloud.published());
        cloud.refuse("");
        run();
        assertEquals(1, cloud.published().size());
    }

    @Test
    void newestRun_takesOver() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = threads.submit(() -> run(600));
            eventually(
                    "the first run has begun",
                    () -> superuser.withHandle(handle -> handle.createQuery("select run is not null from events.relay")
                            .mapTo(Boolean.class)
                            .one()));
            run();
            first.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void startThatIsOwed_isMadeWhenWhoOwedItMustBeDead() {
        superuser.useHandle(handle -> handle.execute(
                "insert into platform.saga_starts (name, state_machine, input, created_at) values ('one', ?, '{}', cast(? as timestamptz))",
                MACHINE,
                clock.instant().toString()));
        clock.advance(Duration.ofSeconds(9));
        run();
        assertEquals(List.of(), cloud.sagaCalls());
        clock.advance(Duration.ofSeconds(2));
        run();
        assertEquals(List.of("StartExecution one"), cloud.sagaCalls());
        run();
        assertEquals(List.of(), cloud.sagaCalls());
    }

    @Test
    void parkedTaskWhoseNewsHaveCome_isWoken_andOneWithoutIsNot() {
        park("there", "\"token-1\"", "{}", null);
        park("refused", "\"token-2\"", "\"no\"", "Refused");
        park("waiting", "\"token-3\"", null, null);
        park("early", null, "{}", null);
        clock.advance(Duration.ofSeconds(11));
        run();
        assertEquals(
                List.of("SendTaskFailure token-2", "SendTaskSuccess token-1"),
                cloud.sagaCalls().stream().sorted().toList());
        assertEquals(2, parked());
        clock.advance(Duration.ofDays(31));
        run();
        assertEquals(List.of(), cloud.sagaCalls());
        assertEquals(0, parked());
    }

    @Test
    void whatStaysOwedForLong_failsTheRun() {
        superuser.useHandle(handle -> handle.execute(
                "insert into platform.saga_starts (name, state_machine, input, created_at) values ('one', ?, '{}', cast(? as timestamptz))",
                MACHINE,
                clock.instant().toString()));
        clock.advance(Duration.ofMinutes(6));
        cloud.down(true);
        assertTrue(assertThrows(IllegalStateException.class, this::run)
                .getMessage()
                .contains("1 starts or wakes"));
        cloud.down(false);
        run();
        assertEquals(List.of("StartExecution one"), cloud.sagaCalls());
    }

    @Test
    void eventsThatWereTold_areForgottenAfterAWeek_andNoOthers() {
        written.transact(transaction -> write(transaction, 1));
        run();
        clock.advance(Duration.ofDays(6));
        run();
        assertEquals(1, outbox());
        clock.advance(Duration.ofDays(2));
        written.transact(transaction -> write(transaction, 2));
        run();
        assertEquals(1, outbox());
    }

    @Test
    void whatConsumersHaveHad_isForgottenWhenNoQueueKeepsIt() {
        superuser.useHandle(handle -> {
            handle.execute("insert into platform.consumed_messages values ('a', '1', '2026-11-23T08:00:00Z')");
            handle.execute(
                    "insert into platform.consumed_subjects values ('a', ?, 1, '2026-11-23T08:00:00Z')", SUBJECT);
        });
        clock.advance(Duration.ofDays(44));
        run();
        assertEquals(2, count("platform.consumed_messages") + count("platform.consumed_subjects"));
        clock.advance(Duration.ofDays(2));
        run();
        assertEquals(0, count("platform.consumed_messages") + count("platform.consumed_subjects"));
    }

    @Test
    void eventTooLargeForSns_isRefusedWhereItIsWritten() {
        assertThrows(
                RuntimeException.class,
                () -> written.transact(transaction -> {
                    tell(transaction, Uuid7.next(clock), new TooLong("x".repeat(20_000)));
                    return true;
                }));
    }

    @Test
    void whatHappened_isFoundByIndexes() {
        superuser.useHandle(handle -> {
            handle.execute("""
                    insert into ledger.transfers (id, currency, payment_method, effective_at, created_at, hash, xid)
                    select uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring), 'XOF', 'wallet',
                        '2026-11-23T10:00:00Z', '2026-11-23T10:00:00Z', '\\x00', n::text::xid8
                    from generate_series(1, 30000) n
                    """);
            handle.execute("""
                    insert into platform.outbox (id, type, subject_id, subject_version, payload, occurred_at, xid)
                    select uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring), 'a', gen_random_uuid(),
                        1, '{}', '2026-11-23T10:00:00Z', n::text::xid8
                    from generate_series(1, 30000) n
                    """);
            handle.execute("analyze ledger.transfers, platform.outbox");
            handle.execute("update events.relay set xid = '29000', run = ?", SUBJECT);
            String plan = String.join(
                    "\n",
                    handle.createQuery("explain " + EventLog.READ)
                            .bind("run", SUBJECT)
                            .bind("count_max", 100)
                            .mapTo(String.class)
                            .list());
            assertFalse(plan.contains("Seq Scan on transfers"), plan);
            assertFalse(plan.contains("Seq Scan on outbox"), plan);
        });
    }

    /** What is too long. */
    record TooLong(String text) {}

    private UUID write(Handle transaction, int number) {
        UUID id = Uuid7.next(clock);
        tell(transaction, id, new Told(number));
        return id;
    }

    private void tell(Handle transaction, UUID id, Record payload) {
        Outbox.write(transaction, new DomainEvent(new EventId(id), "test.told", SUBJECT, 7, clock.instant(), payload));
    }

    private UUID wallet() {
        UUID id = Uuid7.next(clock);
        superuser.useHandle(handle -> handle.execute(
                "select ledger.register_holder(?, uuid_send(?), 'Afi M.', 1::smallint, 'XOF', '2026-11-23T08:00:00Z')",
                id,
                id));
        return id;
    }

    private void entry(Handle transaction, UUID transfer, UUID wallet, long amount) {
        transaction.execute("""
                insert into ledger.entries (id, transfer_id, wallet_id, amount, balance_after, sequence, created_at, category, hash)
                values (?, ?, ?, ?, 0, 1, '2026-11-23T08:00:00Z', 'transfer', '\\x00')
                """, Uuid7.next(clock), transfer, wallet, amount);
    }

    private void park(String wait, String token, String outcome, String error) {
        superuser.useHandle(handle -> handle.execute(
                """
                insert into platform.parked_tasks (subject_id, wait, token, outcome, error, created_at, updated_at)
                values (?, ?, ?, cast(? as jsonb), ?, cast(? as timestamptz), cast(? as timestamptz))
                """,
                SUBJECT,
                wait,
                token == null ? null : token.replace("\"", ""),
                outcome,
                error,
                clock.instant().toString(),
                clock.instant().toString()));
    }

    private int parked() {
        return count("platform.parked_tasks");
    }

    private int outbox() {
        return count("platform.outbox");
    }

    private int count(String table) {
        return superuser.withHandle(handle -> handle.createQuery("select count(*) from " + table)
                .mapTo(Integer.class)
                .one());
    }

    private void run() {
        run(0);
    }

    private void run(int seconds) {
        Map<String, String> environment = environment("ecom_events");
        environment.put("ECOM_EVENTS_TOPIC", "arn:aws:sns:us-east-1:000000000000:ecom-test-events");
        environment.put("ECOM_RELAY_SECONDS", Integer.toString(seconds));
        try (Relay relay = within(environment, Relay::new)) {
            relay.handle(new Tick());
        }
    }

    /** A connection of a domain that writes events. */
    private Database domain() {
        return within(
                        environment("ecom_payments"),
                        () -> new Surroundings(List.of(StageSettings.class, DatabaseSettings.class)))
                .database();
    }

    private <T> T within(Map<String, String> environment, Callable<T> work) {
        try {
            return FunctionRuntime.within(environment, clock, work);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private Map<String, String> environment(String role) {
        Map<String, String> settings = PostgresServer.settings(database, role);
        settings.put("AWS_ENDPOINT_URL", cloud.url());
        return settings;
    }
}
