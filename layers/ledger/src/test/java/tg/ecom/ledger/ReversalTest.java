package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.TransferId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.ledger.Posting.Entry;
import tg.ecom.ledger.PostingResult.Posted;
import tg.ecom.ledger.PostingResult.PostedEntry;
import tg.ecom.platform.Caller;

class ReversalTest {
    private final Books books = Books.open();
    private final Ledger ledger = books.ledger();
    private final Caller kossi = books.person("Kossi A.", 20_000);
    private final Caller ama = books.person("Ama B.");
    private final Caller operator = books.person("Support C.");

    @AfterEach
    void booksBalance() {
        Verification verification = books.verify();
        assertTrue(verification.ok(), verification::toString);
    }

    @Test
    void reversal_isANewTransferThatNamesTheOldOneWithTheOppositeEntries() {
        Posted posted = ledger.post(fare(10_000), kossi).orThrow();
        books.advance(Duration.ofMinutes(5));

        Posted reversal =
                ledger.reverse(posted.transfer(), "Course facturée deux fois").orThrow();

        assertNotEquals(posted.transfer(), reversal.transfer());
        assertEquals(books.now(), reversal.at());
        assertEquals(3, reversal.entries().size());
        for (PostedEntry entry : posted.entries()) {
            assertEquals(-entry.amount(), reversal.entryOf(entry.wallet()).amount());
        }
        assertEquals(new Money(20_000), reversal.balanceOf(kossi.wallet()));
        assertEquals(Money.ZERO, reversal.balanceOf(ama.wallet()));
        assertEquals(0, books.seals().balance(EcomWallet.COMMISSION.id()));
        Transaction shown = newest(kossi);
        assertEquals(Transaction.Type.CREDIT, shown.type());
        assertEquals(Category.TRANSPORT, shown.category());
        assertEquals(Optional.of("Course facturée deux fois"), shown.description());
        assertEquals(reversal.entryOf(kossi.wallet()).id(), shown.id());
        assertEquals(7, shown.id().value().version());
        assertEquals(
                1,
                books.number(
                        "select count(*) from ledger.transfers where id = ? and reverses_id = ?",
                        reversal.transfer().value(),
                        posted.transfer().value()));
    }

    @Test
    void secondReversalOfTheSameTransfer_isRefused() {
        TransferId transfer = send(1_000);
        ledger.reverse(transfer, "erreur").orThrow();

        assertInstanceOf(LedgerProblem.AlreadyReversed.class, refusal(ledger.reverse(transfer, "encore")));
        assertEquals(
                "already_reversed",
                refusal(ledger.reverse(transfer, "encore")).rule().code());
        assertEquals(new Money(20_000), balance(kossi).balance());
        // Nor does a posting that names it, whoever wrote it.
        Posting naming = Posting.transfer(kossi.wallet(), ama.wallet(), new Money(1));
        assertInstanceOf(
                LedgerProblem.AlreadyReversed.class,
                refusal(ledger.post(new Posting(
                        naming.entries(), naming.caps(), naming.details(), Optional.empty(), Optional.of(transfer)))));
    }

    @Test
    void reversalOfAReversal_isRefused() {
        TransferId reversal = ledger.reverse(send(1_000), "erreur").orThrow().transfer();

        assertInstanceOf(LedgerProblem.NotReversible.class, refusal(ledger.reverse(reversal, "non, c'était juste")));
        assertEquals(new Money(20_000), balance(kossi).balance());
    }

    @Test
    void unknownTransfer_isRefused() {
        assertInstanceOf(
                LedgerProblem.UnknownTransfer.class,
                refusal(ledger.reverse(new TransferId(Uuid7.next(books.clock())), "erreur")));
    }

    @Test
    void whoeverGivesBackMustHaveIt_andCanBeAskedAgain() {
        TransferId transfer = send(1_000);
        TransferId spent = ledger.post(Posting.transfer(ama.wallet(), operator.wallet(), new Money(400)), ama)
                .orThrow()
                .transfer();

        assertEquals(
                new LedgerProblem.InsufficientFunds(ama.wallet(), new Money(600)),
                refusal(ledger.reverse(transfer, "erreur")));
        assertEquals(new Money(600), balance(ama).balance());

        ledger.reverse(spent, "erreur").orThrow();
        ledger.reverse(transfer, "erreur").orThrow();
        assertEquals(Money.ZERO, balance(ama).balance());
    }

    @Test
    void moneyThatIsHeld_isNotGivenBack() {
        TransferId transfer = send(1_000);
        ledger.hold(new HoldRequest(
                        ama.wallet(),
                        new Money(300),
                        Category.SHOPPING,
                        books.now().plusSeconds(60),
                        Optional.empty()))
                .orThrow();

        assertEquals(
                new LedgerProblem.InsufficientFunds(ama.wallet(), new Money(700)),
                refusal(ledger.reverse(transfer, "erreur")));
    }

