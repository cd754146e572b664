package tg.ecom.payments;

import tg.ecom.kernel.PaymentId;
import tg.ecom.platform.SagaTask;
import tg.ecom.platform.VaultSettings;

/** The steps of the state machine {@code charge}. */
public final class ChargeTasks extends SagaTask {
    /** Which payment, as version 1 of both steps has it. */
    public record Input(PaymentId paymentId) {}

    private final Charges charges = Charges.of(surroundings());

    /** Talks to operators. */
    public ChargeTasks() {
        super(VaultSettings.class, QuestionsSettings.class, YasSettings.class);
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
