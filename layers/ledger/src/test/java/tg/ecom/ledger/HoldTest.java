package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Uuid7;
import tg.ecom.ledger.Posting.Capture;
import tg.ecom.platform.Caller;

class HoldTest {
    private final Books books = Books.open();
    private final Ledger ledger = books.ledger();
    private final Caller rider = books.person("Kossi A.", 20_000);
    private final Caller driver = books.person("Ama B.");

    @AfterEach
    void booksBalance() {
        Verification verification = books.verify();
        assertTrue(verification.ok(), verification::toString);
    }

    @Test
    void hold_countsAgainstTheBalanceAndTheLimits() {
        HoldResult.Done done = ledger.hold(request(15_000), rider).orThrow();

        assertEquals(Hold.Status.OPEN, done.hold().status());
        assertEquals(new Money(5_000), done.available());
        assertEquals(new Money(20_000), balance().balance());
        assertEquals(new Money(15_000), balance().held());
        assertEquals(new Money(15_000), balance().limits().daily().used());
        assertEquals(
                new LedgerProblem.InsufficientFunds(rider.wallet(), new Money(5_000)),
                refused(ledger.post(Posting.transfer(rider.wallet(), driver.wallet(), new Money(5_001)), rider)));
        assertEquals(
                new LedgerProblem.InsufficientFunds(rider.wallet(), new Money(5_000)),
                refused(ledger.hold(request(5_001), rider)));
    }

    @Test
    void captureOfAll_paysAndClosesTheHold() {
        HoldId hold = held(15_000);

        ledger.capture(fare(15_000), new Capture(hold, true)).orThrow();

        assertEquals(new Money(5_000), balance().available());
        assertEquals(Money.ZERO, balance().held());
        assertEquals(new Money(15_000), balance().limits().daily().used());
        assertInstanceOf(LedgerProblem.HoldClosed.class, refused(ledger.capture(fare(1), new Capture(hold, true))));
        assertInstanceOf(LedgerProblem.HoldClosed.class, refused(ledger.release(hold)));
    }

    @Test
    void captureInPart_givesTheRestBackToBalanceAndLimits() {
        HoldId hold = held(15_000);

        ledger.capture(fare(9_000), new Capture(hold, true)).orThrow();

        assertEquals(new Money(11_000), balance().available());
        assertEquals(new Money(9_000), balance().limits().daily().used());
        assertEquals(new Money(9_000), balance().limits().monthly().used());
    }

    @Test
    void severalCaptures_takeFromOneHoldUntilItIsEmpty() {
        HoldId hold = held(15_000);

        ledger.capture(fare(9_000), new Capture(hold, false)).orThrow();
        assertEquals(new Money(6_000), balance().held());
        assertEquals(
                new LedgerProblem.HoldExceeded(new Money(6_000)),
                refused(ledger.capture(fare(6_001), new Capture(hold, false))));
        ledger.capture(fare(6_000), new Capture(hold, false)).orThrow();
        assertEquals(Money.ZERO, balance().held());
        assertInstanceOf(LedgerProblem.HoldClosed.class, refused(ledger.capture(fare(1), new Capture(hold, false))));
    }

    @Test
    void release_givesBackOnceHoweverOftenItIsAsked() {
        HoldId hold = held(15_000);

        ledger.release(hold).orThrow();
        assertTrue(ledger.release(hold).orThrow().replayed());

        assertEquals(new Money(20_000), balance().available());
        assertEquals(Money.ZERO, balance().limits().daily().used());
        assertInstanceOf(LedgerProblem.HoldClosed.class, refused(ledger.capture(fare(1), new Capture(hold, true))));
    }

    @Test
    void releaseTheDayAfter_givesBackToTheMonthOnly() {
        HoldId hold = ledger.hold(request(15_000, Duration.ofDays(3)), rider)
                .orThrow()
                .hold()
                .id();
        books.advance(Duration.ofDays(1));
        ledger.post(Posting.transfer(rider.wallet(), driver.wallet(), new Money(2_000)), rider)
                .orThrow();

        ledger.release(hold).orThrow();

        assertEquals(new Money(2_000), balance().limits().daily().used());
        assertEquals(new Money(2_000), balance().limits().monthly().used());
    }

    @Test
    void releaseTheMonthAfter_givesBackToNothing() {
        HoldId hold = ledger.hold(request(15_000, Duration.ofDays(30)), rider)
                .orThrow()
                .hold()
                .id();
        books.moveTo("2026-12-01T00:00:00Z");
        ledger.post(Posting.transfer(rider.wallet(), driver.wallet(), new Money(2_000)), rider)
                .orThrow();

        ledger.release(hold).orThrow();

        assertEquals(new Money(2_000), balance().limits().daily().used());
        assertEquals(new Money(2_000), balance().limits().monthly().used());
    }

