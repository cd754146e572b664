package tg.ecom.marketplace;

import java.util.Optional;
import tg.ecom.kernel.Cursor;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;

/** GET /api/orders: orders of the caller's, newest first. */
public final class ListOrders extends ApiFunction<ListOrders.Request, OrderView.Page> {
    /** Of that status, if one is given. */
    public record Request(Optional<OrderStatus> status, Optional<Cursor> cursor, int limit) {}

    /** For everybody who is signed in. */
    public ListOrders() {
        super(Access.SIGNED_IN);
    }

    @Override
    protected OrderView.Page handle(Caller caller, Request request) {
        return database()
                .call(handle -> OrderView.page(
                        handle,
                        OrderView.OF_CUSTOMER,
                        caller.user(),
                        request.status(),
                        request.cursor(),
                        request.limit()));
    }
}
