package tg.ecom.marketplace;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.ProductId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;
import tg.ecom.platform.Json;
import tg.ecom.platform.Role;

/** POST /api/store/products: something more that the caller's store sells. */
public final class AddProduct extends ApiFunction<AddProduct.Request, ProductView.OwnProduct> {
    private static final int MIN_STOCK_ALERT = 5;

    static final String ADD = """
            insert into marketplace.products as p (
                id, store_id, name, description, category, price, stock_quantity, min_stock_alert, is_active, images,
                specifications, created_at, updated_at)
            select
                :id, s.id, :name, cast(:description as text), :category, :price, :stock_quantity, :min_stock_alert,
                :is_active, cast(:images as jsonb), cast(:specifications as jsonb), :at, :at
            from marketplace.stores s
            where s.owner_id = :owner
            returning
            """ + ProductView.COLUMNS;

    /** What it is. */
    public record Request(
            String name,
            Optional<String> description,
            String category,
            Money price,
            int stockQuantity,
            Optional<Integer> minStockAlert,
            Optional<Boolean> isActive,
            Optional<List<String>> images,
            Optional<Map<String, Object>> specifications) {}

    /** For owners of stores. */
    public AddProduct() {
        super(Access.only(Role.STORE_OWNER));
    }

    @Override
    protected ProductView.OwnProduct handle(Caller caller, Request request) {
        return database()
                .call(handle -> handle.createQuery(ADD)
                        .bind("id", new ProductId(Uuid7.next(clock())))
                        .bind("owner", caller.user())
                        .bind("name", request.name())
                        .bind("description", request.description().orElse(null))
                        .bind("category", request.category())
                        .bind("price", request.price())
                        .bind("stock_quantity", request.stockQuantity())
                        .bind("min_stock_alert", request.minStockAlert().orElse(MIN_STOCK_ALERT))
                        .bind("is_active", request.isActive().orElse(true))
                        .bind("images", json(request.images().orElse(List.of())))
                        .bind("specifications", json(request.specifications().orElse(Map.of())))
                        .bind("at", clock().instant())
                        .map((row, context) -> ProductView.product(row))
                        .findOne())
                .orElseThrow(() -> new MarketplaceProblem.NoStore().asException());
    }

    static String json(Object value) {
        return Json.mapper().valueToTree(value).toString();
    }
}
