package tg.ecom.payments;

/**
 * For functions that start a charge.
 *
 * @param chargeStateMachine the ARN of its state machine
 */
public record ChargeSettings(String chargeStateMachine) {}
