package tg.ecom.marketplace;

import tg.ecom.kernel.OrderId;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;
import tg.ecom.platform.CommonProblem;

/** GET /api/orders/{id}: an order of the caller's, or of their store's, and what they may do with it. */
public final class ReadOrder extends ApiFunction<ReadOrder.Request, OrderAnswer> {
    /** Which one. */
    public record Request(OrderId id) {}

    private final DeliveryCodes codes = new DeliveryCodes(surroundings().keyedHash());

    /** For everybody who is signed in. */
    public ReadOrder() {
        super(Access.SIGNED_IN);
    }

    @Override
    protected OrderAnswer handle(Caller caller, Request request) {
        return database()
                .call(handle -> OrderView.read(handle, request.id()))
                .flatMap(found -> OrderAnswer.to(caller, found, codes))
                .orElseThrow(() -> new CommonProblem.NotFound().asException());
    }
}
