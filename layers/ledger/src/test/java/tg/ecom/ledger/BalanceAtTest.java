package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.Posting.Entry;
import tg.ecom.platform.Caller;

class BalanceAtTest {
    private static final WalletId YAS = EcomWallet.FLOAT_YAS.id();
    private static final Pattern PAGES = Pattern.compile("(?:hit|read)=(\\d+)");

    /** Each halving of 10,000 entries reads three. */
    private static final long PAGES_MAX = 60;

    private final Books books = Books.open();
    private final Ledger ledger = books.ledger();

    @Test
    void personalWallet_hadWhatItsLastEntryByThenLeft() {
        Instant before = books.now().minusMillis(1);
        Instant funded = books.now();
        Caller kossi = books.person("Kossi A.", 10_000);
        Caller ama = books.person("Ama B.");
        books.advance(Duration.ofDays(40));
        Instant sent = books.now();
        send(kossi, ama, 2_500);
        books.advance(Duration.ofDays(40));
        send(kossi, ama, 500);

        assertEquals(OptionalLong.of(0), ledger.balanceAt(kossi.wallet(), before));
        assertEquals(OptionalLong.of(10_000), ledger.balanceAt(kossi.wallet(), funded));
        assertEquals(OptionalLong.of(10_000), ledger.balanceAt(kossi.wallet(), sent.minusMillis(1)));
        assertEquals(OptionalLong.of(7_500), ledger.balanceAt(kossi.wallet(), sent));
        assertEquals(OptionalLong.of(2_500), ledger.balanceAt(ama.wallet(), sent));
        assertEquals(OptionalLong.of(7_000), ledger.balanceAt(kossi.wallet(), books.now()));
        assertEquals(OptionalLong.of(7_000), ledger.balanceAt(kossi.wallet(), Instant.MAX));
        assertEquals(OptionalLong.of(0), ledger.balanceAt(kossi.wallet(), Instant.MIN));
    }

    @Test
    void unknownWallet_hadNothingToTell() {
        assertEquals(OptionalLong.empty(), ledger.balanceAt(Books.nobody(), books.now()));
    }

    @Test
    void walletWithoutEntries_hadZero() {
        Caller kossi = books.person("Kossi A.");

        assertEquals(OptionalLong.of(0), ledger.balanceAt(kossi.wallet(), books.now()));
        assertEquals(OptionalLong.of(0), ledger.balanceAt(EcomWallet.FEES.id(), books.now()));
    }

    @Test
    void entryToldOfLate_countsFromWhenItWasRecorded() {
        Caller kossi = books.person("Kossi A.");
        Instant paid = books.now();
        books.advance(Duration.ofHours(30));
        Posting late = Posting.funding(PaymentMethod.YAS, kossi.wallet(), new Money(700));
        ledger.post(late.with(new Posting.Details(
                        Optional.empty(),
                        late.details().metadata(),
                        Optional.empty(),
                        PaymentMethod.YAS,
                        Optional.empty(),
                        Optional.of(paid))))
                .orThrow();

        assertEquals(OptionalLong.of(0), ledger.balanceAt(kossi.wallet(), paid));
        assertEquals(OptionalLong.of(0), ledger.balanceAt(YAS, paid));
        assertEquals(OptionalLong.of(700), ledger.balanceAt(kossi.wallet(), books.now()));
        assertEquals(OptionalLong.of(-700), ledger.balanceAt(YAS, books.now()));
    }

    @Test
    void accumulatingWallet_hadTheSumOfWhatHadCome_sealedOrNot() {
        Caller kossi = books.person("Kossi A.");
        Instant first = books.now();
        fund(kossi, 1_000);
        books.advance(Duration.ofHours(1));
        Instant second = books.now();
        fund(kossi, 200);
        for (int sealing = 0; sealing < 2; sealing++) {
            assertEquals(OptionalLong.of(0), ledger.balanceAt(YAS, first.minusMillis(1)));
            assertEquals(OptionalLong.of(-1_000), ledger.balanceAt(YAS, first));
            assertEquals(OptionalLong.of(-1_000), ledger.balanceAt(YAS, second.minusMillis(1)));
            assertEquals(OptionalLong.of(-1_200), ledger.balanceAt(YAS, second));
            books.advance(Duration.ofMinutes(1));
            books.seals().sealAll();
            books.advance(Duration.ofHours(1));
            fund(kossi, 30);
        }
        assertEquals(OptionalLong.of(-1_260), ledger.balanceAt(YAS, books.now()));
    }

    @Test
    void entriesThatALongTransactionKeptFromTheSeals_areNotLost() {
        Caller kossi = books.person("Kossi A.");
        books.superuser().useTransaction(running -> {
            running.execute("select pg_current_xact_id()");
            for (int hour = 0; hour < 5; hour++) {
                fund(kossi, 100);
                books.advance(Duration.ofMinutes(30));
                books.seals().sealAll();
                books.advance(Duration.ofMinutes(30));
            }
        });
        Instant fifth = books.now().minus(Duration.ofHours(1));
        books.seals().sealAll();
        books.advance(Duration.ofHours(1));
        fund(kossi, 1);

        for (int hour = 0; hour < 5; hour++) {
            assertEquals(
                    OptionalLong.of(-100L * (5 - hour)),
                    ledger.balanceAt(YAS, fifth.minus(Duration.ofHours(hour))),
                    hour + " hours before");
        }
    }

