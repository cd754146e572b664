package tg.ecom.marketplace;

import java.util.List;
import java.util.Optional;
import tg.ecom.kernel.Cursor;
import tg.ecom.kernel.StoreId;
import tg.ecom.platform.PublicFunction;
import tg.ecom.platform.Visitor;

/** GET /api/stores/{id}/products: what a store sells. A store that does not sell has none. */
public final class ListStoreProducts extends PublicFunction<ListStoreProducts.Request, ListStoreProducts.Page> {
    /** Filters, each of which may be left out. */
    public record Request(
            StoreId id,
            Optional<String> q,
            Optional<String> category,
            Optional<Boolean> inStock,
            Optional<Cursor> cursor,
            int limit) {}

    /** One page. */
    public record Page(List<ProductView.Product> items, Optional<Cursor> nextCursor) {}

    @Override
    protected Page handle(Visitor visitor, Request request) {
        ProductView.Filter filter = new ProductView.Filter(
                request.q(), request.category(), request.inStock().orElse(false), request.cursor(), request.limit());
        ProductView.Found found = database()
                .call(handle -> ProductView.page(
                        handle, ProductView.OF_STORE, request.id().value(), filter));
        return new Page(
                found.items().stream().map(ProductView.OwnProduct::forCustomers).toList(), found.next());
    }
}
