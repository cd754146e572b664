package tg.ecom.marketplace;

import java.util.Optional;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.OrderId;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.UserId;
import tg.ecom.ledger.PaymentMethod;

/**
 * What the order's state machine starts with.
 *
 * @param version of this record, so that running machines survive a deployment
 * @param orderId which order
 * @param windowsS how long the machine waits in each status, in seconds
 * @param charge what is to be asked of an operator, where one pays
 */
public record OrderInput(int version, OrderId orderId, Windows windowsS, Optional<Charge> charge) {
    private static final int VERSION = 1;

    /** By the statuses' names. */
    public record Windows(int pending, int confirmed, int preparing, int ready, int outForDelivery) {
        static Windows standard() {
            return new Windows(
                    seconds(OrderStatus.PENDING),
                    seconds(OrderStatus.CONFIRMED),
                    seconds(OrderStatus.PREPARING),
                    seconds(OrderStatus.READY),
                    seconds(OrderStatus.OUT_FOR_DELIVERY));
        }

        private static int seconds(OrderStatus status) {
            return (int) status.window().toSeconds();
        }
    }

    /**
     * A payment by an operator into the order's escrow.
     *
     * @param userId whose phone is asked
     */
    public record Charge(PaymentId paymentId, UserId userId, PaymentMethod method, Money amount) {}

    static OrderInput of(OrderId order, Optional<Charge> charge) {
        return new OrderInput(VERSION, order, Windows.standard(), charge);
    }
}
