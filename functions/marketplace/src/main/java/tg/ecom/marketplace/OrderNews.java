package tg.ecom.marketplace;

import java.util.Optional;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.OrderId;
import tg.ecom.kernel.StoreId;
import tg.ecom.kernel.UserId;

/**
 * What other domains are told of an order, as {@code order.placed} (the store may act on it), {@code order.confirmed},
 * {@code order.preparing}, {@code order.ready}, {@code order.out_for_delivery}, {@code order.delivered},
 * {@code order.cancelled} or {@code order.refunded} (an operator's money came after it was cancelled).
 *
 * @param proceeds what the store gets of it
 * @param party who took it there
 * @param reason why it was cancelled
 */
public record OrderNews(
        OrderId orderId,
        String orderNumber,
        UserId customerId,
        StoreId storeId,
        UserId ownerId,
        String storeName,
        Money totalAmount,
        Money proceeds,
        String currency,
        OrderStatus status,
        PaymentStatus paymentStatus,
        boolean isPickup,
        Party party,
        Optional<String> reason) {

    static final String PLACED = "order.placed";
    static final String REFUNDED = "order.refunded";

    /** What is told of an order that somebody has taken to a status. */
    static OrderNews of(
            Order order, OrderStatus status, PaymentStatus paymentStatus, Party party, Optional<String> reason) {
        return new OrderNews(
                order.id(),
                order.number(),
                order.customer(),
                order.store(),
                order.owner(),
                order.storeName(),
                order.total(),
                order.proceeds(),
                Money.CURRENCY,
                status,
                paymentStatus,
                order.isPickup(),
                party,
                reason);
    }
}
