package tg.ecom.notifications;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.OrderId;
import tg.ecom.kernel.UserId;
import tg.ecom.notifications.Telling.News;
import tg.ecom.platform.Delivery;
import tg.ecom.platform.EventMessage;
import tg.ecom.platform.QueueFunction;
import tg.ecom.platform.VaultSettings;

/**
 * Consumes the queue of what marketplace tells of orders: whoever an event concerns, the customer, the store, or both,
 * is told in the app and by SMS. Whoever caused it themselves is told only of money that came back. What is older than
 * what was told already is passed over. Rows are written once; an SMS is sent at most once, see {@link Sms}.
 */
public final class NotifyParties extends QueueFunction<NotifyParties.Order> {
    /**
     * What this domain wants to know of an order.
     *
     * @param proceeds what the store gets of it
     * @param paymentStatus where its money is; {@code pending}: nowhere yet
     * @param party who took it there
     * @param reason why it was cancelled
     */
    public record Order(
            OrderId orderId,
            String orderNumber,
            UserId customerId,
            UserId ownerId,
            String storeName,
            Money totalAmount,
            Money proceeds,
            String currency,
            String paymentStatus,
            boolean isPickup,
            String party,
            Optional<String> reason) {}

    private final Telling telling = new Telling(surroundings().clock());
    private final Sms sms = new Sms(surroundings());

    /** Reads phones. */
    public NotifyParties() {
        super(VaultSettings.class);
    }

    @Override
    protected void handle(Order order, Delivery delivery) {
        EventMessage event = delivery.requireEvent();
        List<News> all = news(event.type(), order);
        onceUnlessOutdated(delivery, transaction -> {
            all.forEach(news -> telling.write(transaction, event, news));
            return all;
        });
        // Also when the rows are from a delivery before this one, which may not have come so far.
        sms.send(event.id());
    }

    private static List<News> news(String eventType, Order order) {
        return switch (eventType) {
            case "order.placed" -> List.of(toStore(order, Kind.SALE_PLACED, order.totalAmount()));
            case "order.confirmed" -> List.of(toCustomer(order, Kind.ORDER_CONFIRMED));
            case "order.ready" -> order.isPickup() ? List.of(toCustomer(order, Kind.ORDER_READY)) : List.of();
            case "order.out_for_delivery" -> List.of(toCustomer(order, Kind.ORDER_UNDER_WAY));
            case "order.delivered" ->
                List.of(toCustomer(order, Kind.ORDER_DELIVERED), toStore(order, Kind.SALE_DELIVERED, order.proceeds()));
            case "order.cancelled" -> cancelled(order);
            case "order.refunded" -> List.of(toCustomer(order, Kind.ORDER_REFUNDED));
            default -> throw new IllegalArgumentException("nobody is told of " + eventType);
        };
    }

    /** The store never heard of an order that was not paid, and knows what it refused itself. */
    private static List<News> cancelled(Order order) {
        boolean wasPaid = !order.paymentStatus().equals("pending");
        List<News> all = new ArrayList<>(List.of(toCustomer(order, wasPaid ? why(order) : Kind.ORDER_UNPAID)));
        if (wasPaid && !order.party().equals("store")) {
            all.add(toStore(order, Kind.SALE_CANCELLED, order.totalAmount()));
        }
        return all;
    }

    private static Kind why(Order order) {
        String reason = order.reason().orElse("");
        if (reason.equals("rejected")) {
            return Kind.ORDER_REJECTED;
        }
        return reason.startsWith("no_") ? Kind.ORDER_EXPIRED : Kind.ORDER_CANCELLED;
    }

    private static News toCustomer(Order order, Kind kind) {
        return new News(kind, order.customerId(), subject(order), order.totalAmount(), order.currency());
    }

    private static News toStore(Order order, Kind kind, Money amount) {
        return new News(kind, order.ownerId(), subject(order), amount, order.currency());
    }

    private static Subject subject(Order order) {
        return new Subject.Order(order.orderId(), order.orderNumber(), order.storeName());
    }

    @Override
    protected String example() {
        return """
                {"id": "00000000-0000-7000-8000-000000000000", "type": "order.delivered",
                "subject_id": "00000000-0000-7000-8000-000000000000", "subject_version": 6,
                "occurred_at": "2026-01-01T00:00:00Z", "data": {
                    "order_id": "00000000-0000-7000-8000-000000000000", "order_number": "00000-00000",
                    "customer_id": "00000000-0000-7000-8000-000000000000",
                    "owner_id": "00000000-0000-7000-8000-000000000000", "store_name": "Chez Afi",
                    "total_amount": 5000, "proceeds": 4500, "currency": "XOF", "payment_status": "paid",
                    "is_pickup": false, "party": "store"}}
                """;
    }
}
