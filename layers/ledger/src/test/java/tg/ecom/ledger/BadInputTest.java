package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Cursor;
import tg.ecom.kernel.EntryId;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.TransferId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.Posting.Details;
import tg.ecom.ledger.Posting.Entry;
import tg.ecom.platform.Caller;

/** Whatever is asked, the answer is a value, and what was refused has left nothing. */
class BadInputTest {
    private static final String ZERO_CHARACTER = "a\0b";
    private static final List<Caps> CAPS = List.of(Caps.values());
    private static final String HALF_A_PAIR = "a\ud83d";

    private final Books books = Books.open();
    private final Ledger ledger = books.ledger();
    private final Caller kossi = books.person("Kossi A.", 10_000);
    private final Caller ama = books.person("Ama B.");

    @AfterEach
    void booksBalance() {
        Verification verification = books.verify();
        assertTrue(verification.ok(), verification::toString);
    }

    @Test
    void negativeAmount_isNoMoneyAtAll() {
        assertThrows(IllegalArgumentException.class, () -> new Money(-1));
        assertThrows(IllegalArgumentException.class, () -> new Money(Money.AMOUNT_MAX + 1));
    }

    @Test
    void amountsThatOverflowTogether_areRefusedOneByOne() {
        long half = Long.MAX_VALUE / 2 + 1;

        assertInstanceOf(
                LedgerProblem.InvalidAmount.class,
                refusal(Posting.payment(List.of(
                        entry(kossi.wallet(), half),
                        entry(ama.wallet(), half),
                        entry(EcomWallet.FEES.id(), Long.MIN_VALUE)))));
    }

