package tg.ecom.marketplace;

import tg.ecom.kernel.OrderId;
import tg.ecom.marketplace.OrderSteps.Standing;
import tg.ecom.marketplace.OrderSteps.Wish;
import tg.ecom.platform.SagaTask;

/** The steps of the state machine {@code order}. It keeps the time; what an order is stands in its row. */
public final class OrderTasks extends SagaTask {
    /** Which order, as version 1 of the steps has it. */
    public record Input(OrderId orderId) {}

    /** Which order, and in which status it was waited for in vain. */
    public record Expiry(OrderId orderId, OrderStatus status) {}

    private final OrderSteps steps =
            new OrderSteps(database(), sagas(), surroundings().clock());
    private final OrderPayments payments =
            new OrderPayments(database(), surroundings().clock());

    /** Moves money. */
    public OrderTasks() {
        for (OrderStatus status : OrderStatus.values()) {
            status.awaited().ifPresent(this::await);
        }
        step("arrive", 1, Input.class, this::arrive);
        step("not_paid", 1, Input.class, this::notPaid);
        step("expire", 1, Expiry.class, this::expire);
    }

    /** Whoever takes the order a step further ends the task. */
    private void await(String wait) {
        parkingStep(
                "await_" + wait, 1, Input.class, wait, input -> input.orderId().value(), input -> {});
    }

    private Standing arrive(Input input) {
        return payments.arrived(input.orderId())
                .orElseThrow(() -> new IllegalArgumentException("there is no order " + input.orderId()));
    }

    private Standing notPaid(Input input) {
        steps.take(
                input.orderId(),
                Wish.ofSystem(OrderAction.NOT_PAID, order -> order.paymentStatus() == PaymentStatus.PENDING));
        return steps.standing(input.orderId());
    }

    private Standing expire(Expiry expiry) {
        steps.take(expiry.orderId(), Wish.ofSystem(OrderAction.EXPIRE, order -> order.status() == expiry.status()));
        return steps.standing(expiry.orderId());
    }
}
