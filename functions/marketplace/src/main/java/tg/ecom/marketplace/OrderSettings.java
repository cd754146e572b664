package tg.ecom.marketplace;

/**
 * For functions that start an order's saga.
 *
 * @param orderStateMachine the ARN of its state machine
 */
public record OrderSettings(String orderStateMachine) {}
