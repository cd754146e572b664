package tg.ecom.wallet;

import tg.ecom.ledger.Balance;
import tg.ecom.ledger.Ledger;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;
import tg.ecom.platform.CommonProblem;

/** GET /api/wallet/balance: what is in the caller's wallet, and how much of the limits is used. */
public final class ReadBalance extends ApiFunction<ReadBalance.Request, Balance> {
    /** Nothing is asked but who asks. */
    public record Request() {}

    private final Ledger ledger = new Ledger(database(), clock());

    /** For everybody who is signed in. */
    public ReadBalance() {
        super(Access.SIGNED_IN);
    }

    @Override
    protected Balance handle(Caller caller, Request request) {
        return ledger.balance(caller.wallet()).orElseThrow(() -> new CommonProblem.NotFound().asException());
    }
}
