package tg.ecom.marketplace;

import java.util.Optional;
import tg.ecom.kernel.OrderId;
import tg.ecom.marketplace.OrderSteps.Taken;
import tg.ecom.marketplace.OrderSteps.Wish;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;
import tg.ecom.platform.CommonProblem;

/** PUT /api/orders/{id}: takes an order a step further. The same person asking for the same again changes nothing. */
public final class ActOnOrder extends ApiFunction<ActOnOrder.Request, OrderAnswer> {
    /** Which order, and what is to be done with it. */
    public record Request(OrderId id, Action action, Optional<String> code, Optional<String> reason) {}

    /** What people may ask for. */
    public enum Action {
        CANCEL,
        CONFIRM,
        REJECT,
        PREPARE,
        READY,
        HAND_OVER,
        DELIVER;

        OrderAction toOrder() {
            return OrderAction.valueOf(name());
        }
    }

    private final DeliveryCodes codes = new DeliveryCodes(surroundings().keyedHash());
    private final OrderSteps steps = new OrderSteps(database(), sagas(), clock());

    /** For everybody who is signed in. */
    public ActOnOrder() {
        super(Access.SIGNED_IN);
    }

    @Override
    protected OrderAnswer handle(Caller caller, Request request) {
        Wish wish = new Wish(
                request.action().toOrder(),
                order -> OrderAnswer.parties(caller, order.customer(), order.owner()),
                Optional.of(caller),
                request.code().map(code -> order -> codes.fits(order, code)),
                request.reason());
        switch (steps.take(request.id(), wish)) {
            case Taken.Done done -> {}
            case Taken.Repeated repeated -> {}
            case Taken.Unknown unknown -> throw new CommonProblem.NotFound().asException();
            case Taken.NotAllowed(var status, var allowed) ->
                throw new MarketplaceProblem.WrongState(status, allowed).asException();
            case Taken.WrongCode(var triesLeft) -> throw new MarketplaceProblem.WrongCode(triesLeft).asException();
        }
        return database()
                .call(handle -> OrderView.read(handle, request.id()))
                .flatMap(found -> OrderAnswer.to(caller, found, codes))
                .orElseThrow(() -> new CommonProblem.NotFound().asException());
    }
}
