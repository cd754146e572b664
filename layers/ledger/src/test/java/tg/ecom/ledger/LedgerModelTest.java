package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.TransferId;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.Posting.Capture;
import tg.ecom.ledger.Posting.Entry;
import tg.ecom.platform.Caller;

/** Whatever people do, in whatever order: ledger and model give the same answers and end with the same balances. */
class LedgerModelTest {
    private static final int PEOPLE = 3;
    private static final long FIRST_MONEY = 60_000;
    private static final Duration HOLD_VALIDITY = Duration.ofHours(5);

    /** One thing done: what, by whom, to whom, how much; each kind reads what it needs. */
    record Action(Kind kind, int from, int to, long amount, boolean flag) {}

    enum Kind {
        TRANSFER,
        FUND,
        HOLD,
        CAPTURE,
        RELEASE,
        EXPIRE,
        REVERSE,
        FREEZE,
        ADVANCE
    }

    @Property(tries = 20, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void ledgerAndModelAgree(@ForAll("actions") List<Action> actions) {
        Run run = new Run();
        for (Action action : actions) {
            run.perform(action);
            run.compare(action);
        }
        Verification verification = run.books.verify();
        assertTrue(verification.ok(), verification::toString);
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(Kind.TRANSFER)),
                Tuple.of(3, Arbitraries.just(Kind.FUND)),
                Tuple.of(6, Arbitraries.just(Kind.HOLD)),
                Tuple.of(4, Arbitraries.just(Kind.CAPTURE)),
                Tuple.of(2, Arbitraries.just(Kind.RELEASE)),
                Tuple.of(1, Arbitraries.just(Kind.EXPIRE)),
                Tuple.of(3, Arbitraries.just(Kind.REVERSE)),
                Tuple.of(1, Arbitraries.just(Kind.FREEZE)),
                Tuple.of(3, Arbitraries.just(Kind.ADVANCE)));
        Arbitrary<Long> amounts = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.longs().between(1, 9_000)),
                Tuple.of(2, Arbitraries.of(12_500L, 25_000L)),
                Tuple.of(1, Arbitraries.of(0L, 1L, 25_001L, 1_950_000L)));
        Arbitrary<Integer> people = Arbitraries.integers().between(0, PEOPLE - 1);
        return Combinators.combine(kinds, people, people, amounts, Arbitraries.of(true, false))
                .as(Action::new)
                .list()
                .ofMinSize(40)
                .ofMaxSize(80);
    }

    /** The same actions done to both. */
    private static final class Run {
        final Books books = Books.open();
        final Ledger ledger = books.ledger();
        final LedgerModel model = new LedgerModel(PEOPLE);
        final List<Caller> people = new ArrayList<>();
        final List<HoldId> holds = new ArrayList<>();
        final List<TransferId> transfers = new ArrayList<>();

        Run() {
            // So that runs cross days and the end of a month.
            books.moveTo("2028-02-27T18:00:00Z");
            for (int i = 0; i < PEOPLE; i++) {
                people.add(books.person("Person " + i));
                fund(i, FIRST_MONEY);
            }
        }

        void perform(Action action) {
            switch (action.kind()) {
                case TRANSFER ->
                    assertEquals(
                            model.transfer(action.from(), action.to(), action.amount(), books.now()),
                            remembered(ledger.post(
                                    Posting.transfer(
                                            person(action.from()).wallet(),
                                            person(action.to()).wallet(),
                                            new Money(action.amount())),
                                    person(action.from()))));
                case FUND -> fund(action.to(), action.amount());
                case HOLD -> hold(action);
                case CAPTURE -> someHold(action).ifPresent(index -> capture(index, action));
                case RELEASE ->
                    someHold(action)
                            .ifPresent(index -> assertEquals(
                                    model.release(index, books.now()), refusal(ledger.release(holds.get(index)))));
                case EXPIRE -> assertEquals(model.expire(books.now()), ledger.expire(1_000));
                case REVERSE -> reverse(transfers.size() - 1 - (int) (action.amount() % Math.min(transfers.size(), 4)));
                case FREEZE -> freeze(action);
                case ADVANCE -> books.advance(Duration.ofHours(1 + action.amount() % 9));
            }
        }

        void compare(Action action) {
            for (int i = 0; i < PEOPLE; i++) {
                LedgerModel.Person expected = model.rolled(i, books.now());
                Balance found = ledger.balance(person(i).wallet()).orElseThrow();
                assertEquals(expected.balance, found.balance().amount(), action::toString);
                assertEquals(expected.held, found.held().amount(), action::toString);
                assertEquals(expected.spentDay, found.limits().daily().used().amount(), action::toString);
                assertEquals(
                        expected.spentMonth, found.limits().monthly().used().amount(), action::toString);
            }
        }

        private void fund(int to, long amount) {
            assertEquals(
                    model.fund(to, amount, books.now()),
                    remembered(ledger.post(
                            Posting.funding(PaymentMethod.YAS, person(to).wallet(), new Money(amount)))));
        }

        private void reverse(int index) {
            assertEquals(
                    model.reverse(index, books.now()), remembered(ledger.reverse(transfers.get(index), "by mistake")));
        }

        private void hold(Action action) {
            HoldResult result = ledger.hold(
                    new HoldRequest(
                            person(action.from()).wallet(),
                            new Money(action.amount()),
                            Category.TRANSPORT,
                            books.now().plus(HOLD_VALIDITY),
                            Optional.empty()),
                    person(action.from()));
            assertEquals(model.hold(action.from(), action.amount(), HOLD_VALIDITY, books.now()), refusal(result));
            if (result instanceof HoldResult.Done done) {
                holds.add(done.hold().id());
            }
        }

        private void capture(int index, Action action) {
            // Up to one franc more than the whole hold.
            Money amount = new Money(action.amount() % (model.holds.get(index).amount + 2));
            Posting fare = Posting.payment(List.of(
                    Entry.debit(person(model.holds.get(index).owner).wallet(), amount, Category.TRANSPORT),
                    Entry.credit(person(action.to()).wallet(), amount, Category.TRANSPORT)));
            assertEquals(
                    model.capture(index, action.to(), amount.amount(), action.flag(), books.now()),
                    remembered(ledger.capture(fare, new Capture(holds.get(index), action.flag()))));
        }

        private void freeze(Action action) {
            model.people.get(action.from()).frozen = action.flag();
            WalletId wallet = person(action.from()).wallet();
            StatusResult result = action.flag() ? ledger.freeze(wallet) : ledger.unfreeze(wallet);
            assertEquals(
                    action.flag() ? Balance.Status.FROZEN : Balance.Status.ACTIVE,
                    result.orThrow().status());
        }

        private Optional<Integer> someHold(Action action) {
            // One of the newest, which are still open more often than not.
            int recent = Math.min(holds.size(), 3);
            return holds.isEmpty()
                    ? Optional.empty()
                    : Optional.of(holds.size() - 1 - (int) (action.amount() % recent));
        }

        private Caller person(int index) {
            return people.get(index);
        }

        private Optional<LedgerRule> remembered(PostingResult result) {
            return switch (result) {
                case PostingResult.Posted posted -> {
                    transfers.add(posted.transfer());
                    yield Optional.empty();
                }
                case PostingResult.Refused refused ->
                    Optional.of(refused.problem().broken());
            };
        }

        private static Optional<LedgerRule> refusal(HoldResult result) {
            return switch (result) {
                case HoldResult.Done done -> Optional.empty();
                case HoldResult.Refused refused -> Optional.of(refused.problem().broken());
            };
        }
    }
}
