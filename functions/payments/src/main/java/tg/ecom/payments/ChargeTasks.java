package tg.ecom.payments;

import tg.ecom.kernel.PaymentId;
import tg.ecom.platform.HashingSettings;
import tg.ecom.platform.SagaTask;
import tg.ecom.platform.VaultSettings;

/** The steps of the state machine {@code charge}, and the one by which an order's begins the payment to be charged. */
public final class ChargeTasks extends SagaTask {
    /** Which payment, as version 1 of both steps has it. */
    public record Input(PaymentId paymentId) {}

    private final Charges charges = Charges.of(surroundings());
    private final OrderPayment orders = new OrderPayment(surroundings());

    /** Talks to operators. */
    public ChargeTasks() {
        super(VaultSettings.class, HashingSettings.class, QuestionsSettings.class, YasSettings.class);
        step("begin", 1, OrderPayment.Input.class, input -> database().call(handle -> orders.begin(handle, input)));
        parkingStep(
                "initiate",
                1,
                Input.class,
                ChargeOutcome.WAIT,
                input -> input.paymentId().value(),
                input -> charges.initiate(input.paymentId()));
        step("expire", 1, Input.class, input -> ChargeOutcome.of(charges.close(input.paymentId())));
    }
}