    @Test
    void holdOfTheLeapDay_isGivenBackToThatDayAndMonthOnly() {
        books.moveTo("2028-02-29T23:59:59.999Z");
        HoldId released = held(5_000);
        ledger.release(released).orThrow();
        assertEquals(Money.ZERO, balance().limits().daily().used());
        HoldId kept = held(7_000);
        books.moveTo("2028-03-01T00:00:00Z");

        ledger.release(kept).orThrow();

        assertEquals(Money.ZERO, balance().limits().daily().used());
        assertEquals(Money.ZERO, balance().limits().monthly().used());
        assertEquals(new Money(20_000), balance().available());
    }

    @Test
    void expiredHold_isNotCapturedAndIsGivenBack() {
        HoldId hold = held(15_000);
        held(1_000);
        books.advance(Duration.ofHours(1));

        assertInstanceOf(LedgerProblem.HoldExpired.class, refused(ledger.capture(fare(1), new Capture(hold, true))));
        assertEquals(1, ledger.expire(1));
        assertEquals(1, ledger.expire(100));
        assertEquals(0, ledger.expire(100));
        assertEquals(new Money(20_000), balance().available());
    }

    @Test
    void captureFromAWalletFrozenSince_stillPays() {
        HoldId hold = held(15_000);
        ledger.freeze(rider.wallet()).orThrow();

        ledger.capture(fare(15_000), new Capture(hold, true)).orThrow();
        assertInstanceOf(LedgerProblem.WalletFrozen.class, refused(ledger.hold(request(1), rider)));
    }

    @Test
    void captureBeyondTheDaysLimit_isNotRefused() {
        HoldId hold = held(15_000);
        books.superuser().useHandle(handle -> handle.execute("update ledger.wallets set spent_day = 50000"));

        ledger.capture(fare(15_000), new Capture(hold, true)).orThrow();
    }

    @Test
    void unknownHolds_areRefused() {
        HoldId unknown = new HoldId(Uuid7.next(books.clock()));
        HoldId anothers = ledger.hold(new HoldRequest(
                        books.person("Afi C.", 1_000).wallet(),
                        new Money(500),
                        Category.TRANSPORT,
                        books.now().plusSeconds(60),
                        Optional.empty()))
                .orThrow()
                .hold()
                .id();

        assertInstanceOf(LedgerProblem.UnknownHold.class, refused(ledger.capture(fare(1), new Capture(unknown, true))));
        assertInstanceOf(
                LedgerProblem.UnknownHold.class, refused(ledger.capture(fare(1), new Capture(anothers, true))));
        assertInstanceOf(LedgerProblem.UnknownHold.class, refused(ledger.release(unknown)));
        assertInstanceOf(
                LedgerProblem.UnknownWallet.class,
                refused(ledger.hold(new HoldRequest(
                        Books.nobody(),
                        new Money(1),
                        Category.TRANSPORT,
                        books.now().plusSeconds(1),
                        Optional.empty()))));
        assertInstanceOf(LedgerProblem.InvalidAmount.class, refused(ledger.hold(request(0), rider)));
    }

    @Test
    void secondHoldWithTheSameKey_isTheFirst() {
        Caller keyed = Books.keyed(rider, "key", "aa");

        HoldResult.Done first = ledger.hold(request(1_000), keyed).orThrow();
        HoldResult.Done second = ledger.hold(request(1_000), keyed).orThrow();

        assertEquals(first.hold(), second.hold());
        assertTrue(second.replayed());
        assertEquals(new Money(1_000), balance().held());
        assertInstanceOf(
                LedgerProblem.IdempotencyKeyReused.class,
                refused(ledger.hold(request(2_000), Books.keyed(rider, "key", "bb"))));
    }

    private HoldId held(long amount) {
        return ledger.hold(request(amount), rider).orThrow().hold().id();
    }

    private HoldRequest request(long amount) {
        return request(amount, Duration.ofHours(1));
    }

    private HoldRequest request(long amount, Duration validFor) {
        return new HoldRequest(
                rider.wallet(),
                new Money(amount),
                Category.TRANSPORT,
                books.now().plus(validFor),
                Optional.empty());
    }

    private Posting fare(long amount) {
        return Posting.payment(List.of(
                Posting.Entry.debit(rider.wallet(), new Money(amount), Category.TRANSPORT),
                Posting.Entry.credit(driver.wallet(), new Money(amount), Category.TRANSPORT)));
    }

    private Balance balance() {
        return ledger.balance(rider.wallet()).orElseThrow();
    }

    private static LedgerProblem refused(PostingResult result) {
        return assertInstanceOf(PostingResult.Refused.class, result).problem();
    }

    private static LedgerProblem refused(HoldResult result) {
        return assertInstanceOf(HoldResult.Refused.class, result).problem();
    }
}
