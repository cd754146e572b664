package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Cursor;
import tg.ecom.kernel.EntryId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.Caller;

class TransactionsTest {
    private final Books books = Books.open();
    private final Ledger ledger = books.ledger();
    private final Caller kossi = books.person("Kossi A.", 20_000);
    private final Caller ama = books.person("Ama B.");
    private final List<EntryId> sent = new ArrayList<>();
    private Instant middle;

    @BeforeEach
    void someHistory() {
        for (int i = 1; i <= 5; i++) {
            books.advance(Duration.ofMinutes(1));
            middle = i == 3 ? books.now() : middle;
            sent.add(ledger.post(
                            Posting.transfer(kossi.wallet(), ama.wallet(), new Money(100L * i))
                                    .described("n° " + i),
                            kossi)
                    .orThrow()
                    .entryOf(kossi.wallet())
                    .id());
        }
    }

    @Test
    void transactions_areNewestFirstWithTheOtherPartyAndTheBalanceAfter() {
        List<Transaction> items =
                page(TransactionQuery.newest(kossi.wallet(), 20)).items();

        assertEquals(6, items.size());
        Transaction newest = items.getFirst();
        assertEquals(sent.getLast(), newest.id());
        assertEquals(Transaction.Type.DEBIT, newest.type());
        assertEquals(new Money(500), newest.amount());
        assertEquals(Optional.of(new Money(18_500)), newest.balanceAfter());
        assertEquals(Optional.of("Ama B."), newest.counterparty());
        assertEquals(Optional.of("n° 5"), newest.description());
        assertEquals("completed", newest.status());
        assertEquals(books.now(), newest.createdAt());
        assertEquals(kossi.wallet(), newest.wallet());
        assertEquals(Category.TRANSFER, newest.category());
        assertEquals(books.now(), newest.effectiveAt());
        assertEquals(books.now(), newest.updatedAt());
        assertEquals(Map.of(), newest.metadata());
        assertEquals(Optional.empty(), newest.externalReference());
        Transaction oldest = items.getLast();
        assertEquals(Optional.of("YAS"), oldest.counterparty());
        assertEquals(Transaction.Type.CREDIT, oldest.type());
        assertEquals(PaymentMethod.YAS, oldest.method());
        assertEquals(
                Optional.of("Kossi A."),
                page(TransactionQuery.newest(ama.wallet(), 1))
                        .items()
                        .getFirst()
                        .counterparty());
    }

    @Test
    void pages_showEachTransactionOnceThoughMoreCome() {
        TransactionPage first = page(TransactionQuery.newest(kossi.wallet(), 4));
        ledger.post(Posting.transfer(kossi.wallet(), ama.wallet(), new Money(1)), kossi)
                .orThrow();
        TransactionPage second = page(
                TransactionQuery.newest(kossi.wallet(), 4).after(first.next().orElseThrow()));

        assertEquals(4, first.items().size());
        assertEquals(2, second.items().size());
        assertEquals(sent.get(1), first.items().getLast().id());
        assertEquals(sent.get(0), second.items().getFirst().id());
        assertEquals(Optional.empty(), second.next());
        assertEquals(
                List.of(),
                page(TransactionQuery.newest(kossi.wallet(), 4).after(new Cursor("not ours")))
                        .items());
    }

    @Test
    void filters_leaveOutTheRest() {
        assertEquals(1, filtered(Optional.of(Transaction.Type.CREDIT), Optional.empty(), Optional.empty()));
        assertEquals(5, filtered(Optional.empty(), Optional.of(Category.TRANSFER), Optional.empty()));
        assertEquals(0, filtered(Optional.empty(), Optional.of(Category.SHOPPING), Optional.empty()));
        assertEquals(6, filtered(Optional.empty(), Optional.empty(), Optional.of("completed")));
        assertEquals(0, filtered(Optional.empty(), Optional.empty(), Optional.of("pending")));
        assertEquals(3, between(Optional.of(middle), Optional.empty()));
        assertEquals(3, between(Optional.empty(), Optional.of(middle)));
    }

    @Test
    void payments_standWhereTheyBegan_inTheCustomersWords() {
        UUID pending = payment(6, "pending");
        UUID expired = payment(3, "expired");
        UUID review = payment(3, "review");
        UUID failed = payment(0, "failed");
        payment(2, "succeeded");

        List<Transaction> items = new ArrayList<>();
        TransactionQuery query = TransactionQuery.newest(kossi.wallet(), 1);
        TransactionPage page = page(query);
        items.addAll(page.items());
        while (page.next().isPresent()) {
            page = page(query.after(page.next().get()));
            items.addAll(page.items());
        }

        assertEquals(
                List.of(
                        pending,
                        sent.get(4).value(),
                        sent.get(3).value(),
                        sent.get(2).value(),
                        review,
                        expired,
                        sent.get(1).value(),
                        sent.get(0).value()),
                items.stream()
                        .map(item -> item.id().value())
                        .filter(id -> !id.equals(failed))
                        .limit(8)
                        .toList());
        assertEquals(failed, items.getLast().id().value());
        assertEquals(10, items.size());
        assertEquals(
                List.of("pending", "completed", "pending", "cancelled", "failed"),
                Stream.of(0, 1, 4, 5, 9).map(place -> items.get(place).status()).toList());
        assertEquals(Optional.of("YAS"), items.getFirst().counterparty());
        assertEquals(Optional.empty(), items.getFirst().balanceAfter());
        assertEquals(Optional.empty(), items.getFirst().transfer());
        assertEquals(Optional.of("YAS-" + pending), items.getFirst().externalReference());
        assertEquals(2, filtered(Optional.empty(), Optional.empty(), Optional.of("pending")));
        assertEquals(1, filtered(Optional.empty(), Optional.empty(), Optional.of("cancelled")));
        assertEquals(6, filtered(Optional.empty(), Optional.empty(), Optional.of("completed")));
        assertEquals(5, filtered(Optional.of(Transaction.Type.CREDIT), Optional.empty(), Optional.empty()));
        assertEquals(
                new Money(700),
                ledger.transaction(kossi.wallet(), new EntryId(expired))
                        .orElseThrow()
                        .amount());
        assertEquals(Optional.empty(), ledger.transaction(ama.wallet(), new EntryId(expired)));
    }

