package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.UserId;
import tg.ecom.platform.Caller;

class SessionsTest {
    private static final long POLL_NANOS = 5_000_000;

    private final Books books = Books.open();
    private final Ledger ledger = books.ledger();
    private final Sessions sessions = books.sessions();
    private final Caller kossi = books.person("Kossi A.", 20_000);
    private final Caller ama = books.person("Ama B.");

    @Test
    void revokedSession_movesNoFranc() {
        sessions.revoke(kossi.session(), kossi.user());
        sessions.revoke(kossi.session(), kossi.user());

        assertRevoked(kossi);
        assertEquals(Money.ZERO, ledger.balance(ama.wallet()).orElseThrow().balance());
        ledger.post(transfer(), books.caller(kossi.user(), 0)).orThrow();
    }

    @Test
    void tokenOfAnOlderEpoch_movesNoFranc() {
        assertEquals(Optional.of(0), sessions.epoch(kossi.user()));
        assertEquals(Optional.of(1), sessions.revokeAll(kossi.user()));

        assertRevoked(kossi);
        assertRevoked(books.caller(kossi.user(), 0));
        ledger.post(transfer(), books.caller(kossi.user(), 1)).orThrow();
    }

    @Test
    void postingThatWaitsWhileItsSessionEnds_movesNoFranc() {
        Posting split = Posting.payment(List.of(
                Posting.Entry.debit(kossi.wallet(), new Money(100), Category.TRANSPORT),
                Posting.Entry.credit(ama.wallet(), new Money(85), Category.TRANSPORT),
                Posting.Entry.credit(EcomWallet.COMMISSION.id(), new Money(15), Category.COMMISSION)));

        assertRevokedWhileItWaits(caller -> refusal(ledger.post(transfer(), caller)));
        assertRevokedWhileItWaits(caller -> refusal(ledger.post(split, caller)));
        assertRevokedWhileItWaits(caller ->
                refusal(ledger.postEach(List.of(split, transfer()), caller).getLast()));
        assertEquals(
                new Money(20_000), ledger.balance(kossi.wallet()).orElseThrow().balance());
    }

    /** Somebody ends all sessions, and commits when the posting waits for the wallet. */
    private void assertRevokedWhileItWaits(Function<Caller, LedgerProblem> posting) {
        Caller caller = books.caller(kossi.user(), sessions.epoch(kossi.user()).orElseThrow());
        CompletableFuture<LedgerProblem> asked = books.superuser().inTransaction(handle -> {
            handle.createQuery("select ledger.raise_session_epoch(p_user_id => :user, p_at => :at)")
                    .bind("user", kossi.user().value())
                    .bind("at", books.now())
                    .mapTo(Integer.class)
                    .one();
            CompletableFuture<LedgerProblem> waiting = CompletableFuture.supplyAsync(() -> posting.apply(caller));
            while (books.number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'") == 0) {
                assertFalse(waiting.isDone(), "it did not wait");
                LockSupport.parkNanos(POLL_NANOS);
            }
            return waiting;
        });
        assertInstanceOf(LedgerProblem.SessionRevoked.class, asked.join());
    }

    private static LedgerProblem refusal(PostingResult result) {
        return assertInstanceOf(PostingResult.Refused.class, result).problem();
    }

    @Test
    void someoneWithoutAWallet_hasNoEpochAndMovesNothing() {
        UserId nobody = new UserId(Books.nobody().value());

        assertEquals(Optional.empty(), sessions.epoch(nobody));
        assertEquals(Optional.empty(), sessions.revokeAll(nobody));
        assertRevoked(books.caller(nobody, 0));
    }

    @Test
    void oldRevocations_areForgottenAFewAtATime() {
        sessions.revoke(kossi.session(), kossi.user());
        sessions.revoke(ama.session(), ama.user());
        books.advance(Duration.ofDays(8));
        Sessions sweeper = new Sessions(books.database("ecom_wallet"), books.clock());

        assertEquals(0, sweeper.forget(books.now().minus(Duration.ofDays(9)), 10));
        assertEquals(1, sweeper.forget(books.now().minus(Duration.ofDays(7)), 1));
        assertEquals(1, sweeper.forget(books.now().minus(Duration.ofDays(7)), 10));
    }

    private void assertRevoked(Caller caller) {
        assertInstanceOf(
                LedgerProblem.SessionRevoked.class,
                assertInstanceOf(PostingResult.Refused.class, ledger.post(transfer(), caller))
                        .problem());
        assertInstanceOf(
                LedgerProblem.SessionRevoked.class,
                assertInstanceOf(
                                HoldResult.Refused.class,
                                ledger.hold(
                                        new HoldRequest(
                                                kossi.wallet(),
                                                new Money(1),
                                                Category.TRANSPORT,
                                                books.now().plusSeconds(60),
                                                Optional.empty()),
                                        caller))
                        .problem());
    }

    private Posting transfer() {
        return Posting.transfer(kossi.wallet(), ama.wallet(), new Money(100));
    }
}
