package tg.ecom.marketplace;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.ProductId;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;
import tg.ecom.platform.CommonProblem;
import tg.ecom.platform.Role;

/**
 * PUT /api/store/products/{id}: changes what is given of a product, and leaves the rest: customers take from the stock
 * while its owner looks at it.
 */
public final class ChangeProduct extends ApiFunction<ChangeProduct.Request, ProductView.OwnProduct> {
    static final String CHANGE = """
            update marketplace.products p
            set name = coalesce(cast(:name as text), p.name),
                description = coalesce(cast(:description as text), p.description),
                category = coalesce(cast(:category as text), p.category),
                price = coalesce(cast(:price as bigint), p.price),
                stock_quantity = coalesce(cast(:stock_quantity as integer), p.stock_quantity),
                min_stock_alert = coalesce(cast(:min_stock_alert as integer), p.min_stock_alert),
                is_active = coalesce(cast(:is_active as boolean), p.is_active),
                images = coalesce(cast(:images as jsonb), p.images),
                specifications = coalesce(cast(:specifications as jsonb), p.specifications),
                updated_at = :at
            from marketplace.stores s
            where p.id = :id and s.id = p.store_id and s.owner_id = :owner
            returning
            """ + ProductView.COLUMNS;

    /** Which product, and what of it is new. */
    public record Request(
            ProductId id,
            Optional<String> name,
            Optional<String> description,
            Optional<String> category,
            Optional<Money> price,
            Optional<Integer> stockQuantity,
            Optional<Integer> minStockAlert,
            Optional<Boolean> isActive,
            Optional<List<String>> images,
            Optional<Map<String, Object>> specifications) {}

    /** For owners of stores. */
    public ChangeProduct() {
        super(Access.only(Role.STORE_OWNER));
    }

    @Override
    protected ProductView.OwnProduct handle(Caller caller, Request request) {
        return database()
                .call(handle -> handle.createQuery(CHANGE)
                        .bind("id", request.id())
                        .bind("owner", caller.user())
                        .bind("name", request.name().orElse(null))
                        .bind("description", request.description().orElse(null))
                        .bind("category", request.category().orElse(null))
                        .bind("price", request.price().map(Money::amount).orElse(null))
                        .bind("stock_quantity", request.stockQuantity().orElse(null))
                        .bind("min_stock_alert", request.minStockAlert().orElse(null))
                        .bind("is_active", request.isActive().orElse(null))
                        .bind("images", request.images().map(AddProduct::json).orElse(null))
                        .bind(
                                "specifications",
                                request.specifications().map(AddProduct::json).orElse(null))
                        .bind("at", clock().instant())
                        .map((row, context) -> ProductView.product(row))
                        .findOne())
                .orElseThrow(() -> new CommonProblem.NotFound().asException());
    }
}