    @Test
    void anothersTransaction_isNotThere() {
        EntryId id = sent.getFirst();

        assertEquals(
                new Money(100),
                ledger.transaction(kossi.wallet(), id).orElseThrow().amount());
        assertEquals(Optional.empty(), ledger.transaction(ama.wallet(), id));
        assertEquals(
                Optional.empty(),
                ledger.transaction(kossi.wallet(), new EntryId(Books.nobody().value())));
    }

    @Test
    void detailsAreKept_asTheCustomersTransactionsShowThem() {
        Caller afi = books.person("Afi C.");
        UUID ride = Uuid7.next(books.clock());
        Posting funding = Posting.funding(PaymentMethod.PISPI, afi.wallet(), new Money(500))
                .with(new Posting.Details(
                        Optional.of("Recharge"),
                        Map.of("agent", "l'Étoile \"12\""),
                        Optional.of(ride),
                        PaymentMethod.PISPI,
                        Optional.of("PI-2026-1"),
                        Optional.of(books.now().minusSeconds(3_600))));
        ledger.post(funding).orThrow();

        Transaction shown =
                page(TransactionQuery.newest(afi.wallet(), 1)).items().getFirst();
        assertEquals(Category.RECHARGE, shown.category());
        assertEquals(Optional.of("Recharge"), shown.description());
        assertEquals(Map.of("agent", "l'Étoile \"12\""), shown.metadata());
        assertEquals(Optional.of(ride), shown.relatedService());
        assertEquals(PaymentMethod.PISPI, shown.method());
        assertEquals(Optional.of("PI-2026-1"), shown.externalReference());
        assertEquals(books.now().minusSeconds(3_600), shown.effectiveAt());
        assertEquals(books.now(), shown.createdAt());
        assertEquals(Optional.of(shown), ledger.transaction(afi.wallet(), shown.id()));

        Map<String, Object> row = books.superuser()
                .withHandle(handle -> handle.createQuery("""
                                select type, amount, currency, category::text, description, status,
                                    metadata ->> 'agent' as agent, related_service_id, payment_method::text,
                                    external_reference
                                from ledger.transactions
                                where wallet_id = :wallet
                                """)
                        .bind("wallet", afi.wallet().value())
                        .mapToMap()
                        .one());
        assertEquals("credit", row.get("type"));
        assertEquals(500L, row.get("amount"));
        assertEquals("XOF", row.get("currency"));
        assertEquals("recharge", row.get("category"));
        assertEquals("Recharge", row.get("description"));
        assertEquals("completed", row.get("status"));
        assertEquals("l'Étoile \"12\"", row.get("agent"));
        assertEquals(ride, row.get("related_service_id"));
        assertEquals("pispi", row.get("payment_method"));
        assertEquals("PI-2026-1", row.get("external_reference"));
    }

    @Test
    void pageIsOneToAHundred() {
        assertThrows(IllegalArgumentException.class, () -> TransactionQuery.newest(kossi.wallet(), 0));
        assertThrows(IllegalArgumentException.class, () -> TransactionQuery.newest(kossi.wallet(), 101));
        assertFalse(page(TransactionQuery.newest(kossi.wallet(), 100)).items().isEmpty());
    }

    /** A payment that began when the wallet had so many entries. */
    private UUID payment(int afterSequence, String status) {
        UUID id = Uuid7.next(books.clock());
        books.advance(Duration.ofMillis(1));
        books.superuser()
                .useHandle(handle -> handle.execute(
                        """
                insert into payments.payments (id, wallet_id, user_id, amount, currency, method, operator_wallet_id,
                    purpose, phone_encrypted, phone_hash, status, reason, operator_reference, after_sequence,
                    expires_at, created_at, updated_at)
                values (?, ?, ?, 700, 'XOF', 'yas', '00000000-0000-7000-8000-000000000001', 'recharge', '\\x00',
                    '\\x00', cast(? as payments.status), 'test', ?, ?, '2026-11-23T10:10:00Z', '2026-11-23T10:00:00Z',
                    '2026-11-23T10:00:00Z')
                """, id, kossi.wallet().value(), kossi.user().value(), status, "YAS-" + id, afterSequence));
        return id;
    }

    private int filtered(Optional<Transaction.Type> type, Optional<Category> category, Optional<String> status) {
        return page(new TransactionQuery(
                        kossi.wallet(),
                        type,
                        category,
                        status,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        20))
                .items()
                .size();
    }

    private int between(Optional<Instant> from, Optional<Instant> to) {
        return page(new TransactionQuery(
                        kossi.wallet(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        from,
                        to,
                        Optional.empty(),
                        20))
                .items()
                .size();
    }

    private TransactionPage page(TransactionQuery query) {
        return ledger.transactions(query);
    }
}
