package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Money;
import tg.ecom.ledger.PostingResult.Posted;
import tg.ecom.platform.Caller;

class IdempotencyTest {
    private final Books books = Books.open();
    private final Ledger ledger = books.ledger();
    private final Caller kossi = books.person("Kossi A.", 20_000);
    private final Caller ama = books.person("Ama B.");

    @Test
    void secondTransferWithTheSameKey_returnsTheFirstReceipt() {
        Posted first =
                ledger.post(transfer(1_000), Books.keyed(kossi, "key", "aa")).orThrow();
        ledger.post(transfer(500), kossi).orThrow();
        Posted second =
                ledger.post(transfer(1_000), Books.keyed(kossi, "key", "aa")).orThrow();

        assertTrue(second.replayed());
        assertEquals(first.transfer(), second.transfer());
        assertEquals(first.at(), second.at());
        assertEquals(first.balanceOf(kossi.wallet()), second.balanceOf(kossi.wallet()));
        assertEquals(
                first.entryOf(kossi.wallet()).id(),
                second.entryOf(kossi.wallet()).id());
        assertEquals(new Money(18_500), balance(kossi));
    }

    @Test
    void sameKeyWithAnotherBody_isRefused() {
        ledger.post(transfer(1_000), Books.keyed(kossi, "key", "aa")).orThrow();

        assertInstanceOf(
                LedgerProblem.IdempotencyKeyReused.class,
                assertInstanceOf(
                                PostingResult.Refused.class,
                                ledger.post(transfer(2_000), Books.keyed(kossi, "key", "bb")))
                        .problem());
        assertEquals(new Money(19_000), balance(kossi));
    }

    @Test
    void sameKeyOfAnotherCaller_isAnotherKey() {
        ledger.post(transfer(1_000), Books.keyed(kossi, "key", "aa")).orThrow();
        ledger.post(Posting.transfer(ama.wallet(), kossi.wallet(), new Money(400)), Books.keyed(ama, "key", "bb"))
                .orThrow();

        assertEquals(new Money(19_400), balance(kossi));
    }

    @Test
    void refusal_isNotStored() {
        Caller keyed = Books.keyed(ama, "key", "aa");
        Posting back = Posting.transfer(ama.wallet(), kossi.wallet(), new Money(400));
        assertInstanceOf(PostingResult.Refused.class, ledger.post(back, keyed));
        ledger.post(transfer(1_000), kossi).orThrow();

        Posted posted = ledger.post(back, keyed).orThrow();

        assertEquals(new Money(600), posted.balanceOf(ama.wallet()));
        assertEquals(1, books.number("select count(*) from platform.idempotency_keys"));
    }

    @Test
    void sameKeyManyTimesAtOnce_hasOneEffectAndOneReceipt() throws Exception {
        int attempts = 8;
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(attempts)) {
            List<Future<Posted>> answers = IntStream.range(0, attempts)
                    .mapToObj(attempt -> threads.submit(attempt(start)))
                    .toList();
            start.countDown();
            long replays = 0;
            for (Future<Posted> answer : answers) {
                assertEquals(answers.getFirst().get().transfer(), answer.get().transfer());
                replays += answer.get().replayed() ? 1 : 0;
            }
            assertEquals(attempts - 1, replays);
        }
        assertEquals(new Money(19_000), balance(kossi));
        assertTrue(books.verify().ok());
    }

    private Callable<Posted> attempt(CountDownLatch start) {
        Ledger instance = books.ledger();
        return () -> {
            start.await();
            return instance.post(transfer(1_000), Books.keyed(kossi, "key", "aa"))
                    .orThrow();
        };
    }

    private Posting transfer(long amount) {
        return Posting.transfer(kossi.wallet(), ama.wallet(), new Money(amount));
    }

    private Money balance(Caller person) {
        return ledger.balance(person.wallet()).orElseThrow().balance();
    }
}
