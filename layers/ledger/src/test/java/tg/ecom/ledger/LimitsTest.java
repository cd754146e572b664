package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Money;
import tg.ecom.platform.Caller;

class LimitsTest {
    private final Books books = Books.open();
    private final Ledger ledger = books.ledger();
    private final Caller kossi = books.person("Kossi A.", 1_900_000);
    private final Caller ama = books.person("Ama B.");

    @Test
    void singleLimit_bindsAtOneFrancMore() {
        send(25_000);
        assertEquals(limit(LedgerProblem.Limit.SINGLE, 25_000, 25_000), refusal(25_001));
    }

    @Test
    void dailyLimit_tellsWhatIsLeft() {
        send(25_000);
        send(24_000);
        assertEquals(limit(LedgerProblem.Limit.DAILY, 50_000, 1_000), refusal(1_001));
        send(1_000);
        assertEquals(limit(LedgerProblem.Limit.DAILY, 50_000, 0), refusal(1));
    }

    @Test
    void dayBeginsAtMidnightInLome() {
        books.moveTo("2026-11-24T23:59:59.999Z");
        send(25_000);
        send(25_000);
        assertInstanceOf(LedgerProblem.LimitExceeded.class, refusal(1));
        books.moveTo("2026-11-25T00:00:00Z");
        assertEquals(Money.ZERO, balance().limits().daily().used());
        send(25_000);
        assertEquals(new Money(25_000), balance().limits().daily().used());
        assertEquals(new Money(75_000), balance().limits().monthly().used());
    }

    @Test
    void dayBeginsAtMidnightInAuckland_whereThatIsTheZone() {
        Ledger auckland = books.ledger(ZoneId.of("Pacific/Auckland"));
        // 24:00 of the 25th in Auckland (UTC+13 in summer) is 11:00 UTC.
        books.moveTo("2026-11-25T10:59:59Z");
        auckland.post(transfer(25_000), kossi).orThrow();
        auckland.post(transfer(25_000), kossi).orThrow();
        assertInstanceOf(PostingResult.Refused.class, auckland.post(transfer(1), kossi));
        books.moveTo("2026-11-25T11:00:00Z");
        auckland.post(transfer(25_000), kossi).orThrow();
    }

    @Test
    void monthlyLimit_bindsAndEndsWithTheMonth() {
        for (int day = 1; day <= 10; day++) {
            books.moveTo("2028-02-%02dT12:00:00Z".formatted(day));
            send(25_000);
            send(25_000);
        }
        books.moveTo("2028-02-29T23:59:59Z");
        assertEquals(limit(LedgerProblem.Limit.MONTHLY, 500_000, 0), refusal(1));
        books.moveTo("2028-03-01T00:00:00Z");
        send(25_000);
        assertEquals(new Money(25_000), balance().limits().monthly().used());
    }

    @Test
    void leapDay_isADayAndOfFebruary_inLome() {
        books.moveTo("2028-02-28T23:59:59.999Z");
        send(25_000);
        send(25_000);
        assertEquals(limit(LedgerProblem.Limit.DAILY, 50_000, 0), refusal(1));
        books.moveTo("2028-02-29T00:00:00Z");
        send(20_000);
        assertUsed(ledger, 20_000, 70_000);
        books.moveTo("2028-02-29T23:59:59.999Z");
        assertUsed(ledger, 20_000, 70_000);
        books.moveTo("2028-03-01T00:00:00Z");
        assertUsed(ledger, 0, 0);
    }

    @Test
    void leapDay_isADayAndOfFebruary_inAuckland() {
        Ledger auckland = books.ledger(ZoneId.of("Pacific/Auckland"));
        // UTC+13 in summer: the 29th begins at 11:00 UTC of the 28th.
        books.moveTo("2028-02-28T10:59:59.999Z");
        auckland.post(transfer(25_000), kossi).orThrow();
        books.moveTo("2028-02-28T11:00:00Z");
        auckland.post(transfer(20_000), kossi).orThrow();
        assertUsed(auckland, 20_000, 45_000);
        books.moveTo("2028-02-29T10:59:59.999Z");
        assertUsed(auckland, 20_000, 45_000);
        books.moveTo("2028-02-29T11:00:00Z");
        assertUsed(auckland, 0, 0);
    }

    @Test
    void monthEndsAtMidnightInAuckland_whereThatIsTheZone() {
        Ledger auckland = books.ledger(ZoneId.of("Pacific/Auckland"));
        for (int day = 1; day <= 10; day++) {
            books.moveTo("2026-12-%02dT12:00:00Z".formatted(day));
            auckland.post(transfer(25_000), kossi).orThrow();
            auckland.post(transfer(25_000), kossi).orThrow();
        }
        // The year ends there 13 hours before it does in Lomé.
        books.moveTo("2026-12-31T10:59:59.999Z");
        assertEquals(
                limit(LedgerProblem.Limit.MONTHLY, 500_000, 0),
                assertInstanceOf(PostingResult.Refused.class, auckland.post(transfer(1), kossi))
                        .problem());
        books.moveTo("2026-12-31T11:00:00Z");
        auckland.post(transfer(25_000), kossi).orThrow();
        assertUsed(auckland, 25_000, 25_000);
    }

    @Test
    void dayOfTwentyFiveHours_isOneDay() {
        Ledger auckland = books.ledger(ZoneId.of("Pacific/Auckland"));
        // Summer ends on Sunday 4 April 2027 there: the day is from 11:00 UTC to 12:00 UTC of the next.
        books.moveTo("2027-04-03T11:00:00Z");
        auckland.post(transfer(25_000), kossi).orThrow();
        books.moveTo("2027-04-04T11:59:59.999Z");
        assertUsed(auckland, 25_000, 25_000);
        books.moveTo("2027-04-04T12:00:00Z");
        assertUsed(auckland, 0, 25_000);
    }

