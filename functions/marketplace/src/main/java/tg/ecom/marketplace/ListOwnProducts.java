package tg.ecom.marketplace;

import java.util.List;
import java.util.Optional;
import tg.ecom.kernel.Cursor;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;
import tg.ecom.platform.Role;

/** GET /api/store/products: what the caller's store has, also what it does not sell now. */
public final class ListOwnProducts extends ApiFunction<ListOwnProducts.Request, ListOwnProducts.Page> {
    /** Filters, each of which may be left out. */
    public record Request(Optional<String> q, Optional<String> category, Optional<Cursor> cursor, int limit) {}

    /** One page. */
    public record Page(List<ProductView.OwnProduct> items, Optional<Cursor> nextCursor) {}

    /** For owners of stores. */
    public ListOwnProducts() {
        super(Access.only(Role.STORE_OWNER));
    }

    @Override
    protected Page handle(Caller caller, Request request) {
        ProductView.Filter filter =
                new ProductView.Filter(request.q(), request.category(), false, request.cursor(), request.limit());
        ProductView.Found found = database()
                .call(handle -> ProductView.page(
                        handle, ProductView.OF_OWNER, caller.user().value(), filter));
        return new Page(found.items(), found.next());
    }
}
