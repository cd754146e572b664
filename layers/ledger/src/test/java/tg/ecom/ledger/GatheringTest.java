package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.PostingResult.Posted;
import tg.ecom.platform.Caller;

/** What the requests of one instance ask of the ledger at the same time. */
class GatheringTest {
    private static final int CLIENTS = 16;
    private static final int POSTINGS_EACH = 200;

    private final Books books = Books.open();
    private final Ledger ledger = books.ledger();
    private final Caller store = books.person("Boutique", 1);

    @AfterEach
    void booksBalance() {
        books.assertSound();
    }

    @Test
    void whoComesAlone_isPostedByAStatementOfItsOwn() {
        Caller kossi = books.person("Kossi A.", 10_000);
        assertInstanceOf(Posted.class, ledger.post(payment(kossi, 100), kossi));
        assertInstanceOf(Posted.class, ledger.post(payment(kossi, 100), kossi));
        assertEquals(0, gathered());
    }

    @Test
    void whoComesWhileStatementsAreUnderway_isPostedByTheNextTogether() throws Exception {
        List<Caller> people = people(10);
        List<Future<PostingResult>> results = whileStatementsWait(people.stream()
                .<Callable<PostingResult>>map(person -> () -> ledger.post(payment(person, 1_000), person))
                .toList());

        for (int number = 0; number < people.size(); number++) {
            Posted posted = assertInstanceOf(Posted.class, results.get(number).get());
            assertEquals(new Money(9_000), posted.balanceOf(people.get(number).wallet()));
        }
        assertTrue(gathered() >= 7, "ten by no more than three statements");
    }

    @Test
    void eachHasAnAnswerOfItsOwn() throws Exception {
        Caller rich = books.person("Kossi A.", 10_000);
        Caller poor = books.person("Ama B.", 500);
        Caller frozen = books.person("Edem C.", 10_000);
        ledger.freeze(frozen.wallet());
        Caller gone = books.person("Yao D.", 10_000);
        books.sessions().revoke(gone.session(), gone.user());
        Caller capped = books.person("Sena E.", 40_000);
        List<Caller> callers = List.of(rich, poor, frozen, gone, capped);
        List<Callable<PostingResult>> wishes = Stream.of(
                        payment(rich, 1_000),
                        payment(poor, 1_000),
                        payment(frozen, 1_000),
                        payment(gone, 1_000),
                        payment(capped, 25_001))
                .<Callable<PostingResult>>map(posting -> () -> ledger.post(posting, callerOf(callers, posting)))
                .toList();

        assertEquals(
                List.of("posted", "insufficient_funds", "wallet_frozen", "session_revoked", "limit_exceeded"),
                told(whileStatementsWait(wishes)));
        assertEquals(new Money(9_000), balance(rich));
        assertEquals(new Money(500), balance(poor));
        assertEquals(new Money(10_000), balance(frozen));
        assertEquals(new Money(10_000), balance(gone));
        assertEquals(new Money(40_000), balance(capped));
    }

    @Test
    void oneWalletInManyOfThem_givesNoMoreThanItHas() throws Exception {
        Caller kossi = books.person("Kossi A.", 3_500);
        List<Callable<PostingResult>> wishes = IntStream.range(0, 6)
                .<Callable<PostingResult>>mapToObj(number -> () -> ledger.post(payment(kossi, 1_000), kossi))
                .toList();

        List<String> told = told(whileStatementsWait(wishes));

        assertEquals(3, told.stream().filter("posted"::equals).count());
        assertEquals(3, told.stream().filter("insufficient_funds"::equals).count());
        assertEquals(new Money(500), balance(kossi));
    }

    @Test
    void keysAreEachTheirOwn_andOneKeyMovesMoneyOnce() throws Exception {
        Caller kossi = books.person("Kossi A.", 10_000);
        Caller ama = books.person("Ama B.", 500);
        Posted before = assertInstanceOf(Posted.class, ledger.post(payment(kossi, 10), keyed(kossi, "before", "aa")));
        List<Callable<PostingResult>> wishes = List.of(
                () -> ledger.post(payment(kossi, 10), keyed(kossi, "before", "aa")),
                () -> ledger.post(payment(kossi, 20), keyed(kossi, "before", "bb")),
                () -> ledger.post(payment(kossi, 30), keyed(kossi, "twice", "cc")),
                () -> ledger.post(payment(kossi, 30), keyed(kossi, "twice", "cc")),
                () -> ledger.post(payment(ama, 1_000), keyed(ama, "too much", "dd")),
                () -> ledger.post(payment(kossi, 40), kossi));

        List<Future<PostingResult>> results = whileStatementsWait(wishes);

        Posted again = assertInstanceOf(Posted.class, results.get(0).get());
        assertEquals(List.of(before.transfer(), true), List.of(again.transfer(), again.replayed()));
        assertEquals(
                List.of("posted", "idempotency_key_reused", "posted", "posted", "insufficient_funds", "posted"),
                told(results));
        Posted one = assertInstanceOf(Posted.class, results.get(2).get());
        Posted other = assertInstanceOf(Posted.class, results.get(3).get());
        assertEquals(one.transfer(), other.transfer());
        assertTrue(one.replayed() != other.replayed());
        assertEquals(new Money(10_000 - 10 - 30 - 40), balance(kossi));
        // What was refused has no key any more.
        assertInstanceOf(Posted.class, ledger.post(payment(ama, 100), keyed(ama, "too much", "ee")));
    }

