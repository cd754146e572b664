package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.EntryId;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Uuid7;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.Posting.Entry;
import tg.ecom.ledger.PostingResult.Posted;
import tg.ecom.platform.Caller;

/** Many postings by one call: together, or each on its own. */
class BatchTest {
    private static final int PAYROLL = 1_000;
    private static final int SEEDS = 1_000_000;

    private final Books books = Books.open();
    private final Ledger ledger = books.ledger();
    private final Caller employer = books.person("Dédé K.", 1_000_000);
    private final Caller kossi = books.person("Kossi A.");
    private final Caller ama = books.person("Ama B.");
    private final Caller koffi = books.person("Koffi C.");
    private final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextInt(SEEDS));

    @AfterEach
    void booksBalance() {
        books.assertSound();
    }

    @Test
    void payrollOfAThousand_isPaidTogetherAndEachTransferIsOneOfItsOwn() {
        List<Caller> staff = IntStream.range(0, 100)
                .mapToObj(i -> books.person("Agent " + i))
                .toList();
        List<Posting> payroll = IntStream.range(0, PAYROLL)
                .mapToObj(i -> wage(staff.get(i % staff.size()), 500 + i).described("Salaire " + i))
                .toList();

        List<Posted> paid = ledger.postTogether(payroll).orThrow();

        long total = IntStream.range(0, PAYROLL).mapToLong(i -> 500 + i).sum();
        assertEquals(PAYROLL, paid.stream().map(Posted::transfer).distinct().count());
        assertEquals(1_000_000 - total, balance(employer));
        assertEquals(total, staff.stream().mapToLong(this::balance).sum());
        long left = 1_000_000;
        for (int i = 0; i < PAYROLL; i++) {
            left -= 500 + i;
            assertEquals(new Money(left), paid.get(i).balanceOf(employer.wallet()));
        }
        assertEquals(
                List.of("Salaire 905", "Salaire 805"),
                ledger.transactions(TransactionQuery.newest(staff.get(5).wallet(), 2)).items().stream()
                        .map(item -> item.description().orElseThrow())
                        .toList());
    }

    @Test
    void together_oneRefusalMovesNothingAndIsNamed() {
        List<Posting> payroll = List.of(wage(kossi, 400_000), wage(ama, 400_000), wage(koffi, 400_000));

        BatchResult.Refused refused =
                assertInstanceOf(BatchResult.Refused.class, ledger.postTogether(payroll, keyed("key", "aa")));

        assertEquals(2, refused.index());
        assertEquals(new LedgerProblem.InsufficientFunds(employer.wallet(), new Money(200_000)), refused.problem());
        assertEquals(List.of(1_000_000L, 0L, 0L, 0L), balances());
        assertEquals(0, books.number("select count(*) from platform.idempotency_keys where key = 'key'"));
    }

    @Test
    void eachOnItsOwn_refusalsLeaveTheOthersAsTheyAre() {
        List<PostingResult> results = ledger.postEach(List.of(
                wage(kossi, 600_000),
                wage(ama, 600_000),
                transfer(kossi, koffi, 100),
                transfer(ama, koffi, 1),
                wage(ama, 300_000)));

        assertEquals(
                List.of("posted", "insufficient_funds", "posted", "insufficient_funds", "posted"),
                results.stream().map(BatchTest::told).toList());
        assertEquals(List.of(100_000L, 599_900L, 300_000L, 100L), balances());
        assertEquals(
                new Money(100_000),
                assertInstanceOf(Posted.class, results.getLast()).balanceOf(employer.wallet()));
    }

    @Test
    void eachOfSomeRandomPostings_isJudgedAsIfItCameAlone() {
        Books alone = Books.open();
        Ledger other = alone.ledger();
        Random random = new Random(seed);
        List<Caller> here = new ArrayList<>();
        List<Caller> there = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            long funds = random.nextInt(1, 15_000);
            here.add(books.person("Personne " + i, funds));
            there.add(alone.person("Personne " + i, funds));
        }
        ledger.freeze(here.get(5).wallet());
        other.freeze(there.get(5).wallet());
        for (int batch = 0; batch < 12; batch++) {
            List<Posting> postings = new ArrayList<>();
            List<PostingResult> oneByOne = new ArrayList<>();
            for (int i = random.nextInt(1, 40); i > 0; i--) {
                List<Integer> parties =
                        new ArrayList<>(IntStream.range(0, 6).boxed().toList());
                Collections.shuffle(parties, random);
                long[] amounts = amounts(random);
                Caps caps = random.nextBoolean() ? Caps.SPENDING : Caps.NONE;
                postings.add(posting(here, parties, amounts, caps));
                oneByOne.add(other.post(posting(there, parties, amounts, caps)));
            }

            List<PostingResult> results = ledger.postEach(postings);

            assertEquals(
                    oneByOne.stream().map(BatchTest::told).toList(),
                    results.stream().map(BatchTest::told).toList(),
                    () -> "with -Dseed=" + seed);
            for (int i = 0; i < 6; i++) {
                assertEquals(
                        other.balance(there.get(i).wallet()),
                        ledger.balance(here.get(i).wallet()),
                        () -> "with -Dseed=" + seed);
            }
        }
        assertTrue(alone.verify().ok());
    }

    @Test
    void together_theSameRequestAgainIsAnsweredAsBefore() {
        List<Posting> payroll = List.of(wage(kossi, 1_000), wage(ama, 2_000));
        List<Posted> paid = ledger.postTogether(payroll, keyed("key", "aa")).orThrow();

        List<Posted> again = ledger.postTogether(payroll, keyed("key", "aa")).orThrow();

        assertEquals(
                paid.stream().map(Posted::transfer).toList(),
                again.stream().map(Posted::transfer).toList());
        assertTrue(again.stream().allMatch(Posted::replayed));
        assertEquals(new Money(999_000), again.getFirst().balanceOf(employer.wallet()));
        assertEquals(List.of(997_000L, 1_000L, 2_000L, 0L), balances());
    }

    @Test
    void eachOnItsOwn_theSameRequestAgainTriesOnlyWhatWasRefused() {
        List<Posting> postings = List.of(transfer(kossi, ama, 100), wage(koffi, 5_000), transfer(kossi, ama, 200));
        assertEquals(
                List.of("insufficient_funds", "posted", "insufficient_funds"),
                ledger.postEach(postings, keyed("key", "aa")).stream()
                        .map(BatchTest::told)
                        .toList());
        ledger.post(wage(kossi, 150)).orThrow();

        List<PostingResult> again = ledger.postEach(postings, keyed("key", "aa"));

        assertEquals(
                List.of("posted", "posted", "insufficient_funds"),
                again.stream().map(BatchTest::told).toList());
        assertFalse(assertInstanceOf(Posted.class, again.getFirst()).replayed());
        assertTrue(assertInstanceOf(Posted.class, again.get(1)).replayed());
        assertEquals(List.of(994_850L, 50L, 100L, 5_000L), balances());
    }

    @Test
    void keyOfAnotherBody_isRefusedForAll() {
        ledger.postTogether(List.of(wage(kossi, 1_000)), keyed("key", "aa")).orThrow();
        List<Posting> others = List.of(wage(kossi, 1), wage(ama, 1));

        assertEquals(
                new BatchResult.Refused(0, new LedgerProblem.IdempotencyKeyReused()),
                ledger.postTogether(others, keyed("key", "bb")));
        assertEquals(
                List.of("idempotency_key_reused", "idempotency_key_reused"),
                ledger.postEach(others, keyed("key", "bb")).stream()
                        .map(BatchTest::told)
                        .toList());
        assertEquals(List.of(999_000L, 1_000L, 0L, 0L), balances());
    }

    @Test
    void theSameRequestManyTimesAtOnce_isDoneOnce() throws Exception {
        List<Posting> postings = List.of(wage(kossi, 1_000), transfer(ama, kossi, 1), wage(ama, 2_000));
        List<Future<List<PostingResult>>> asked = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                Ledger one = books.ledger();
                asked.add(threads.submit(() -> one.postEach(postings, keyed("key", "aa"))));
            }
        }
        for (Future<List<PostingResult>> each : asked) {
            assertEquals("posted", told(each.get().getFirst()));
            assertEquals("posted", told(each.get().getLast()));
        }
        // Whoever asked again after Ama's wage had come had her transfer made, once.
        assertEquals(List.of(997_000L, 1_001L, 1_999L, 0L), balances());
        assertEquals(1 + 3, books.number("select count(*) from ledger.transfers"));
    }

    @Test
    void batchesOfTheSameWalletsInOppositeOrder_neverDeadlock() throws Exception {
        ledger.postTogether(List.of(wage(kossi, 10_000), wage(ama, 10_000), wage(koffi, 10_000)))
                .orThrow();
        List<Posting> there = List.of(transfer(kossi, ama, 1), transfer(ama, koffi, 1), transfer(koffi, kossi, 1));
        List<Posting> back = there.reversed();
        List<Future<Integer>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                Ledger one = books.ledger();
                List<Posting> postings = i % 2 == 0 ? there : back;
                clients.add(threads.submit(() -> {
                    int posted = 0;
                    for (int n = 0; n < 100; n++) {
                        posted += one.postTogether(postings).orThrow().size();
                    }
                    return posted;
                }));
            }
        }
        for (Future<Integer> client : clients) {
            assertEquals(300, client.get());
        }
        assertEquals(List.of(970_000L, 10_000L, 10_000L, 10_000L), balances());
    }

    @Test
    void holdThatPaysTwiceInABatch_paysNoMoreThanItPromised() {
        HoldId hold = assertInstanceOf(
                        HoldResult.Done.class,
                        ledger.hold(new HoldRequest(
                                employer.wallet(),
                                new Money(1_000),
                                Category.SHOPPING,
                                books.now().plusSeconds(600),
                                Optional.empty())))
                .hold()
                .id();

        List<PostingResult> results = ledger.postEach(List.of(
                wage(kossi, 700).paidBy(new Posting.Capture(hold, false)),
                wage(ama, 400).paidBy(new Posting.Capture(hold, false)),
                wage(ama, 200).paidBy(new Posting.Capture(hold, true)),
                wage(ama, 50).paidBy(new Posting.Capture(hold, false))));

        assertEquals(
                List.of("posted", "hold_exceeded", "posted", "hold_closed"),
                results.stream().map(BatchTest::told).toList());
        Balance balance = ledger.balance(employer.wallet()).orElseThrow();
        assertEquals(new Money(999_100), balance.balance());
        assertEquals(new Money(0), balance.held());
    }

    @Test
    void walletsThatAccumulate_areReadRightWhileTheyGiveAndReceiveInOneBatch() {
        WalletId store = new WalletId(Uuid7.next(books.clock()));
        books.superuser()
                .useHandle(handle -> handle.execute(
                        "select ledger.open_receivable(?, 'XOF', '2026-11-23T10:00:00Z')", store.value()));

        List<PostingResult> results = ledger.postEach(List.of(
                between(employer.wallet(), store, 500),
                between(store, kossi.wallet(), 600),
                between(store, kossi.wallet(), 300),
                between(employer.wallet(), EcomWallet.COMMISSION.id(), 40),
                between(store, EcomWallet.FEES.id(), 201),
                between(store, EcomWallet.FEES.id(), 200)));

        assertEquals(
                List.of("posted", "insufficient_funds", "posted", "posted", "insufficient_funds", "posted"),
                results.stream().map(BatchTest::told).toList());
        assertEquals(0, books.seals().balance(store));
        assertEquals(40, books.seals().balance(EcomWallet.COMMISSION.id()));
        assertEquals(200, books.seals().balance(EcomWallet.FEES.id()));
        assertEquals(300, balance(kossi));
    }

    @Test
    void batchesThatAreNone_areRefusedAsValues() {
        List<Posting> many = Collections.nCopies(Batch.POSTINGS_MAX + 1, wage(kossi, 1));
        List<Posting> wide = Collections.nCopies(
                3,
                Posting.payment(
                        Collections.nCopies(7_000, Entry.credit(kossi.wallet(), new Money(1), Category.TRANSFER))));
        Posting unkept = wage(ama, 1).described("\0");

        assertEquals(List.of(), ledger.postEach(List.of()));
        assertEquals(new BatchResult.Refused(0, new LedgerProblem.InvalidPosting()), ledger.postTogether(List.of()));
        assertEquals(new BatchResult.Refused(0, new LedgerProblem.InvalidPosting()), ledger.postTogether(many));
        assertEquals(new BatchResult.Refused(0, new LedgerProblem.InvalidPosting()), ledger.postTogether(wide));
        assertEquals("invalid_posting", told(ledger.postEach(many).getLast()));
        assertEquals(
                new BatchResult.Refused(1, new LedgerProblem.InvalidDetails()),
                ledger.postTogether(List.of(wage(kossi, 1), unkept)));
        assertEquals(
                List.of("posted", "invalid_details"),
                ledger.postEach(List.of(wage(kossi, 1), unkept)).stream()
                        .map(BatchTest::told)
                        .toList());
        assertEquals(List.of(999_999L, 1L, 0L, 0L), balances());
    }

    @Test
    void illShapedPostingsAmongGoodOnes_areRefusedEachByItsOwnReason() {
        EntryId known = new EntryId(Uuid7.next(books.clock()));
        Posting completing = new Posting(
                List.of(
                        Entry.debit(employer.wallet(), new Money(5), Category.RECHARGE),
                        Entry.credit(kossi.wallet(), new Money(5), Category.RECHARGE)
                                .as(known)),
                Caps.NONE,
                Posting.Details.of(PaymentMethod.WALLET),
                Optional.empty(),
                Optional.empty());

        assertEquals(
                List.of(
                        "unbalanced",
                        "invalid_posting",
                        "self_transfer",
                        "unknown_wallet",
                        "posted",
                        "duplicate_entry",
                        "invalid_amount",
                        "unknown_hold",
                        "posted"),
                ledger
                        .postEach(List.of(
                                Posting.payment(List.of(
                                        Entry.debit(employer.wallet(), new Money(2), Category.TRANSFER),
                                        Entry.credit(kossi.wallet(), new Money(1), Category.TRANSFER))),
                                Posting.payment(List.of()),
                                transfer(kossi, kossi, 1),
                                between(employer.wallet(), Books.nobody(), 1),
                                completing,
                                completing,
                                Posting.payment(List.of(
                                        new Entry(employer.wallet(), 0, Category.TRANSFER, Optional.empty()),
                                        new Entry(kossi.wallet(), 0, Category.TRANSFER, Optional.empty()))),
                                wage(kossi, 1).paidBy(new Posting.Capture(new HoldId(Uuid7.next(books.clock())), true)),
                                wage(kossi, 10)))
                        .stream()
                        .map(BatchTest::told)
                        .toList());
        assertEquals(List.of(999_985L, 15L, 0L, 0L), balances());
    }

    @Test
    void endedSession_postsNothing() {
        books.sessions().revokeAll(employer.user());

        assertEquals(
                new BatchResult.Refused(0, new LedgerProblem.SessionRevoked()),
                ledger.postTogether(List.of(wage(kossi, 1), wage(ama, 1)), employer));
        assertEquals(
                List.of("session_revoked", "session_revoked"),
                ledger.postEach(List.of(wage(kossi, 1), wage(ama, 1)), employer).stream()
                        .map(BatchTest::told)
                        .toList());
    }

    @Test
    void textsOfAnyLetters_comeBackAsTheyWere() {
        List<String> texts = List.of("", " ", "\"", "\\", "a\\\"b", "(x,y)", "{a,\"b\"}", "null", "\n\t'", "é😀", ",,");
        List<Posting> postings = texts.stream()
                .map(text -> wage(kossi, 1)
                        .with(new Posting.Details(
                                Optional.of(text),
                                Map.of(text.isEmpty() ? "k" : text, text),
                                Optional.empty(),
                                PaymentMethod.WALLET,
                                Optional.of(text),
                                Optional.empty())))
                .toList();

        ledger.postTogether(postings).orThrow();

        List<Transaction> kept = ledger.transactions(TransactionQuery.newest(kossi.wallet(), texts.size()))
                .items()
                .reversed();
        assertEquals(
                texts,
                kept.stream().map(item -> item.description().orElseThrow()).toList());
        assertEquals(
                texts,
                kept.stream()
                        .map(item -> item.externalReference().orElseThrow())
                        .toList());
        assertEquals(
                texts,
                kept.stream()
                        .map(item -> item.metadata().values().iterator().next())
                        .toList());
    }

    @Test
    void whatIsNotToldToHaveHappenedBefore_happenedWhenItWasRecorded() {
        AtomicInteger ticks = new AtomicInteger();
        Ledger ticking =
                new Ledger(books.database("ecom_wallet"), () -> books.now().plusNanos(500L * ticks.incrementAndGet()));

        ticking.post(wage(kossi, 1)).orThrow();
        ticking.postTogether(List.of(wage(kossi, 2), wage(kossi, 3))).orThrow();
        ticking.post(Posting.funding(PaymentMethod.YAS, kossi.wallet(), new Money(4)))
                .orThrow();

        List<Transaction> kept =
                ledger.transactions(TransactionQuery.newest(kossi.wallet(), 10)).items();
        assertEquals(4, kept.size());
        kept.forEach(item -> assertEquals(item.createdAt(), item.effectiveAt()));
    }

    @Test
    void duplicateWithinATransaction_leavesItUsable() {
        EntryId known = new EntryId(Uuid7.next(books.clock()));
        Posting completing = Posting.payment(List.of(
                Entry.debit(employer.wallet(), new Money(5), Category.TRANSFER),
                Entry.credit(kossi.wallet(), new Money(5), Category.TRANSFER).as(known)));
        ledger.post(completing).orThrow();

        books.database("ecom_wallet").transact(handle -> {
            assertEquals("duplicate_entry", told(ledger.within(handle).post(completing)));
            assertEquals(
                    "duplicate_entry",
                    told(ledger.within(handle).postEach(List.of(completing)).getFirst()));
            return ledger.within(handle).post(wage(ama, 7)).orThrow();
        });

        assertEquals(List.of(999_988L, 5L, 7L, 0L), balances());
    }

    private static long[] amounts(Random random) {
        long one = random.nextInt(1, 6_000);
        long other = random.nextInt(1, 6_000);
        return random.nextBoolean() ? new long[] {-one, one} : new long[] {one, -one - other, other};
    }

    private static Posting posting(List<Caller> people, List<Integer> parties, long[] amounts, Caps caps) {
        return Posting.payment(IntStream.range(0, amounts.length)
                        .mapToObj(i -> new Entry(
                                people.get(parties.get(i)).wallet(), amounts[i], Category.TRANSFER, Optional.empty()))
                        .toList())
                .under(caps);
    }

    /** That it was posted, or the code of what refused it. */
    static String told(PostingResult result) {
        return switch (result) {
            case Posted posted -> "posted";
            case PostingResult.Refused refused -> refused.problem().rule().code();
        };
    }

    private Posting wage(Caller employee, long amount) {
        return between(employer.wallet(), employee.wallet(), amount);
    }

    private static Posting transfer(Caller from, Caller to, long amount) {
        return between(from.wallet(), to.wallet(), amount);
    }

    private static Posting between(WalletId from, WalletId to, long amount) {
        return Posting.transfer(from, to, new Money(amount)).under(Caps.NONE);
    }

    private Caller keyed(String key, String bodyHash) {
        return Books.keyed(employer, key, bodyHash.repeat(32));
    }

    private long balance(Caller person) {
        return ledger.balance(person.wallet()).orElseThrow().balance().amount();
    }

    private List<Long> balances() {
        return Stream.of(employer, kossi, ama, koffi).map(this::balance).toList();
    }
}