    @Test
    void frozenWallet_givesNothingBackAndGetsItBack() {
        TransferId transfer = send(1_000);
        ledger.freeze(ama.wallet()).orThrow();
        assertEquals(new LedgerProblem.WalletFrozen(ama.wallet()), refusal(ledger.reverse(transfer, "erreur")));

        ledger.unfreeze(ama.wallet()).orThrow();
        ledger.freeze(kossi.wallet()).orThrow();
        ledger.reverse(transfer, "erreur").orThrow();
        assertEquals(new Money(20_000), balance(kossi).balance());
    }

    @Test
    void noCapBinds() {
        ledger.post(Posting.funding(PaymentMethod.YAS, kossi.wallet(), new Money(1_980_000)))
                .orThrow();
        TransferId transfer = send(25_000);
        ledger.post(Posting.funding(PaymentMethod.YAS, kossi.wallet(), new Money(25_000)))
                .orThrow();

        // Beyond the most that a wallet of this tier may be sent.
        Posted reversal = ledger.reverse(transfer, "erreur").orThrow();

        assertEquals(new Money(2_025_000), reversal.balanceOf(kossi.wallet()));
    }

    @Test
    void countersGetBackWhatTheTransferTookToday() {
        send(2_000);
        TransferId transfer = send(5_000);

        ledger.reverse(transfer, "erreur").orThrow();

        assertEquals(new Money(2_000), balance(kossi).limits().daily().used());
        assertEquals(new Money(2_000), balance(kossi).limits().monthly().used());
        assertEquals(Money.ZERO, balance(ama).limits().daily().used());
    }

    @Test
    void theDayAfter_onlyTheMonthGetsItBack_andTheMonthAfterNothingDoes() {
        TransferId yesterdays = send(5_000);
        TransferId lastMonths = send(7_000);
        books.advance(Duration.ofDays(1));
        send(1_000);
        ledger.reverse(yesterdays, "erreur").orThrow();

        assertEquals(new Money(1_000), balance(kossi).limits().daily().used());
        assertEquals(new Money(8_000), balance(kossi).limits().monthly().used());

        books.moveTo("2026-12-01T00:00:00Z");
        send(3_000);
        ledger.reverse(lastMonths, "erreur").orThrow();
        assertEquals(new Money(3_000), balance(kossi).limits().daily().used());
        assertEquals(new Money(3_000), balance(kossi).limits().monthly().used());
    }

    @Test
    void capturedHold_countsBackOnTheDayItWasPlaced() {
        HoldId hold = ledger.hold(
                        new HoldRequest(
                                kossi.wallet(),
                                new Money(9_000),
                                Category.TRANSPORT,
                                books.now().plus(Duration.ofDays(2)),
                                Optional.empty()),
                        kossi)
                .orThrow()
                .hold()
                .id();
        books.advance(Duration.ofDays(1));
        send(1_000);
        TransferId ride = ledger.capture(fare(9_000), new Posting.Capture(hold, true))
                .orThrow()
                .transfer();

        ledger.reverse(ride, "course jamais faite").orThrow();

        assertEquals(new Money(1_000), balance(kossi).limits().daily().used());
        assertEquals(new Money(1_000), balance(kossi).limits().monthly().used());
        assertEquals(new Money(19_000), balance(kossi).available());
    }

    @Test
    void reversedRecharge_givesTheMonthsReloadsBack() {
        TransferId recharge = ledger.post(Posting.funding(PaymentMethod.FLOOZ, ama.wallet(), new Money(30_000)))
                .orThrow()
                .transfer();

        ledger.reverse(recharge, "jamais reçu de Flooz").orThrow();

        assertEquals(0, books.seals().balance(EcomWallet.FLOAT_FLOOZ.id()));
        assertEquals(
                0,
                books.number(
                        "select reloaded_month from ledger.wallets where id = ?",
                        ama.wallet().value()));
    }

    @Test
    void sameKey_getsTheFirstReversalAgain() {
        TransferId transfer = send(1_000);
        Caller keyed = Books.keyed(operator, "key", "aa");
        Posted first = ledger.reverse(transfer, "erreur", keyed).orThrow();
        send(500);

        Posted second = ledger.reverse(transfer, "erreur", keyed).orThrow();

        assertTrue(second.replayed());
        assertEquals(first.transfer(), second.transfer());
        assertEquals(first.balanceOf(kossi.wallet()), second.balanceOf(kossi.wallet()));
        assertEquals(new Money(500), balance(kossi).limits().daily().used());
        assertInstanceOf(
                LedgerProblem.IdempotencyKeyReused.class,
                refusal(ledger.reverse(transfer, "erreur", Books.keyed(operator, "key", "bb"))));
        assertInstanceOf(
                LedgerProblem.AlreadyReversed.class,
                refusal(ledger.reverse(transfer, "erreur", Books.keyed(operator, "other", "aa"))));
        assertEquals(1, books.number("select count(*) from platform.idempotency_keys"));
    }