    @Test
    void whatPostgresqlCantTake_failsAloneAndNotTheOthers() throws Exception {
        List<Caller> people = people(6);
        List<Callable<PostingResult>> wishes = new ArrayList<>();
        for (Caller person : people.subList(1, 6)) {
            wishes.add(() -> ledger.post(payment(person, 1_000), keyed(person, "key", "aa")));
        }
        Caller first = people.getFirst();
        Posting untakeable = payment(first, 1_000).with(metadata(Map.of("huge", new BigDecimal("1E+200000"))));
        wishes.add(2, () -> ledger.post(untakeable, keyed(first, "key", "aa")));

        List<Future<PostingResult>> results = whileStatementsWait(wishes);

        ExecutionException failed =
                assertThrows(ExecutionException.class, () -> results.get(2).get());
        assertInstanceOf(StatementException.class, failed.getCause());
        for (int number : List.of(0, 1, 3, 4, 5)) {
            assertInstanceOf(Posted.class, results.get(number).get());
        }
        assertEquals(new Money(10_000), balance(first));
        assertInstanceOf(Posted.class, ledger.post(payment(first, 1_000), keyed(first, "key", "bb")));
    }

    @Test
    void manyAtOnce_loseNothing() throws Exception {
        List<Caller> people = people(CLIENTS);
        List<Callable<Long>> clients = people.stream()
                .<Callable<Long>>map(person -> () -> IntStream.range(0, POSTINGS_EACH)
                        .filter(number -> {
                            WalletId other = people.get((people.indexOf(person) + 1 + number % (CLIENTS - 1)) % CLIENTS)
                                    .wallet();
                            Caller keyed = keyed(person, "key " + number, "aa");
                            return ledger.post(Posting.transfer(person.wallet(), other, new Money(1)), keyed)
                                            instanceof Posted posted
                                    && !posted.replayed();
                        })
                        .count())
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<Long> client : threads.invokeAll(clients)) {
                assertEquals(POSTINGS_EACH, client.get());
            }
        }

        assertTrue(gathered() > 0);
        for (Caller person : people) {
            // Each is paid as often as they pay.
            assertEquals(
                    2 * POSTINGS_EACH,
                    books.number(
                            "select count(*) from ledger.entries where wallet_id = ? and category = 'transfer'",
                            person.wallet().value()));
        }
        assertEquals(CLIENTS * 10_000L + 1, books.number("""
                        select sum(balance)
                        from ledger.wallets
                        where kind = 'personal'
                        """));
    }

    /**
     * Asks while as many statements as there may be wait for wallets that somebody else has locked, and lets go when
     * all have asked.
     */
    private List<Future<PostingResult>> whileStatementsWait(List<Callable<PostingResult>> wishes) throws Exception {
        List<Caller> locked = people(2);
        ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();
        try (Handle lock = books.superuser().open();
                ExecutorService executor = Executors.newThreadPerTaskExecutor(work -> {
                    Thread thread = new Thread(work);
                    threads.add(thread);
                    return thread;
                })) {
            lock.begin();
            for (Caller person : locked) {
                lock.execute(
                        "select from ledger.wallets where id = ? for update",
                        person.wallet().value());
                executor.execute(() -> ledger.post(payment(person, 1), person).orThrow());
                untilAllWait(threads);
            }
            List<Future<PostingResult>> results = new ArrayList<>();
            for (Callable<PostingResult> wish : wishes) {
                FutureTask<PostingResult> task = new FutureTask<>(wish);
                executor.execute(task);
                untilAllWait(threads);
                results.add(task);
            }
            lock.rollback();
            return results;
        }
    }

    /** Until those that ask PostgreSQL wait for a lock, and all the others for their turn. */
    private void untilAllWait(ConcurrentLinkedQueue<Thread> threads) {
        long asking;
        do {
            Thread.onSpinWait();
            asking = threads.stream()
                    .filter(thread -> thread.getState() != Thread.State.WAITING)
                    .count();
        } while (asking != books.number("""
                        select count(*)
                        from pg_stat_activity
                        where datname = current_database() and wait_event_type = 'Lock'
                        """));
    }

    /** How many transfers were not the first of their statement. */
    private long gathered() {
        return books.number("select count(*) - count(distinct xid) from ledger.transfers");
    }

    private List<Caller> people(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> books.person("Personne " + number, 10_000))
                .toList();
    }

    private Posting payment(Caller from, long amount) {
        return Posting.transfer(from.wallet(), store.wallet(), new Money(amount));
    }

    private static Posting.Details metadata(Map<String, Object> metadata) {
        return new Posting.Details(
                Optional.empty(), metadata, Optional.empty(), PaymentMethod.WALLET, Optional.empty(), Optional.empty());
    }

    private static Caller keyed(Caller caller, String key, String body) {
        return Books.keyed(caller, key, body.repeat(32));
    }

    private static Caller callerOf(List<Caller> callers, Posting posting) {
        return callers.stream()
                .filter(caller ->
                        caller.wallet().equals(posting.entries().getFirst().wallet()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> told(List<Future<PostingResult>> results) throws Exception {
        List<String> told = new ArrayList<>();
        for (Future<PostingResult> result : results) {
            told.add(BatchTest.told(result.get()));
        }
        return told;
    }

    private Money balance(Caller person) {
        return ledger.balance(person.wallet()).orElseThrow().balance();
    }
}
