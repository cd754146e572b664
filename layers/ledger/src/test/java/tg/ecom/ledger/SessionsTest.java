package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.UserId;
import tg.ecom.platform.Caller;

class SessionsTest {
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
