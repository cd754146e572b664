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
    private static final int CLIENTS = 8;
    private static final long TRANSFERS_EACH = 250;

    private final Books books = Books.open();

    @Test
    void transfersInOppositeDirectionsAtOnce_neverDeadlockAndLoseNothing() throws Exception {
        Caller kossi = books.person("Kossi A.", 30_000);
        Caller ama = books.person("Ama B.", 30_000);

        long posted = atOnce(client -> {
            Caller from = client % 2 == 0 ? kossi : ama;
            Caller to = client % 2 == 0 ? ama : kossi;
            return Posting.transfer(from.wallet(), to.wallet(), new Money(1));
        });

        assertEquals(CLIENTS * TRANSFERS_EACH, posted);
        assertEquals(60_000, books.number("select sum(balance) from ledger.wallets where kind = 'personal'"));
        assertBooksBalance();
    }

    @Test
    void sealsMadeWhilePaymentsCommitOutOfOrder_neverLoseOrDoubleAnEntry() throws Exception {
        Caller kossi = books.person("Kossi A.", 1_000_000);
        try (ExecutorService sealing = Executors.newFixedThreadPool(2)) {
            Future<?> one = sealing.submit(this::sealUntilInterrupted);
            Future<?> other = sealing.submit(this::sealUntilInterrupted);
            atOnce(client -> new Posting(
                    List.of(
                            Posting.Entry.debit(EcomWallet.FEES.id(), new Money(1), Category.ADJUSTMENT),
                            Posting.Entry.credit(EcomWallet.COMMISSION.id(), new Money(1), Category.ADJUSTMENT)),
                    Caps.NONE,
                    Posting.Details.of(PaymentMethod.WALLET),
                    Optional.empty(),
                    Optional.empty()));
            sealing.shutdownNow();
            one.get();
            other.get();
        }
        Seals seals = books.seals();
        assertEquals(CLIENTS * TRANSFERS_EACH, seals.balance(EcomWallet.COMMISSION.id()));
        seals.sealAll();
        assertEquals(
                CLIENTS * TRANSFERS_EACH,
                books.number(
                        "select sum(entry_count)::bigint from ledger.seals where wallet_id = ?",
                        EcomWallet.FEES.id().value()));
        assertTrue(books.number("select max(sequence) from ledger.seals") > 1);
        assertEquals(-CLIENTS * TRANSFERS_EACH, seals.balance(EcomWallet.FEES.id()));
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

    private long atOnce(IntFunction<Posting> posting) throws Exception {
        List<Future<Long>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                Ledger ledger = books.ledger();
                clients.add(threads.submit(() -> {
                    long posted = 0;
                    for (int n = 0; n < TRANSFERS_EACH; n++) {
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
        Verification verification = books.verify();
        assertTrue(verification.ok(), verification::toString);
        assertEquals(0, verification.sum());
    }
}
