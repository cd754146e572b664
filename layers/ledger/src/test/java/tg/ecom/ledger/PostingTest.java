package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.EntryId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Uuid7;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.Posting.Entry;
import tg.ecom.ledger.PostingResult.Posted;
import tg.ecom.platform.Caller;

class PostingTest {
    private final Books books = Books.open();
    private final Ledger ledger = books.ledger();

    @AfterEach
    void booksBalance() {
        Verification verification = books.verify();
        assertTrue(verification.ok(), verification::toString);
    }

    @Test
    void transfer_movesTheAmountAndTellsBothBalances() {
        Caller kossi = books.person("Kossi A.", 10_000);
        Caller ama = books.person("Ama B.");

        Posted posted = ledger.post(transfer(kossi, ama, 2_500), kossi).orThrow();

        assertEquals(new Money(7_500), posted.balanceOf(kossi.wallet()));
        assertEquals(new Money(2_500), posted.balanceOf(ama.wallet()));
        assertEquals(new Money(7_500), balance(kossi).balance());
        assertEquals(new Money(2_500), balance(ama).available());
        assertEquals(books.now(), posted.at());
        assertFalse(posted.replayed());
    }

    @Test
    void funding_takesFromTheOperatorsFloat() {
        books.person("Kossi A.", 10_000);

        assertEquals(-10_000, books.seals().balance(EcomWallet.FLOAT_YAS.id()));
    }

    @Test
    void payment_isSplitBetweenDriverAndCommission() {
        Caller rider = books.person("Kossi A.", 10_000);
        Caller driver = books.person("Ama B.");
        Posting fare = Posting.payment(List.of(
                Entry.debit(rider.wallet(), new Money(1_000), Category.TRANSPORT),
                Entry.credit(driver.wallet(), new Money(850), Category.TRANSPORT),
                Entry.credit(EcomWallet.COMMISSION.id(), new Money(150), Category.COMMISSION)));

        Posted posted = ledger.post(fare, rider).orThrow();

        assertEquals(3, posted.entries().size());
        assertEquals(150, books.seals().balance(EcomWallet.COMMISSION.id()));
        assertEquals(
                Optional.empty(), posted.entryOf(EcomWallet.COMMISSION.id()).balanceAfter());
    }

    @Test
    void moreThanTheBalance_isRefusedWithWhatIsAvailable() {
        Caller kossi = books.person("Kossi A.", 1_000);
        Caller ama = books.person("Ama B.");

        assertEquals(
                new LedgerProblem.InsufficientFunds(kossi.wallet(), new Money(1_000)),
                refusal(transfer(kossi, ama, 1_001), kossi));
        assertEquals(new Money(1_000), balance(kossi).balance());
        assertEquals(Money.ZERO, balance(ama).balance());
    }

    @Test
    void zeroAndBeyondTheLargestAmount_areRefused() {
        Caller kossi = books.person("Kossi A.", 1_000);
        Caller ama = books.person("Ama B.");

        assertInstanceOf(LedgerProblem.InvalidAmount.class, refusal(transfer(kossi, ama, 0), kossi));
        for (long amount : new long[] {Money.AMOUNT_MAX + 1, Long.MAX_VALUE}) {
            assertInstanceOf(
                    LedgerProblem.InvalidAmount.class,
                    refusal(
                            Posting.payment(List.of(entry(kossi.wallet(), -amount), entry(ama.wallet(), amount))),
                            kossi));
        }
        assertInstanceOf(
                LedgerProblem.InvalidAmount.class,
                refusal(
                        Posting.payment(
                                List.of(entry(kossi.wallet(), Long.MIN_VALUE), entry(ama.wallet(), Long.MAX_VALUE))),
                        kossi));
    }

    @Test
    void malformedPostings_areRefusedAsValues() {
        Caller kossi = books.person("Kossi A.", 1_000);
        Caller ama = books.person("Ama B.");
        WalletId from = kossi.wallet();
        WalletId to = ama.wallet();

        assertInstanceOf(LedgerProblem.InvalidPosting.class, refusal(Posting.payment(List.of()), kossi));
        assertInstanceOf(LedgerProblem.InvalidPosting.class, refusal(Posting.payment(List.of(entry(from, -1))), kossi));
        assertInstanceOf(
                LedgerProblem.Unbalanced.class,
                refusal(Posting.payment(List.of(entry(from, -2), entry(to, 1))), kossi));
        assertInstanceOf(LedgerProblem.SelfTransfer.class, refusal(transfer(kossi, kossi, 1), kossi));
        assertInstanceOf(
                LedgerProblem.DuplicateEntry.class,
                refusal(Posting.payment(List.of(entry(from, -2), entry(to, 1), entry(to, 1))), kossi));
        assertInstanceOf(
                LedgerProblem.UnknownWallet.class,
                refusal(Posting.transfer(from, Books.nobody(), new Money(1)), kossi));
    }

