package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Uuid7;
import tg.ecom.ledger.Posting.Entry;
import tg.ecom.ledger.PostingResult.Posted;
import tg.ecom.platform.Caller;

class JournalTest {
    private static final int PAGE_SIZE = 3;

    private final Books books = Books.open();
    private final Ledger ledger = books.ledger();
    private final Journal journal = books.journal();
    private final Caller kossi = books.person("Kossi A.");
    private final Caller ama = books.person("Ama B.");
    private final Instant start = books.now();

    @Test
    void journal_tellsEveryEntryOfThePeriodWithItsTransfer() {
        UUID ride = Uuid7.next(books.clock());
        Posted funding = ledger.post(Posting.funding(PaymentMethod.FLOOZ, kossi.wallet(), new Money(5_000))
                        .with(new Posting.Details(
                                Optional.of("Recharge"),
                                Map.of("agent", "12"),
                                Optional.of(ride),
                                PaymentMethod.FLOOZ,
                                Optional.of("FL-1"),
                                Optional.of(start.minusSeconds(3_600)))))
                .orThrow();
        books.advance(Duration.ofHours(1));
        Posted reversal = ledger.reverse(funding.transfer(), "jamais payé").orThrow();

        List<Journal.Line> lines = lines(journal, start, books.now().plusMillis(1));

        assertEquals(4, lines.size());
        Journal.Line credit = lines.stream()
                .filter(line -> line.amount() == 5_000 && line.wallet().equals(kossi.wallet()))
                .findFirst()
                .orElseThrow();
        assertEquals(
                new Journal.Line(
                        funding.entryOf(kossi.wallet()).id(),
                        kossi.wallet(),
                        5_000,
                        Optional.of(new Money(5_000)),
                        Category.RECHARGE,
                        new Journal.Transfer(
                                funding.transfer(),
                                start,
                                start.minusSeconds(3_600),
                                Money.CURRENCY,
                                Optional.of("Recharge"),
                                Map.of("agent", "12"),
                                Optional.of(ride),
                                PaymentMethod.FLOOZ,
                                Optional.of("FL-1"),
                                Optional.empty(),
                                Optional.empty())),
                credit);
        Journal.Line operators = lines.stream()
                .filter(line -> line.amount() == -5_000 && line.wallet().equals(EcomWallet.FLOAT_FLOOZ.id()))
                .findFirst()
                .orElseThrow();
        assertEquals(Optional.empty(), operators.balanceAfter());
        assertEquals(credit.transfer(), operators.transfer());
        assertEquals(reversal.transfer(), lines.getLast().transfer().id());
        assertEquals(Optional.of(funding.transfer()), lines.getLast().transfer().reverses());
        assertEquals(0, lines.stream().mapToLong(Journal.Line::amount).sum());
    }

    @Test
    void period_beginsAtItsFirstMomentAndEndsBeforeItsLast() {
        fund(1);
        books.advance(Duration.ofMillis(1));
        Instant second = books.now();
        fund(2);
        books.advance(Duration.ofMillis(1));
        fund(3);

        assertEquals(List.of(2L), credits(lines(journal, second, books.now())));
        assertEquals(List.of(1L, 2L, 3L), credits(lines(journal, Instant.MIN, Instant.MAX)));
        assertEquals(List.of(), lines(journal, second, second));
        assertEquals(List.of(), lines(journal, books.now(), second));
    }

    @Test
    void pagesThatEndWithinTransfers_tellEachEntryOnceInTheSameOrder() {
        for (int i = 1; i <= 5; i++) {
            fund(i);
            // Several at once have the same time.
            books.advance(Duration.ofMillis(i % 2));
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            entries.add(Entry.credit(books.person("Person " + i).wallet(), new Money(1), Category.ADJUSTMENT));
        }
        entries.add(Entry.debit(EcomWallet.FEES.id(), new Money(20), Category.ADJUSTMENT));
        ledger.post(Posting.payment(entries)).orThrow();
        Instant end = books.now().plusMillis(1);

        List<Journal.Line> whole = lines(journal, start, end);
        List<Journal.Line> byPages = lines(new Journal(books.database("ecom_wallet"), PAGE_SIZE), start, end);

        assertEquals(5 * 2 + 21, whole.size());
        assertEquals(whole.size(), new HashSet<>(whole).size());
        assertEquals(whole, byPages);
        Comparator<Journal.Line> order = Comparator.comparing(
                        (Journal.Line line) -> line.transfer().recordedAt())
                .thenComparing(line -> line.transfer().id().value().toString())
                .thenComparing(line -> line.entry().value().toString());
        assertEquals(whole.stream().sorted(order).toList(), whole);
    }

    @Test
    void whatIsPostedWhileItIsRead_isNeitherMissingNorDouble() {
        for (int i = 1; i <= 4; i++) {
            fund(i);
        }
        books.advance(Duration.ofSeconds(1));
        Instant end = books.now();
        List<Journal.Line> lines = new ArrayList<>();

        long read = new Journal(books.database("ecom_wallet"), PAGE_SIZE).read(start, end, line -> {
            lines.add(line);
            fund(100);
        });

        assertEquals(8, read);
        assertEquals(List.of(1L, 2L, 3L, 4L), credits(lines).stream().sorted().toList());
    }

    @Test
    void readerThatThrows_endsTheReading() {
        fund(1);

        assertThrows(
                IllegalStateException.class,
                () -> journal.read(start, books.now().plusMillis(1), line -> {
                    throw new IllegalStateException("the disk is full");
                }));
    }

    private void fund(long amount) {
        ledger.post(Posting.funding(PaymentMethod.YAS, ama.wallet(), new Money(amount)))
                .orThrow();
    }

    private static List<Long> credits(List<Journal.Line> lines) {
        return lines.stream()
                .map(Journal.Line::amount)
                .filter(amount -> amount > 0)
                .toList();
    }

    private static List<Journal.Line> lines(Journal journal, Instant from, Instant to) {
        List<Journal.Line> lines = new ArrayList<>();
        assertEquals(journal.read(from, to, lines::add), lines.size());
        return lines;
    }
}
