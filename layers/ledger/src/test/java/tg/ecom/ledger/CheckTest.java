package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.Money;
import tg.ecom.ledger.Posting.Entry;
import tg.ecom.ledger.PostingResult.Posted;
import tg.ecom.platform.Caller;

class CheckTest {
    private static final List<String> TABLES = List.of(
            "ledger.wallets",
            "ledger.transfers",
            "ledger.entries",
            "ledger.holds",
            "ledger.seals",
            "platform.idempotency_keys");

    private final Books books = Books.open();
    private final Ledger ledger = books.ledger();
    private final Caller kossi = books.person("Kossi A.", 20_000);
    private final Caller ama = books.person("Ama B.");

    @Test
    void check_tellsTheBalancesThatThePostingWouldLeave() {
        Posted checked = ledger.check(transfer(2_500), kossi).orThrow();
        Posted posted = ledger.post(transfer(2_500), kossi).orThrow();

        assertEquals(new Money(17_500), checked.balanceOf(kossi.wallet()));
        assertEquals(new Money(2_500), checked.balanceOf(ama.wallet()));
        assertEquals(posted.balanceOf(kossi.wallet()), checked.balanceOf(kossi.wallet()));
        assertEquals(posted.balanceOf(ama.wallet()), checked.balanceOf(ama.wallet()));
    }

    @Test
    void check_refusesAsThePostingWould() {
        Caller ended = books.person("Yao D.", 100);
        books.sessions().revokeAll(ended.user());
        for (Posting posting : List.of(
                transfer(20_001),
                transfer(25_001),
                transfer(0),
                Posting.transfer(kossi.wallet(), kossi.wallet(), new Money(1)),
                Posting.transfer(kossi.wallet(), Books.nobody(), new Money(1)),
                Posting.payment(List.of(
                        Entry.debit(kossi.wallet(), new Money(2), Category.TRANSFER),
                        Entry.credit(ama.wallet(), new Money(1), Category.TRANSFER))))) {
            assertEquals(ledger.post(posting, kossi), ledger.check(posting, kossi));
        }
        assertInstanceOf(LedgerProblem.SessionRevoked.class, refusal(ledger.check(transfer(1), ended)));
        assertEquals(
                new LedgerProblem.InsufficientFunds(kossi.wallet(), new Money(20_000)),
                refusal(ledger.check(transfer(20_001), kossi)));
    }

    @Test
    void check_leavesNothingBehind() {
        HoldId hold = ledger.hold(new HoldRequest(
                        kossi.wallet(),
                        new Money(5_000),
                        Category.TRANSPORT,
                        books.now().plusSeconds(60),
                        Optional.empty()))
                .orThrow()
                .hold()
                .id();
        String before = everything();

        ledger.check(transfer(2_500), Books.keyed(kossi, "key", "aa")).orThrow();
        ledger.check(transfer(1_000).paidBy(new Posting.Capture(hold, true))).orThrow();
        ledger.check(Posting.funding(PaymentMethod.YAS, ama.wallet(), new Money(300)))
                .orThrow();
        refusal(ledger.check(transfer(25_001), Books.keyed(kossi, "key", "aa")));

        assertEquals(before, everything());
        assertEquals(-20_000, books.seals().balance(EcomWallet.FLOAT_YAS.id()));
        // The key is still free, and for another body too.
        assertFalse(ledger.post(transfer(1), Books.keyed(kossi, "key", "bb"))
                .orThrow()
                .replayed());
    }

    @Test
    void keyThatHasPosted_isAnsweredAsThen() {
        Caller keyed = Books.keyed(kossi, "key", "aa");
        Posted posted = ledger.post(transfer(2_500), keyed).orThrow();

        Posted checked = ledger.check(transfer(2_500), keyed).orThrow();

        assertTrue(checked.replayed());
        assertEquals(posted.transfer(), checked.transfer());
        assertInstanceOf(
                LedgerProblem.IdempotencyKeyReused.class,
                refusal(ledger.check(transfer(1), Books.keyed(kossi, "key", "bb"))));
    }

    @Test
    void checkWithinATransaction_keepsNoLockUntilItsEnd() {
        books.database("ecom_wallet").transact(handle -> {
            ledger.within(handle).check(transfer(2_500), kossi).orThrow();
            // Somebody else pays from and into the same wallets meanwhile; a lock would have it wait for us forever.
            books.superuser().useHandle(other -> {
                assertEquals(
                        2,
                        other.createQuery("select id from ledger.wallets where kind = 'personal' for update nowait")
                                .mapTo(String.class)
                                .list()
                                .size());
            });
            return ledger.within(handle).post(transfer(100), kossi).orThrow();
        });

        assertEquals(
                new Money(19_900), ledger.balance(kossi.wallet()).orElseThrow().balance());
        assertTrue(books.verify().ok());
    }

    /** All rows that a posting could change, with where they are kept: an update that changes nothing would show. */
    private String everything() {
        StringBuilder rows = new StringBuilder();
        books.superuser()
                .useHandle(handle -> TABLES.forEach(table -> rows.append(handle.createQuery(
                                "select coalesce(string_agg(x.ctid::text || x::text, '|' order by x::text), '') from "
                                        + table + " x")
                        .mapTo(String.class)
                        .one())));
        return rows.toString();
    }

    private Posting transfer(long amount) {
        return Posting.transfer(kossi.wallet(), ama.wallet(), new Money(amount));
    }

    private static LedgerProblem refusal(PostingResult result) {
        return assertInstanceOf(PostingResult.Refused.class, result).problem();
    }
}