    @Test
    void tenThousandEntriesArePosted_andOneMoreIsRefused() {
        List<Entry> entries = new ArrayList<>();
        books.superuser().useHandle(handle -> handle.execute("""
                insert into ledger.wallets (id, owner_id, purpose, kind, floor, created_at, updated_at)
                select uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring),
                    '01900000-0000-7000-8000-000000000000', 'escrow_' || n, 'personal', 0,
                    '2026-11-23T10:00:00Z', '2026-11-23T10:00:00Z'
                from generate_series(1, 10000) n
                """));
        for (int i = 1; i < 10_000; i++) {
            entries.add(entry(new WalletId(UUID.fromString("01900000-0000-7000-8000-%012d".formatted(i))), 3));
        }
        entries.add(entry(EcomWallet.FLOAT_YAS.id(), -3 * 9_999));

        assertEquals(
                10_000,
                ledger.post(Posting.payment(entries)).orThrow().entries().size());

        entries.set(9_999, entry(EcomWallet.FLOAT_YAS.id(), -3 * 10_000));
        entries.add(entry(new WalletId(UUID.fromString("01900000-0000-7000-8000-000000010000")), 3));
        assertInstanceOf(
                LedgerProblem.InvalidPosting.class,
                assertInstanceOf(PostingResult.Refused.class, ledger.post(Posting.payment(entries)))
                        .problem());
    }

    @Test
    void walletInAnotherCurrency_isRefused() {
        Caller kossi = books.person("Kossi A.", 1_000);
        Caller ama = books.person("Ama B.");
        books.superuser()
                .useHandle(handle -> handle.execute(
                        "update ledger.wallets set currency = 'EUR' where id = ?",
                        ama.wallet().value()));

        assertEquals(new LedgerProblem.CurrencyMismatch(ama.wallet()), refusal(transfer(kossi, ama, 100), kossi));
    }

    @Test
    void entryOfAKnownPayment_isPostedOnce() {
        Caller kossi = books.person("Kossi A.");
        EntryId payment = new EntryId(Uuid7.next(books.clock()));
        Posting funding = Posting.funding(PaymentMethod.FLOOZ, kossi.wallet(), new Money(500));
        Posting completing = new Posting(
                List.of(
                        funding.entries().getFirst(),
                        funding.entries().getLast().as(payment)),
                funding.caps(),
                funding.details(),
                funding.capture(),
                funding.reverses());

        assertEquals(
                payment,
                ledger.post(completing).orThrow().entryOf(kossi.wallet()).id());
        assertInstanceOf(
                LedgerProblem.DuplicateEntry.class,
                assertInstanceOf(PostingResult.Refused.class, ledger.post(completing))
                        .problem());
        assertEquals(new Money(500), balance(kossi).balance());
    }

    @Test
    void refusalWithinATransaction_leavesItUsable() {
        Caller kossi = books.person("Kossi A.", 1_000);
        Caller ama = books.person("Ama B.");

        Posted posted = books.database("ecom_wallet").transact(handle -> {
            assertInstanceOf(
                    PostingResult.Refused.class, ledger.within(handle).post(transfer(kossi, ama, 2_000), kossi));
            return ledger.within(handle).post(transfer(kossi, ama, 400), kossi).orThrow();
        });

        assertEquals(new Money(600), posted.balanceOf(kossi.wallet()));
    }

    @Test
    void postingWithinATransactionThatFails_movesNothing() {
        Caller kossi = books.person("Kossi A.", 1_000);
        Caller ama = books.person("Ama B.");

        assertThrows(
                IllegalStateException.class,
                () -> books.database("ecom_wallet").transact(handle -> {
                    ledger.within(handle).post(transfer(kossi, ama, 400), kossi).orThrow();
                    throw new IllegalStateException("the rest of the transaction fails");
                }));

        assertEquals(new Money(1_000), balance(kossi).balance());
    }

    private LedgerProblem refusal(Posting posting, Caller caller) {
        return assertInstanceOf(PostingResult.Refused.class, ledger.post(posting, caller))
                .problem();
    }

    private Balance balance(Caller person) {
        return ledger.balance(person.wallet()).orElseThrow();
    }

    private static Posting transfer(Caller from, Caller to, long amount) {
        return Posting.transfer(from.wallet(), to.wallet(), new Money(amount));
    }

    private static Entry entry(WalletId wallet, long amount) {
        return new Entry(wallet, amount, Category.TRANSFER, Optional.empty());
    }
}
