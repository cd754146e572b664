package tg.ecom.marketplace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.Cursor;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.ProductId;
import tg.ecom.platform.Json;

/** What stores sell. */
public final class ProductView {
    static final String COLUMNS = """
            p.id, p.name, p.description, p.category, p.price, p.stock_quantity, p.min_stock_alert, p.is_active, p.images,
            p.specifications, p.updated_at
            """;

    /** A few hundred of a store, so that words are looked for in each. */
    private static final String LISTED = "select " + COLUMNS + """
            from marketplace.products p
            where p.store_id = (select id from marketplace.stores where %s)
                and p.id > :after
                and (cast(:category as text) is null or p.category = :category)
                and (not :in_stock or p.stock_quantity > 0)
                and (cast(:words as text) is null
                    or extensions.word_similarity(marketplace.plain(:words), p.search) >= 0.4)
                %s
            order by p.id
            limit :limit
            """;

    static final String OF_STORE = LISTED.formatted("id = :store and is_active", "and p.is_active");
    static final String OF_OWNER = LISTED.formatted("owner_id = :store", "");

    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final UUID AFTER_ALL = new UUID(-1, -1);

    private ProductView() {}

    /** Something for sale, as customers see it. */
    public record Product(
            ProductId productId,
            String name,
            Optional<String> description,
            String category,
            Money price,
            String currency,
            int stockQuantity,
            List<String> images,
            Map<String, Object> specifications) {}

    /** The same, as its owner sees it. */
    public record OwnProduct(
            ProductId productId,
            String name,
            Optional<String> description,
            String category,
            Money price,
            String currency,
            int stockQuantity,
            int minStockAlert,
            boolean lowStock,
            boolean isActive,
            List<String> images,
            Map<String, Object> specifications,
            Instant updatedAt) {

        Product forCustomers() {
            return new Product(
                    productId, name, description, category, price, currency, stockQuantity, images, specifications);
        }
    }

    /** Which of a store's. */
    record Filter(
            Optional<String> words, Optional<String> category, boolean inStock, Optional<Cursor> cursor, int limit) {}

    /** A page, and where the next begins. */
    record Found(List<OwnProduct> items, Optional<Cursor> next) {}

    /** Reads a page of a store, which is named by its id or by its owner's, as the statement has it. */
    static Found page(Handle handle, String sql, UUID store, Filter filter) {
        List<OwnProduct> found = handle.createQuery(sql)
                .bind("store", store)
                .bind("after", filter.cursor().map(ProductView::place).orElse(BEFORE_ALL))
                .bind("category", filter.category().orElse(null))
                .bind("in_stock", filter.inStock())
                .bind("words", filter.words().orElse(null))
                .bind("limit", filter.limit() + 1)
                .map((row, context) -> product(row))
                .list();
        List<OwnProduct> shown = found.subList(0, Math.min(filter.limit(), found.size()));
        return new Found(
                List.copyOf(shown),
                found.size() > filter.limit()
                        ? Optional.of(new Cursor(shown.getLast().productId().toString()))
                        : Optional.empty());
    }

    static OwnProduct product(ResultSet row) throws SQLException {
        int stock = row.getInt("stock_quantity");
        int alert = row.getInt("min_stock_alert");
        return new OwnProduct(
                new ProductId(row.getObject("id", UUID.class)),
                row.getString("name"),
                Optional.ofNullable(row.getString("description")),
                row.getString("category"),
                new Money(row.getLong("price")),
                Money.CURRENCY,
                stock,
                alert,
                stock <= alert,
                row.getBoolean("is_active"),
                json(row.getString("images"), new TypeReference<List<String>>() {}),
                json(row.getString("specifications"), new TypeReference<Map<String, Object>>() {}),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static UUID place(Cursor cursor) {
        try {
            return UUID.fromString(cursor.key());
        } catch (IllegalArgumentException notOurs) {
            return AFTER_ALL;
        }
    }

    private static <T> T json(String content, TypeReference<T> type) {
        try {
            return Json.mapper().readValue(content, type);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
