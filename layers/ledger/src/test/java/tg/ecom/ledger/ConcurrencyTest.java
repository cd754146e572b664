package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Money;
import tg.ecom.platform.Caller;

class ConcurrencyTest {
    private static final int CLIENTS = 16;
    private static final long POSTINGS_EACH = 625;
    private static final int SEALED_CLIENTS = 8;
    private static final long SEALED_POSTINGS_EACH = 250;

    private final Books books = Books.open();

    @Test
    void transfersInOppositeDirectionsAtOnce_neverDeadlockAndLoseNothing() throws Exception {
        Caller kossi = books.person("Kossi A.", 30_000);
        Caller ama = books.person("Ama B.", 30_000);

        long posted = atOnce(CLIENTS, POSTINGS_EACH, client -> {
            Caller from = client % 2 == 0 ? kossi : ama;
            Caller to = client % 2 == 0 ? ama : kossi;
            return Posting.transfer(from.wallet(), to.wallet(), new Money(1));
        });

        assertEquals(CLIENTS * POSTINGS_EACH, posted);
        assertEquals(60_000, books.number("select sum(balance) from ledger.wallets where kind = 'personal'"));
        assertBooksBalance();
    }

    @Test
    void sealsMadeWhilePaymentsCommitOutOfOrder_neverLoseOrDoubleAnEntry() throws Exception {
        Caller kossi = books.person("Kossi A.", 1_000_000);
        try (ExecutorService sealing = Executors.newFixedThreadPool(2)) {
            Future<?> one = sealing.submit(this::sealUntilInterrupted);
            Future<?> other = sealing.submit(this::sealUntilInterrupted);
            atOnce(
                    SEALED_CLIENTS,
                    SEALED_POSTINGS_EACH,
                    _ -> new Posting(
                            List.of(
                                    Posting.Entry.debit(EcomWallet.FEES.id(), new Money(1), Category.ADJUSTMENT),
                                    Posting.Entry.credit(
                                            EcomWallet.COMMISSION.id(), new Money(1), Category.ADJUSTMENT)),
                            Caps.NONE,
                            Posting.Details.of(PaymentMethod.WALLET),
                            Optional.empty(),
                            Optional.empty()));
            sealing.shutdownNow();
            one.get();
            other.get();
        }
        long posted = SEALED_CLIENTS * SEALED_POSTINGS_EACH;
        Seals seals = books.seals();
        assertEquals(posted, seals.balance(EcomWallet.COMMISSION.id()));
        seals.sealAll();
        assertEquals(
                posted,
                books.number(
                        "select sum(entry_count)::bigint from ledger.seals where wallet_id = ?",
                        EcomWallet.FEES.id().value()));
        assertTrue(books.number("select max(sequence) from ledger.seals") > 1);
        assertEquals(-posted, seals.balance(EcomWallet.FEES.id()));
        assertEquals(
                new Money(1_000_000),
                books.ledger().balance(kossi.wallet()).orElseThrow().balance());
        assertBooksBalance();
    }

    private void sealUntilInterrupted() {
        Seals seals = books.seals();
        while (!Thread.currentThread().isInterrupted()) {
            seals.sealAll();
        }
    }

    private long atOnce(int clientCount, long postingsEach, IntFunction<Posting> posting) throws Exception {
        List<Future<Long>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(clientCount)) {
            for (int i = 0; i < clientCount; i++) {
                int client = i;
                Ledger ledger = books.ledger();
                clients.add(threads.submit(() -> {
                    long posted = 0;
                    for (int n = 0; n < postingsEach; n++) {
                        posted += ledger.post(posting.apply(client)) instanceof PostingResult.Posted ? 1 : 0;
                    }
                    return posted;
                }));
            }
        }
        long posted = 0;
        for (Future<Long> client : clients) {
            posted += client.get();
        }
        return posted;
    }

    private void assertBooksBalance() {
        books.assertSound();
    }
}
