package tg.ecom.ledger;

import tg.ecom.kernel.Money;

/** What became of a wish to place or to release a hold. */
public sealed interface HoldResult {

    /**
     * It is so.
     *
     * @param hold the hold as it now is
     * @param available what its wallet can spend
     * @param replayed whether it had been done before
     */
    record Done(Hold hold, Money available, boolean replayed) implements HoldResult {}

    /** Nothing has changed. */
    record Refused(LedgerProblem problem) implements HoldResult {}

    /** What was done. @throws tg.ecom.kernel.ProblemException when it was refused */
    default Done orThrow() {
        return switch (this) {
            case Done done -> done;
            case Refused refused -> throw refused.problem().asException();
        };
    }
}