    @Test
    void anyHistory_isToldAsTheEntriesTellIt_thoughClocksDiffer() {
        Caller kossi = books.person("Kossi A.", 1_000_000);
        Caller ama = books.person("Ama B.", 1_000_000);
        WalletId commission = EcomWallet.COMMISSION.id();
        Random random = new Random(20_261_123);
        for (int i = 0; i < 120; i++) {
            books.advance(Duration.ofSeconds(random.nextInt(400) - 20));
            Caller payer = random.nextBoolean() ? kossi : ama;
            ledger.post(new Posting(
                            List.of(
                                            Entry.debit(payer.wallet(), new Money(100), Category.TRANSPORT),
                                            Entry.credit(
                                                    (payer.equals(kossi) ? ama : kossi).wallet(),
                                                    new Money(100 - i % 10),
                                                    Category.TRANSPORT),
                                            Entry.credit(commission, new Money(i % 10), Category.COMMISSION))
                                    .subList(0, i % 10 == 0 ? 2 : 3),
                            Caps.NONE,
                            Posting.Details.of(PaymentMethod.WALLET),
                            Optional.empty(),
                            Optional.empty()))
                    .orThrow();
            if (random.nextInt(10) == 0) {
                books.seals().sealAll();
            }
        }
        Instant end = books.now();
        for (int i = 0; i < 100; i++) {
            Instant moment = end.minusSeconds(random.nextInt(30_000));
            for (WalletId personal : List.of(kossi.wallet(), ama.wallet())) {
                assertEquals(
                        OptionalLong.of(books.number("""
                                select coalesce((
                                    select balance_after
                                    from ledger.entries
                                    where wallet_id = ? and created_at <= cast(? as timestamptz)
                                    order by sequence desc
                                    limit 1), 0)
                                """, personal.value(), moment.toString())),
                        ledger.balanceAt(personal, moment),
                        moment::toString);
            }
            assertEquals(
                    OptionalLong.of(books.number("""
                            select coalesce(sum(amount), 0)::bigint
                            from ledger.entries
                            where wallet_id = ? and created_at <= cast(? as timestamptz)
                            """, commission.value(), moment.toString())),
                    ledger.balanceAt(commission, moment),
                    moment::toString);
        }
    }

    @Test
    void longHistories_areNotReadWhole() {
        UUID wallet = UUID.fromString("01900000-0000-7000-8000-000000000001");
        UUID commission = EcomWallet.COMMISSION.id().value();
        books.superuser().useHandle(handle -> {
            history(handle, wallet, commission);
            for (UUID one : List.of(wallet, commission)) {
                for (String moment : List.of("2026-01-02T00:00:00Z", "2026-07-01T00:00:00Z", "2027-03-01T00:00:00Z")) {
                    // A session plans a function's statements when it first runs them.
                    pages(handle, one, moment);
                    long pages = pages(handle, one, moment);
                    assertTrue(pages > 0 && pages <= PAGES_MAX, () -> one + " at " + moment + ": " + pages + " pages");
                }
            }
        });
    }

    /** 10,000 hourly entries of both, with a seal each ten. */
    private static void history(Handle handle, UUID wallet, UUID commission) {
        handle.execute("""
                insert into ledger.wallets (id, owner_id, purpose, kind, floor, balance, entry_count, created_at,
                    updated_at)
                values (?, ?, 'main', 'personal', 0, 10000, 10000, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')
                """, wallet, wallet);
        handle.execute("""
                insert into ledger.transfers (id, currency, payment_method, effective_at, created_at, hash, xid)
                select uuid_in(('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::cstring), 'XOF', 'wallet',
                    at, at, '\\x00', n::text::xid8
                from generate_series(1, 10000) n
                cross join lateral (select '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 hour' as at) t
                """);
        handle.execute("""
                insert into ledger.entries (id, transfer_id, wallet_id, amount, balance_after, sequence, xid,
                    created_at, category, hash)
                select uuid_in(('01900000-0000-7000-8' || side || '00-' || right(t.id::text, 12))::cstring), t.id,
                    case when side = 0 then cast(? as uuid) else cast(? as uuid) end, 1,
                    case when side = 0 then t.xid::text::bigint end, case when side = 0 then t.xid::text::bigint end,
                    case when side = 1 then t.xid end, t.created_at, 'transfer', '\\x00'
                from ledger.transfers t, generate_series(0, 1) side
                """, wallet, commission);
        handle.execute("""
                insert into ledger.seals (wallet_id, sequence, from_xid, to_xid, entry_count, amount, balance,
                    previous_hash, hash, created_at)
                select ?, n, ((n - 1) * 10 + 1)::text::xid8, (n * 10 + 1)::text::xid8, 10, 10, n * 10, '\\x00', '\\x00',
                    '2026-01-01T00:30:00Z'::timestamptz + n * interval '10 hours'
                from generate_series(1, 1000) n
                """, commission);
        handle.execute("analyze");
    }

    private static long pages(Handle handle, UUID wallet, String moment) {
        String plan = String.join(
                "\n",
                handle.createQuery("explain (analyze, buffers) " + LedgerSql.BALANCE_AT)
                        .bind("wallet", wallet)
                        .bind("moment", Instant.parse(moment))
                        .mapTo(String.class)
                        .list());
        // The first line with buffers is the whole statement's.
        Matcher found = PAGES.matcher(plan.lines()
                .filter(line -> line.contains("Buffers: shared"))
                .findFirst()
                .orElse(""));
        long pages = 0;
        while (found.find()) {
            pages += Long.parseLong(found.group(1));
        }
        return pages;
    }

    private void fund(Caller person, long amount) {
        ledger.post(Posting.funding(PaymentMethod.YAS, person.wallet(), new Money(amount)))
                .orThrow();
    }

    private void send(Caller from, Caller to, long amount) {
        ledger.post(Posting.transfer(from.wallet(), to.wallet(), new Money(amount)), from)
                .orThrow();
    }
}