    @Test
    void reloadsOfTheMonth_startAnewWithIt_alsoOnTheLeapDay() {
        Caller trader = books.person("Yao D.");
        for (String time : new String[] {"2028-02-29T23:59:59.999Z", "2028-03-01T00:00:00Z"}) {
            books.moveTo(time);
            ledger.post(Posting.funding(PaymentMethod.YAS, trader.wallet(), new Money(700)))
                    .orThrow();
            assertEquals(
                    700,
                    books.number(
                            "select reloaded_month from ledger.wallets where id = ?",
                            trader.wallet().value()));
        }
    }

    @Test
    void clockThatIsBehind_reopensNoDay() {
        books.moveTo("2026-11-25T00:00:01Z");
        send(25_000);
        send(25_000);
        books.moveTo("2026-11-24T23:59:59Z");
        assertInstanceOf(LedgerProblem.LimitExceeded.class, refusal(1));
    }

    @Test
    void receiving_isNoSpending() {
        send(25_000);
        Balance balance = ledger.balance(ama.wallet()).orElseThrow();
        assertEquals(Money.ZERO, balance.limits().daily().used());
        assertEquals(new Money(25_000), balance.limits().single());
        assertEquals(new Money(50_000), balance.limits().daily().limit());
        assertEquals(new Money(500_000), balance.limits().monthly().limit());
    }

    @Test
    void recipientsBalanceCap_refusesAndTellsNothingOfWhatTheyHave() {
        Caller rich = books.person("Afi C.", 1_990_000);
        LedgerProblem problem = assertInstanceOf(
                        PostingResult.Refused.class,
                        ledger.post(Posting.transfer(kossi.wallet(), rich.wallet(), new Money(10_001)), kossi))
                .problem();
        assertEquals(new LedgerProblem.BalanceCapExceeded(rich.wallet()), problem);
        assertEquals(0, problem.members().size());
        ledger.post(Posting.transfer(kossi.wallet(), rich.wallet(), new Money(10_000)), kossi)
                .orThrow();
    }

    @Test
    void reloads_meetTheCapOnBalanceAndTheMonths() {
        assertInstanceOf(
                LedgerProblem.BalanceCapExceeded.class,
                assertInstanceOf(PostingResult.Refused.class, ledger.post(funding(100_001)))
                        .problem());
        ledger.post(funding(100_000)).orThrow();

        Caller trader = books.person("Yao D.");
        for (int i = 0; i < 5; i++) {
            ledger.post(Posting.funding(PaymentMethod.YAS, trader.wallet(), new Money(2_000_000)))
                    .orThrow();
            ledger.post(new Posting(
                            Posting.funding(PaymentMethod.YAS, trader.wallet(), new Money(2_000_000)).entries().stream()
                                    .map(entry -> new Posting.Entry(
                                            entry.wallet(), -entry.amount(), Category.WITHDRAWAL, entry.id()))
                                    .toList(),
                            Caps.NONE,
                            Posting.Details.of(PaymentMethod.YAS),
                            Optional.empty(),
                            Optional.empty()))
                    .orThrow();
        }
        assertEquals(
                new LedgerProblem.LimitExceeded(
                        trader.wallet(), LedgerProblem.Limit.RELOAD, new Money(10_000_000), Money.ZERO),
                assertInstanceOf(
                                PostingResult.Refused.class,
                                ledger.post(Posting.funding(PaymentMethod.YAS, trader.wallet(), new Money(1))))
                        .problem());
    }

    @Test
    void countedReload_isNeverRefusedAndCounts() {
        ledger.post(funding(100_001).under(Caps.COUNTED)).orThrow();

        assertEquals(new Money(2_000_001), balance().balance());
        assertEquals(
                2_000_001,
                books.number(
                        "select reloaded_month from ledger.wallets where id = ?",
                        kossi.wallet().value()));
    }

    @Test
    void newCaps_bindFromTheirDateOn() {
        books.superuser().useHandle(handle -> handle.execute("""
                insert into ledger.tiers (tier, valid_from, single_max, daily_max, monthly_max, balance_max, reload_max)
                values (1, '2027-01-01T00:00:00Z', 40000, 80000, 800000, 2000000, 10000000)
                """));
        assertInstanceOf(LedgerProblem.LimitExceeded.class, refusal(40_000));
        books.moveTo("2027-01-01T00:00:00Z");
        send(40_000);
    }

    private void assertUsed(Ledger ledger, long day, long month) {
        Balance.Limits limits = ledger.balance(kossi.wallet()).orElseThrow().limits();
        assertEquals(new Money(day), limits.daily().used());
        assertEquals(new Money(month), limits.monthly().used());
    }

    private void send(long amount) {
        ledger.post(transfer(amount), kossi).orThrow();
    }

    private LedgerProblem refusal(long amount) {
        return assertInstanceOf(PostingResult.Refused.class, ledger.post(transfer(amount), kossi))
                .problem();
    }

    private LedgerProblem limit(LedgerProblem.Limit which, long limit, long left) {
        return new LedgerProblem.LimitExceeded(kossi.wallet(), which, new Money(limit), new Money(left));
    }

    private Posting transfer(long amount) {
        return Posting.transfer(kossi.wallet(), ama.wallet(), new Money(amount));
    }

    private Posting funding(long amount) {
        return Posting.funding(PaymentMethod.YAS, kossi.wallet(), new Money(amount));
    }

    private Balance balance() {
        return ledger.balance(kossi.wallet()).orElseThrow();
    }
}
