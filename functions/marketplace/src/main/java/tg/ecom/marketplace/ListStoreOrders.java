package tg.ecom.marketplace;

import java.util.Optional;
import tg.ecom.kernel.Cursor;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;
import tg.ecom.platform.Role;

/** GET /api/store/orders: orders at the caller's store, newest first. */
public final class ListStoreOrders extends ApiFunction<ListStoreOrders.Request, OrderView.Page> {
    /** Of that status, if one is given. */
    public record Request(Optional<OrderStatus> status, Optional<Cursor> cursor, int limit) {}

    /** For owners of stores. */
    public ListStoreOrders() {
        super(Access.only(Role.STORE_OWNER));
    }

    @Override
    protected OrderView.Page handle(Caller caller, Request request) {
        return database()
                .call(handle -> OrderView.page(
                        handle,
                        OrderView.OF_STORE,
                        caller.user(),
                        request.status(),
                        request.cursor(),
                        request.limit()));
    }
}
