package tg.ecom.ledger;

import tg.ecom.kernel.WalletId;

/** What became of a wish to freeze, unfreeze or close a wallet. */
public sealed interface StatusResult {

    /**
     * It is so.
     *
     * @param wallet which
     * @param status what it now is
     * @param changed whether it was something else before
     */
    record Done(WalletId wallet, Balance.Status status, boolean changed) implements StatusResult {}

    /** Nothing has changed. */
    record Refused(LedgerProblem problem) implements StatusResult {}

    /** What was done. @throws tg.ecom.kernel.ProblemException when it was refused */
    default Done orThrow() {
        return switch (this) {
            case Done done -> done;
            case Refused refused -> throw refused.problem().asException();
        };
    }
}
