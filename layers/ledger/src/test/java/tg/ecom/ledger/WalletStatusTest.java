package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.ProblemException;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.PostingResult.Posted;
import tg.ecom.platform.Caller;

class WalletStatusTest {
    private static final int RACES = 50;

    private final Books books = Books.open();
    private final Ledger ledger = books.ledger();
    private final Caller kossi = books.person("Kossi A.", 1_000);
    private final Caller ama = books.person("Ama B.", 1_000);

    @AfterEach
    void booksBalance() {
        Verification verification = books.verify();
        assertTrue(verification.ok(), verification::toString);
    }

    @Test
    void frozenWallet_takesInAndLetsNothingOut() {
        assertEquals(
                new StatusResult.Done(kossi.wallet(), Balance.Status.FROZEN, true),
                ledger.freeze(kossi.wallet()).orThrow());

        assertEquals(new LedgerProblem.WalletFrozen(kossi.wallet()), refusal(transfer(kossi, ama, 100), kossi));
        assertEquals(
                new LedgerProblem.WalletFrozen(kossi.wallet()),
                assertInstanceOf(HoldResult.Refused.class, ledger.hold(request(kossi, 100), kossi))
                        .problem());
        ledger.post(transfer(ama, kossi, 100), ama).orThrow();
        assertEquals(Balance.Status.FROZEN, balance(kossi).status());
        assertEquals(new Money(1_100), balance(kossi).balance());
    }

    @Test
    void unfrozenWallet_paysAgain() {
        ledger.freeze(kossi.wallet()).orThrow();
        assertTrue(ledger.unfreeze(kossi.wallet()).orThrow().changed());

        Posted posted = ledger.post(transfer(kossi, ama, 100), kossi).orThrow();

        assertEquals(new Money(900), posted.balanceOf(kossi.wallet()));
        assertEquals(Balance.Status.ACTIVE, balance(kossi).status());
    }

    @Test
    void sameStateAgain_isDoneAndChangesNothing() {
        ledger.freeze(kossi.wallet()).orThrow();

        assertFalse(ledger.freeze(kossi.wallet()).orThrow().changed());
        assertFalse(ledger.unfreeze(ama.wallet()).orThrow().changed());
    }

    @Test
    void walletWithMoney_isNotClosed() {
        assertEquals(
                new LedgerProblem.WalletNotEmpty(kossi.wallet(), new Money(1_000)),
                assertInstanceOf(StatusResult.Refused.class, ledger.close(kossi.wallet()))
                        .problem());
        assertThrows(ProblemException.class, () -> ledger.close(kossi.wallet()).orThrow());
        assertEquals(Balance.Status.ACTIVE, balance(kossi).status());
    }

    @Test
    void walletThatPromisedEverything_isNotClosedUntilItHasPaid() {
        HoldId hold = ledger.hold(request(kossi, 1_000), kossi).orThrow().hold().id();
        assertInstanceOf(LedgerProblem.WalletNotEmpty.class, refusal(ledger.close(kossi.wallet())));

        ledger.capture(transfer(kossi, ama, 1_000), new Posting.Capture(hold, true))
                .orThrow();
        ledger.close(kossi.wallet()).orThrow();
    }

    @Test
    void closedWallet_takesNoPartAndStaysClosed() {
        ledger.post(transfer(ama, kossi, 1_000), ama).orThrow();
        ledger.freeze(ama.wallet()).orThrow();
        assertEquals(
                new StatusResult.Done(ama.wallet(), Balance.Status.CLOSED, true),
                ledger.close(ama.wallet()).orThrow());

        assertEquals(new LedgerProblem.WalletClosed(ama.wallet()), refusal(transfer(kossi, ama, 100), kossi));
        assertEquals(new LedgerProblem.WalletClosed(ama.wallet()), refusal(transfer(ama, kossi, 100), ama));
        assertEquals(new LedgerProblem.WalletClosed(ama.wallet()), refusal(ledger.unfreeze(ama.wallet())));
        assertEquals(new LedgerProblem.WalletClosed(ama.wallet()), refusal(ledger.freeze(ama.wallet())));
        assertFalse(ledger.close(ama.wallet()).orThrow().changed());
    }

    @Test
    void unknownWallet_isRefused() {
        assertInstanceOf(LedgerProblem.UnknownWallet.class, refusal(ledger.freeze(Books.nobody())));
        assertInstanceOf(LedgerProblem.UnknownWallet.class, refusal(ledger.unfreeze(Books.nobody())));
        assertInstanceOf(LedgerProblem.UnknownWallet.class, refusal(ledger.close(Books.nobody())));
    }

    @Test
    void walletThatAccumulates_freezesAndIsNeverClosed() {
        WalletId flooz = EcomWallet.FLOAT_FLOOZ.id();

        assertEquals(new LedgerProblem.WalletAccumulates(flooz), refusal(ledger.close(flooz)));
        ledger.freeze(flooz).orThrow();
        Posting funding = Posting.funding(PaymentMethod.FLOOZ, kossi.wallet(), new Money(100));
        assertEquals(new LedgerProblem.WalletFrozen(flooz), refusal(funding, kossi));
        ledger.unfreeze(flooz).orThrow();
        ledger.post(funding).orThrow();
    }

    @Test
    void moneyThatComesInWhileAWalletCloses_isNeverLockedInIt() throws Exception {
        Caller payer = books.person("Yao D.", RACES);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Ledger paying = books.ledger();
            Ledger closing = books.ledger();
            for (int race = 0; race < RACES; race++) {
                Caller payee = books.person("Payee " + race);
                CountDownLatch start = new CountDownLatch(1);
                Future<PostingResult> payment = threads.submit(() -> {
                    start.await();
                    return paying.post(transfer(payer, payee, 1), payer);
                });
                Future<StatusResult> closed = threads.submit(() -> {
                    start.await();
                    return closing.close(payee.wallet());
                });
                start.countDown();
                assertEquals(
                        payment.get() instanceof Posted, closed.get() instanceof StatusResult.Refused, "race " + race);
            }
        }
        assertEquals(0, books.number("select count(*) from ledger.wallets where status = 'closed' and balance <> 0"));
    }

    private LedgerProblem refusal(Posting posting, Caller caller) {
        return assertInstanceOf(PostingResult.Refused.class, ledger.post(posting, caller))
                .problem();
    }

    private static LedgerProblem refusal(StatusResult result) {
        return assertInstanceOf(StatusResult.Refused.class, result).problem();
    }

    private HoldRequest request(Caller person, long amount) {
        return new HoldRequest(
                person.wallet(),
                new Money(amount),
                Category.TRANSPORT,
                books.now().plusSeconds(60),
                Optional.empty());
    }

    private Balance balance(Caller person) {
        return ledger.balance(person.wallet()).orElseThrow();
    }

    private static Posting transfer(Caller from, Caller to, long amount) {
        return Posting.transfer(from.wallet(), to.wallet(), new Money(amount));
    }
}
