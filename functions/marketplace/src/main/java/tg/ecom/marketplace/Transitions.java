package tg.ecom.marketplace;

import static tg.ecom.marketplace.OrderAction.CANCEL;
import static tg.ecom.marketplace.OrderAction.CONFIRM;
import static tg.ecom.marketplace.OrderAction.DELIVER;
import static tg.ecom.marketplace.OrderAction.EXPIRE;
import static tg.ecom.marketplace.OrderAction.HAND_OVER;
import static tg.ecom.marketplace.OrderAction.NOT_PAID;
import static tg.ecom.marketplace.OrderAction.PREPARE;
import static tg.ecom.marketplace.OrderAction.REJECT;
import static tg.ecom.marketplace.OrderAction.SUSPEND;
import static tg.ecom.marketplace.OrderStatus.CANCELLED;
import static tg.ecom.marketplace.OrderStatus.CONFIRMED;
import static tg.ecom.marketplace.OrderStatus.DELIVERED;
import static tg.ecom.marketplace.OrderStatus.OUT_FOR_DELIVERY;
import static tg.ecom.marketplace.OrderStatus.PENDING;
import static tg.ecom.marketplace.OrderStatus.PREPARING;
import static tg.ecom.marketplace.OrderStatus.READY;
import static tg.ecom.marketplace.Party.ADMINISTRATOR;
import static tg.ecom.marketplace.Party.CLIENT;
import static tg.ecom.marketplace.Party.STORE;
import static tg.ecom.marketplace.Party.SYSTEM;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The one table of who may take an order from where to where. */
final class Transitions {
    private static final List<Row> TABLE = List.of(
            new Row(EnumSet.of(PENDING, CONFIRMED), CLIENT, CANCEL, CANCELLED),
            new Row(EnumSet.of(PENDING), STORE, CONFIRM, CONFIRMED),
            new Row(EnumSet.of(PENDING, CONFIRMED, PREPARING, READY), STORE, REJECT, CANCELLED),
            new Row(EnumSet.of(CONFIRMED), STORE, PREPARE, PREPARING),
            new Row(EnumSet.of(PREPARING), STORE, OrderAction.READY, READY),
            new Row(EnumSet.of(READY), STORE, HAND_OVER, OUT_FOR_DELIVERY),
            new Row(EnumSet.of(OUT_FOR_DELIVERY), STORE, DELIVER, DELIVERED),
            new Row(
                    EnumSet.of(PENDING, CONFIRMED, PREPARING, READY, OUT_FOR_DELIVERY),
                    ADMINISTRATOR,
                    CANCEL,
                    CANCELLED),
            // A pickup ends with it: who has given too many wrong codes has an administrator say that it was fetched.
            new Row(EnumSet.of(READY), ADMINISTRATOR, HAND_OVER, OUT_FOR_DELIVERY),
            new Row(EnumSet.of(OUT_FOR_DELIVERY), ADMINISTRATOR, DELIVER, DELIVERED),
            new Row(EnumSet.of(PENDING, CONFIRMED, PREPARING, READY, OUT_FOR_DELIVERY), SYSTEM, EXPIRE, CANCELLED),
            new Row(EnumSet.of(PENDING), SYSTEM, NOT_PAID, CANCELLED),
            // What is under way is brought to its customer all the same.
            new Row(EnumSet.of(PENDING, CONFIRMED, PREPARING, READY), SYSTEM, SUSPEND, CANCELLED));

    private record Row(Set<OrderStatus> from, Party party, OrderAction action, OrderStatus to) {
        /** A store has nothing to do with an order that is not paid. */
        boolean allows(OrderStatus status, PaymentStatus paymentStatus, Party who) {
            boolean awaitsMoney = paymentStatus == PaymentStatus.PENDING;
            return who == party && from.contains(status) && !(who == STORE && awaitsMoney);
        }
    }

    private Transitions() {}

    /** Where an action takes an order, if that party may take it there. */
    static Optional<OrderStatus> next(Order order, Party party, OrderAction action) {
        return TABLE.stream()
                .filter(row -> row.action() == action && row.allows(order.status(), order.paymentStatus(), party))
                .findFirst()
                .map(row -> row.to() == OUT_FOR_DELIVERY && order.isPickup() ? DELIVERED : row.to());
    }

    /** What a party may do with an order that is so far. */
    static List<OrderAction> allowed(OrderStatus status, PaymentStatus paymentStatus, Party party) {
        return TABLE.stream()
                .filter(row -> row.allows(status, paymentStatus, party))
                .map(Row::action)
                .toList();
    }
}