    @Test
    void largestAmounts_sumWithoutOverflow() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 9_999; i++) {
            entries.add(entry(new WalletId(UUID.randomUUID()), Money.AMOUNT_MAX));
        }
        entries.add(entry(kossi.wallet(), -Money.AMOUNT_MAX));

        assertInstanceOf(LedgerProblem.Unbalanced.class, refusal(Posting.payment(entries)));
    }

    @Test
    void walletFullToTheLargestAmount_takesNothingMore() {
        Posting most = Posting.funding(PaymentMethod.YAS, kossi.wallet(), new Money(Money.AMOUNT_MAX - 10_000));
        ledger.post(most.under(Caps.NONE)).orThrow();

        assertEquals(
                new LedgerProblem.BalanceCapExceeded(kossi.wallet()),
                refusal(Posting.funding(PaymentMethod.YAS, kossi.wallet(), new Money(1))
                        .under(Caps.NONE)));
    }

    @Test
    void allEntriesOfOneSign_areUnbalanced() {
        assertInstanceOf(
                LedgerProblem.Unbalanced.class,
                refusal(Posting.payment(List.of(entry(kossi.wallet(), -1), entry(ama.wallet(), -1)))));
        assertInstanceOf(
                LedgerProblem.Unbalanced.class,
                refusal(Posting.payment(List.of(entry(kossi.wallet(), 1), entry(ama.wallet(), 1)))));
    }

    @Test
    void unknownWallets_areRefusedOnEitherSideAndOnBoth() {
        WalletId other = new WalletId(UUID.randomUUID());
        for (Posting posting : List.of(
                Posting.transfer(Books.nobody(), ama.wallet(), new Money(1)),
                Posting.transfer(ama.wallet(), Books.nobody(), new Money(1)),
                Posting.transfer(Books.nobody(), other, new Money(1)),
                Posting.funding(PaymentMethod.YAS, Books.nobody(), new Money(1)))) {
            assertInstanceOf(LedgerProblem.UnknownWallet.class, refusal(posting));
        }
    }

    @Test
    void oneIdForTwoEntries_isRefused() {
        EntryId id = new EntryId(Uuid7.next(books.clock()));
        Posting twice = Posting.payment(
                List.of(entry(kossi.wallet(), -1).as(id), entry(ama.wallet(), 1).as(id)));

        assertInstanceOf(LedgerProblem.DuplicateEntry.class, refusal(twice));
        assertInstanceOf(
                LedgerProblem.DuplicateEntry.class,
                refusal(Posting.payment(List.of(
                        entry(kossi.wallet(), -2).as(id),
                        entry(ama.wallet(), 1).as(id),
                        entry(EcomWallet.FEES.id(), 1)))));
    }

    @Test
    void oneWalletManyTimes_isRefusedHoweverItSums() {
        assertInstanceOf(
                LedgerProblem.DuplicateEntry.class,
                refusal(Posting.payment(
                        List.of(entry(kossi.wallet(), -2), entry(kossi.wallet(), 1), entry(kossi.wallet(), 1)))));
        assertInstanceOf(
                LedgerProblem.SelfTransfer.class,
                refusal(Posting.payment(List.of(entry(EcomWallet.FEES.id(), -1), entry(EcomWallet.FEES.id(), 1)))));
    }

    @Test
    void textsAndTimesThatCantBeKept_areRefusedAsValuesAndLeaveTheTransactionUsable() {
        Posting transfer = Posting.transfer(kossi.wallet(), ama.wallet(), new Money(1));
        List<Details> unkept = List.of(
                details(Optional.of(ZERO_CHARACTER), Map.of(), Optional.empty(), Optional.empty()),
                details(Optional.of(HALF_A_PAIR), Map.of(), Optional.empty(), Optional.empty()),
                details(Optional.empty(), Map.of("note", ZERO_CHARACTER), Optional.empty(), Optional.empty()),
                details(Optional.empty(), Map.of(ZERO_CHARACTER, 1), Optional.empty(), Optional.empty()),
                details(
                        Optional.empty(),
                        Map.of("deep", Map.of("list", List.of("a", HALF_A_PAIR))),
                        Optional.empty(),
                        Optional.empty()),
                details(Optional.empty(), Map.of(), Optional.of(ZERO_CHARACTER), Optional.empty()),
                details(Optional.empty(), Map.of(), Optional.empty(), Optional.of(Instant.MIN)),
                details(Optional.empty(), Map.of(), Optional.empty(), Optional.of(Instant.MAX)));

        books.database("ecom_wallet").transact(handle -> {
            for (Details details : unkept) {
                assertInstanceOf(
                        LedgerProblem.InvalidDetails.class,
                        refused(ledger.within(handle).post(transfer.with(details), kossi)));
                assertInstanceOf(
                        LedgerProblem.InvalidDetails.class,
                        refused(ledger.within(handle).check(transfer.with(details), kossi)));
            }
            assertInstanceOf(
                    LedgerProblem.InvalidDetails.class,
                    refused(ledger.within(handle).reverse(new TransferId(UUID.randomUUID()), ZERO_CHARACTER)));
            for (Instant never : List.of(Instant.MIN, Instant.MAX)) {
                assertInstanceOf(
                        LedgerProblem.InvalidDetails.class,
                        assertInstanceOf(
                                        HoldResult.Refused.class,
                                        ledger.within(handle).hold(hold(never)))
                                .problem());
            }
            return ledger.within(handle).post(transfer, kossi).orThrow();
        });
    }

    @Test
    void strangeTextsThatCanBeKept_areKept() {
        String text = "'; drop table ledger.entries; -- \\0 \\u0000 \ud83d\ude00 ?:name %s {}";
        Posting transfer = Posting.transfer(kossi.wallet(), ama.wallet(), new Money(1));

        ledger.post(
                        transfer.with(
                                details(Optional.of(text), Map.of(text, text), Optional.of(text), Optional.empty())),
                        kossi)
                .orThrow();

        Transaction kept = ledger.transactions(TransactionQuery.newest(kossi.wallet(), 1))
                .items()
                .getFirst();
        assertEquals(Optional.of(text), kept.description());
        assertEquals(Optional.of(text), kept.externalReference());
        assertEquals(Map.of(text, text), kept.metadata());
    }

    @Test
    void questionsAboutWhatIsNot_areAnsweredWithNothing() {
        Optional<Instant> first = Optional.of(Instant.MIN);
        Optional<Instant> last = Optional.of(Instant.MAX);
        assertEquals(1, page(kossi.wallet(), first, last).items().size());
        assertEquals(0, page(kossi.wallet(), last, first).items().size());
        assertEquals(0, page(Books.nobody(), first, last).items().size());
        assertEquals(
                List.of(),
                ledger.transactions(TransactionQuery.newest(kossi.wallet(), 1)
                                .after(new Cursor("999999999999999999999/" + HALF_A_PAIR)))
                        .items());
        assertInstanceOf(
                LedgerProblem.UnknownHold.class,
                assertInstanceOf(HoldResult.Refused.class, ledger.release(new HoldId(new UUID(0, 0))))
                        .problem());
        assertEquals(0, ledger.expire(0));
    }

    @Test
    void anyPosting_isAnsweredByAValue() {
        Random random = new Random(20_261_123);
        List<WalletId> wallets = List.of(
                kossi.wallet(),
                ama.wallet(),
                Books.nobody(),
                EcomWallet.FLOAT_YAS.id(),
                EcomWallet.COMMISSION.id(),
                EcomWallet.FEES.id());
        List<EntryId> ids = List.of(new EntryId(Uuid7.next(books.clock())), new EntryId(Uuid7.next(books.clock())));
        Set<LedgerRule> broken = EnumSet.noneOf(LedgerRule.class);
        long posted = 0;
        for (int i = 0; i < 700; i++) {
            Posting posting = posting(random, wallets, ids);
            PostingResult checked = assertDoesNotThrow(() -> ledger.check(posting), posting::toString);
            PostingResult result = assertDoesNotThrow(() -> ledger.post(posting), posting::toString);
            switch (result) {
                case PostingResult.Posted done -> posted++;
                case PostingResult.Refused refused -> {
                    broken.add(refused.problem().broken());
                    assertEquals(refused, checked, posting::toString);
                }
            }
        }
        assertTrue(posted > 0);
        assertTrue(broken.size() >= 6, broken::toString);
    }

    private static Posting posting(Random random, List<WalletId> wallets, List<EntryId> ids) {
        List<Long> amounts = List.of(0L, 1L, 100L, 5_000L, 30_000L, Money.AMOUNT_MAX, Long.MAX_VALUE, Long.MIN_VALUE);
        List<Entry> entries = new ArrayList<>();
        long sum = 0;
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            // Small ones more often than not, so that some can be posted.
            long amount = amounts.get(random.nextInt(4) == 0 ? random.nextInt(amounts.size()) : 1 + random.nextInt(3));
            amount = random.nextBoolean() ? amount : -amount;
            sum += amount;
            Entry entry = entry(wallets.get(random.nextInt(wallets.size())), amount);
            entries.add(random.nextInt(10) == 0 ? entry.as(ids.get(random.nextInt(ids.size()))) : entry);
        }
        if (random.nextInt(5) != 0) {
            entries.add(entry(wallets.get(random.nextInt(wallets.size())), -sum));
        }
        return Posting.payment(entries).under(CAPS.get(random.nextInt(CAPS.size())));
    }

    private TransactionPage page(WalletId wallet, Optional<Instant> from, Optional<Instant> to) {
        return ledger.transactions(new TransactionQuery(
                wallet, Optional.empty(), Optional.empty(), Optional.empty(), from, to, Optional.empty(), 20));
    }

    private HoldRequest hold(Instant expiresAt) {
        return new HoldRequest(kossi.wallet(), new Money(1), Category.SHOPPING, expiresAt, Optional.empty());
    }

    private LedgerProblem refusal(Posting posting) {
        return refused(ledger.post(posting));
    }

    private static LedgerProblem refused(PostingResult result) {
        return assertInstanceOf(PostingResult.Refused.class, result).problem();
    }

    private static Details details(
            Optional<String> description,
            Map<String, Object> metadata,
            Optional<String> externalReference,
            Optional<Instant> effectiveAt) {
        return new Details(
                description, metadata, Optional.empty(), PaymentMethod.WALLET, externalReference, effectiveAt);
    }

    private static Entry entry(WalletId wallet, long amount) {
        return new Entry(wallet, amount, Category.TRANSFER, Optional.empty());
    }
}
