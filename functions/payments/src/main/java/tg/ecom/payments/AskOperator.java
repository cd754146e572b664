package tg.ecom.payments;

import tg.ecom.platform.QueueFunction;
import tg.ecom.platform.VaultSettings;

/** Consumes the queue of questions: asks the operator what became of a payment, and settles what it says. */
public final class AskOperator extends QueueFunction<Question> {
    private final Charges charges = Charges.of(surroundings());

    /** Talks to operators. */
    public AskOperator() {
        super(VaultSettings.class, QuestionsSettings.class, YasSettings.class);
    }

    @Override
    protected void handle(Question question) {
        charges.ask(question);
    }
}