    @Test
    void endedSession_reversesNothing() {
        TransferId transfer = send(1_000);
        books.sessions().revokeAll(operator.user());

        assertInstanceOf(LedgerProblem.SessionRevoked.class, refusal(ledger.reverse(transfer, "erreur", operator)));
        assertEquals(new Money(19_000), balance(kossi).balance());
    }

    @Test
    void reversalsOfOneTransferAtOnce_haveOneWinner() throws Exception {
        TransferId transfer = send(1_000);

        assertEquals(1, winners(transfer));
        assertEquals(new Money(20_000), balance(kossi).balance());
    }

    @Test
    void reversalsThatLockNoWallet_haveOneWinnerToo() throws Exception {
        TransferId transfer = ledger.post(new Posting(
                        List.of(
                                Entry.debit(EcomWallet.FEES.id(), new Money(10), Category.ADJUSTMENT),
                                Entry.credit(EcomWallet.COMMISSION.id(), new Money(10), Category.ADJUSTMENT)),
                        Caps.NONE,
                        Posting.Details.of(PaymentMethod.WALLET),
                        Optional.empty(),
                        Optional.empty()))
                .orThrow()
                .transfer();

        assertEquals(1, winners(transfer));
        assertEquals(0, books.seals().balance(EcomWallet.COMMISSION.id()));
    }

    @Test
    void refusedReversalWithinATransaction_leavesItUsable() {
        TransferId transfer = send(1_000);
        ledger.reverse(transfer, "erreur").orThrow();

        books.database("ecom_wallet").transact(handle -> {
            refusal(ledger.within(handle).reverse(transfer, "encore"));
            return ledger.within(handle)
                    .post(Posting.transfer(kossi.wallet(), ama.wallet(), new Money(100)), kossi)
                    .orThrow();
        });

        assertEquals(new Money(100), balance(ama).balance());
    }

    @Test
    void transferOfManyEntries_isReversedWhole() {
        List<Entry> entries = new ArrayList<>();
        IntStream.range(0, 50)
                .mapToObj(number -> books.person("Person " + number).wallet())
                .forEach(wallet -> entries.add(Entry.credit(wallet, new Money(10), Category.ADJUSTMENT)));
        entries.add(Entry.debit(EcomWallet.FEES.id(), new Money(500), Category.ADJUSTMENT));
        TransferId transfer = ledger.post(Posting.payment(entries)).orThrow().transfer();

        assertEquals(51, ledger.reverse(transfer, "erreur").orThrow().entries().size());
        assertEquals(0, books.seals().balance(EcomWallet.FEES.id()));
    }

    /** How many of several at once did it; the others are told that it was done. */
    private long winners(TransferId transfer) throws Exception {
        int clients = 8;
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<PostingResult>> answers = IntStream.range(0, clients)
                    .mapToObj(client -> books.ledger())
                    .map(instance -> threads.submit(() -> {
                        start.await();
                        return instance.reverse(transfer, "erreur");
                    }))
                    .toList();
            start.countDown();
            long winners = 0;
            for (Future<PostingResult> answer : answers) {
                switch (answer.get()) {
                    case Posted posted -> winners++;
                    case PostingResult.Refused refused ->
                        assertInstanceOf(LedgerProblem.AlreadyReversed.class, refused.problem());
                }
            }
            return winners;
        }
    }

    private TransferId send(long amount) {
        return ledger.post(Posting.transfer(kossi.wallet(), ama.wallet(), new Money(amount)), kossi)
                .orThrow()
                .transfer();
    }

    private Posting fare(long amount) {
        return Posting.payment(List.of(
                Entry.debit(kossi.wallet(), new Money(amount), Category.TRANSPORT),
                Entry.credit(ama.wallet(), new Money(amount - amount / 10), Category.TRANSPORT),
                Entry.credit(EcomWallet.COMMISSION.id(), new Money(amount / 10), Category.COMMISSION)));
    }

    private Balance balance(Caller person) {
        return ledger.balance(person.wallet()).orElseThrow();
    }

    private Transaction newest(Caller person) {
        return ledger.transactions(TransactionQuery.newest(person.wallet(), 1))
                .items()
                .getFirst();
    }

    private static LedgerProblem refusal(PostingResult result) {
        return assertInstanceOf(PostingResult.Refused.class, result).problem();
    }
}
