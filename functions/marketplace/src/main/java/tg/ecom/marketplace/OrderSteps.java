package tg.ecom.marketplace;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.EventId;
import tg.ecom.kernel.OrderId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.ledger.Sessions;
import tg.ecom.platform.Caller;
import tg.ecom.platform.Database;
import tg.ecom.platform.DomainEvent;
import tg.ecom.platform.Outbox;
import tg.ecom.platform.Outcome;
import tg.ecom.platform.Sagas;

/**
 * Takes orders a step further. Status, timeline, stock, money, and the news for others and for the waiting saga are one
 * transaction under the order's lock: of two who act in the same instant the second finds what the first did.
 */
final class OrderSteps {
    /** How the saga's task that waits for a step ends when the order came to nothing. */
    static final String CANCELLED = "Cancelled";

    private final Database database;
    private final Sagas sagas;
    private final OrderMoney money;
    private final Sessions sessions;
    private final InstantSource clock;

    OrderSteps(Database database, Sagas sagas, InstantSource clock) {
        this.database = database;
        this.sagas = sagas;
        this.money = new OrderMoney(database, clock);
        this.sessions = new Sessions(database, clock);
        this.clock = clock;
    }

    /**
     * What somebody wants done.
     *
     * @param action what
     * @param parties who they are to an order, the one that matters most first
     * @param caller which person, if one
     * @param code whether the delivery code that they have been told is an order's
     * @param words why, for the others to read
     */
    record Wish(
            OrderAction action,
            Parties parties,
            Optional<Caller> caller,
            Optional<Predicate<OrderId>> code,
            Optional<String> words) {
        Optional<UserId> user() {
            return caller.map(Caller::user);
        }

        /** Of nobody, as long as something is so. */
        static Wish ofSystem(OrderAction action, Predicate<Order> condition) {
            return new Wish(
                    action,
                    order -> condition.test(order) ? List.of(Party.SYSTEM) : List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /** Who somebody is to an order. */
    interface Parties {
        List<Party> to(Order order);
    }

    /** What became of a wish. */
    sealed interface Taken {
        /** It is done. */
        record Done() implements Taken {}

        /** The same person had done it before; nothing has changed. */
        record Repeated() implements Taken {}

        /** There is no such order, or it is nothing to them. */
        record Unknown() implements Taken {}

        /** Not from here. */
        record NotAllowed(OrderStatus status, List<OrderAction> allowed) implements Taken {}

        /** Not without the customer's code. */
        record WrongCode(int triesLeft) implements Taken {}
    }

    /**
     * Does what is wanted, if that may be.
     *
     * @throws tg.ecom.kernel.ProblemException {@link tg.ecom.ledger.LedgerProblem.SessionRevoked} for who is signed out
     */
    Taken take(OrderId id, Wish wish) {
        Result result = database.transact(transaction -> {
            wish.caller().ifPresent(sessions.within(transaction)::requireLive);
            return Orders.lock(transaction, id)
                    .map(order -> decide(transaction, order, wish))
                    .orElse(Result.of(new Taken.Unknown()));
        });
        result.wake().ifPresent(sagas::deliver);
        return result.taken();
    }

    /** Where an order stands. @throws IllegalArgumentException when there is none */
    Standing standing(OrderId id) {
        return database.call(handle -> handle.createQuery(Orders.STATUS)
                        .bind("id", id)
                        .mapTo(String.class)
                        .findOne())
                .map(status -> new Standing(OrderStatus.of(status)))
                .orElseThrow(() -> new IllegalArgumentException("there is no order " + id));
    }

    private Result decide(Handle transaction, Order order, Wish wish) {
        List<Party> parties = wish.parties().to(order);
        Optional<Party> able = parties.stream()
                .filter(party -> Transitions.next(order, party, wish.action()).isPresent())
                .findFirst();
        if (parties.isEmpty()) {
            return Result.of(new Taken.Unknown());
        } else if (able.isEmpty()) {
            return Result.of(refusal(transaction, order, wish, parties));
        }
        OrderStatus next = Transitions.next(order, able.get(), wish.action()).orElseThrow();
        boolean needsCode = next == OrderStatus.DELIVERED && able.get() == Party.STORE;
        if (needsCode && (order.wrongCodes() >= DeliveryCodes.TRIES_MAX || !hasCode(order, wish))) {
            return Result.of(wrongCode(transaction, order, wish));
        }
        return new Result(new Taken.Done(), apply(transaction, order, next, able.get(), wish));
    }

    private static Taken refusal(Handle transaction, Order order, Wish wish, List<Party> parties) {
        boolean repeated = wish.user()
                .filter(user -> Orders.wasDone(transaction, order.id(), wish.action(), user))
                .isPresent();
        return repeated
                ? new Taken.Repeated()
                : new Taken.NotAllowed(
                        order.status(),
                        parties.stream()
                                .flatMap(party ->
                                        Transitions.allowed(order.status(), order.paymentStatus(), party).stream())
                                .toList());
    }

    private static boolean hasCode(Order order, Wish wish) {
        return wish.code().filter(told -> told.test(order.id())).isPresent();
    }

    /** A code that was not given is no try. */
    private Taken wrongCode(Handle transaction, Order order, Wish wish) {
        int left = Math.max(0, DeliveryCodes.TRIES_MAX - order.wrongCodes());
        if (wish.code().isEmpty() || left == 0) {
            return new Taken.WrongCode(left);
        }
        transaction
                .createUpdate(Orders.WRONG_CODE)
                .bind("id", order.id())
                .bind("at", clock.instant())
                .execute();
        return new Taken.WrongCode(left - 1);
    }

    private Optional<Sagas.Wake> apply(Handle transaction, Order order, OrderStatus next, Party party, Wish wish) {
        boolean cancelled = next == OrderStatus.CANCELLED;
        boolean paid = order.paymentStatus() == PaymentStatus.PAID;
        PaymentStatus paymentStatus = cancelled && paid ? PaymentStatus.REFUNDED : order.paymentStatus();
        Optional<String> reason =
                cancelled ? Optional.of(reason(order.status(), party, wish.action())) : Optional.empty();
        Instant now = clock.instant();
        transaction
                .createUpdate(Orders.CHANGE)
                .bind("id", order.id())
                .bind("version", order.version())
                .bind("status", next.code())
                .bind("payment_status", paymentStatus.code())
                .bind("reason", reason.orElse(null))
                .bind("due_at", next.isOpen() ? now.plus(next.window()) : null)
                .bind("event_id", Uuid7.next(clock))
                .bind("action", wish.action().code())
                .bind("party", party.code())
                .bind("actor", wish.user().orElse(null))
                .bind("words", wish.words().orElse(null))
                .bind("at", now)
                .execute();
        OrderNews news = OrderNews.of(order, next, paymentStatus, party, reason);
        tell(transaction, "order." + next.code(), order.version() + 1, news, now);
        Optional<Sagas.Wake> wake = wake(transaction, order, next, reason);
        if (cancelled) {
            transaction
                    .createUpdate(Orders.RESTOCK)
                    .bind("id", order.id())
                    .bind("at", now)
                    .execute();
        }
        if (cancelled && paid) {
            money.giveBack(transaction, order);
        } else if (next == OrderStatus.DELIVERED) {
            transaction.createUpdate(Orders.COUNT).bind("store", order.store()).execute();
            money.share(transaction, order);
        }
        return wake;
    }

    private void tell(Handle transaction, String type, long version, OrderNews news, Instant now) {
        Outbox.write(
                transaction,
                new DomainEvent(
                        new EventId(Uuid7.next(clock)), type, news.orderId().value(), version, now, news));
    }

    private Optional<Sagas.Wake> wake(Handle transaction, Order order, OrderStatus next, Optional<String> reason) {
        Outcome outcome =
                reason.map(why -> Outcome.failure(CANCELLED, why)).orElseGet(() -> Outcome.success(new Standing(next)));
        return sagas.news(
                transaction, order.id().value(), order.status().awaited().orElseThrow(), outcome);
    }

    private static String reason(OrderStatus from, Party party, OrderAction action) {
        return switch (action) {
            case CANCEL -> "cancelled_by_" + party.code();
            case REJECT -> "rejected";
            case EXPIRE -> "no_" + from.awaited().orElseThrow();
            case NOT_PAID -> "not_paid";
            case SUSPEND -> "store_suspended";
            case CONFIRM, PREPARE, READY, HAND_OVER, DELIVER ->
                throw new IllegalArgumentException(action + " cancels nothing");
        };
    }

    /** Where an order stands, in the words of its state machine. */
    record Standing(OrderStatus status) {}

    private record Result(Taken taken, Optional<Sagas.Wake> wake) {
        static Result of(Taken taken) {
            return new Result(taken, Optional.empty());
        }
    }
}
