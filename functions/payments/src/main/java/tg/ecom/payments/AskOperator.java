package tg.ecom.payments;

import tg.ecom.platform.Delivery;
import tg.ecom.platform.QueueFunction;
import tg.ecom.platform.VaultSettings;

/**
 * Consumes the queue of questions: asks the operator what became of a payment, and settles what it says. A question put
 * twice changes a payment once, since only one of two answers finds it open.
 */
public final class AskOperator extends QueueFunction<Question> {
    private final Charges charges = Charges.of(surroundings());

    /** Talks to operators. */
    public AskOperator() {
        super(VaultSettings.class, QuestionsSettings.class, YasSettings.class);
    }

    @Override
    protected void handle(Question question, Delivery delivery) {
        charges.ask(question);
    }

    @Override
    protected String example() {
        return """
                {"payment_id": "00000000-0000-7000-8000-000000000000", "number": 0}
                """;
    }
}
