package tg.ecom.marketplace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.Cursor;
import tg.ecom.kernel.Location;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.OrderId;
import tg.ecom.kernel.ProductId;
import tg.ecom.kernel.StoreId;
import tg.ecom.kernel.UserId;
import tg.ecom.ledger.PaymentMethod;
import tg.ecom.platform.Json;

/** Orders as people see them. */
public final class OrderView {
    /** A person who watches an order asks so often. */
    static final int POLL_AFTER_MS = 3_000;

    private static final String COLUMNS = """
            select
                o.id, o.order_number, o.customer_id, o.store_id, s.owner_id, s.name as store_name, o.status,
                o.payment_status, o.payment_method, o.subtotal, o.delivery_fee, o.total_amount, o.commission, o.operator_fee,
                o.currency, o.reason,
                o.delivery_address, o.delivery_location[1] as latitude, o.delivery_location[0] as longitude,
                o.special_instructions, o.estimated_delivery, o.placed_at,
                o.updated_at,
                (
                    select jsonb_agg(jsonb_build_object(
                        'product_id', i.product_id, 'name', i.name, 'quantity', i.quantity,
                        'unit_price', i.unit_price, 'total_price', i.total_price) order by i.id)
                    from marketplace.order_items i
                    where i.order_id = o.id) as items
            """;

    static final String READ = COLUMNS + """
                , (
                    select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                        'status', e.status, 'action', e.action, 'party', e.party, 'reason', e.reason, 'at', e.at))
                        order by e.sequence)
                    from marketplace.order_events e
                    where e.order_id = o.id) as timeline
            from marketplace.orders o
            join marketplace.stores s on s.id = o.store_id
            where o.id = :id
            """;

    private static final String LISTED = COLUMNS + """
                , null as timeline
            from marketplace.orders o
            join marketplace.stores s on s.id = o.store_id
            where %s and o.id < :before
                and (cast(:status as text) is null or o.status = cast(:status as marketplace.order_status))
            order by o.id desc
            limit :limit
            """;

    static final String OF_CUSTOMER = LISTED.formatted("o.customer_id = :user");

    /** A store sees nothing of an order that is not paid. */
    static final String OF_STORE = LISTED.formatted("""
            o.store_id = (select id from marketplace.stores where owner_id = :user)
                and not (o.payment_status = 'pending')""");

    private static final UUID AFTER_ALL = new UUID(-1, -1);

    private OrderView() {}

    /** The store, as far as it matters to an order. */
    public record Store(StoreId storeId, String name) {}

    /** A line. */
    public record Item(ProductId productId, String name, int quantity, Money unitPrice, Money totalPrice) {}

    /** Something that happened to it. */
    public record Event(OrderStatus status, String action, Party party, Optional<String> reason, Instant at) {}

    /** Where it is brought. */
    public record Delivery(String address, Location location) {}

    /**
     * Who gets what of an order's total.
     *
     * @param commission Ecom
     * @param operatorFee the operator that brought the money
     * @param proceeds the store
     */
    public record Shares(Money commission, Money operatorFee, Money proceeds) {}

    /** An order in a list. */
    public record Summary(
            OrderId orderId,
            String orderNumber,
            Store store,
            OrderStatus status,
            PaymentStatus paymentStatus,
            PaymentMethod paymentMethod,
            List<Item> items,
            Money subtotal,
            Money deliveryFee,
            Money totalAmount,
            String currency,
            Optional<Delivery> delivery,
            Optional<String> specialInstructions,
            Optional<String> reason,
            Instant estimatedDelivery,
            Instant placedAt,
            Instant updatedAt) {}

    /**
     * An order as it was read.
     *
     * @param shares who gets what of its total
     * @param customer who ordered
     * @param owner whose store
     * @param timeline what happened to it, the oldest first; empty in a list
     */
    record Found(Summary summary, Shares shares, UserId customer, UserId owner, List<Event> timeline) {}

    /** One page of a list. */
    public record Page(List<Summary> items, Optional<Cursor> nextCursor) {}

    /** Reads one order. */
    static Optional<Found> read(Handle handle, OrderId id) {
        return handle.createQuery(READ)
                .bind("id", id)
                .map((row, context) -> found(row))
                .findOne();
    }

    /** Reads a page of one of the lists, newest first. */
    static Page page(
            Handle handle, String sql, UserId user, Optional<OrderStatus> status, Optional<Cursor> cursor, int limit) {
        List<Summary> found = handle.createQuery(sql)
                .bind("user", user)
                .bind("before", cursor.map(OrderView::place).orElse(AFTER_ALL))
                .bind("status", status.map(OrderStatus::code).orElse(null))
                .bind("limit", limit + 1)
                .map((row, context) -> found(row).summary())
                .list();
        List<Summary> shown = found.subList(0, Math.min(limit, found.size()));
        return new Page(
                List.copyOf(shown),
                found.size() > limit
                        ? Optional.of(new Cursor(shown.getLast().orderId().toString()))
                        : Optional.empty());
    }

    /** A cursor of another list is before everything, where the page is empty. */
    private static UUID place(Cursor cursor) {
        try {
            return UUID.fromString(cursor.key());
        } catch (IllegalArgumentException notOurs) {
            return new UUID(0, 0);
        }
    }

    private static Found found(ResultSet row) throws SQLException {
        Summary summary = new Summary(
                new OrderId(row.getObject("id", UUID.class)),
                row.getString("order_number"),
                new Store(new StoreId(row.getObject("store_id", UUID.class)), row.getString("store_name")),
                OrderStatus.of(row.getString("status")),
                PaymentStatus.of(row.getString("payment_status")),
                PaymentMethod.of(row.getString("payment_method")),
                json(row, "items", new TypeReference<List<Item>>() {}),
                new Money(row.getLong("subtotal")),
                new Money(row.getLong("delivery_fee")),
                new Money(row.getLong("total_amount")),
                row.getString("currency"),
                delivery(row),
                Optional.ofNullable(row.getString("special_instructions")),
                Optional.ofNullable(row.getString("reason")),
                time(row, "estimated_delivery"),
                time(row, "placed_at"),
                time(row, "updated_at"));
        Money commission = new Money(row.getLong("commission"));
        Money operatorFee = new Money(row.getLong("operator_fee"));
        return new Found(
                summary,
                new Shares(
                        commission,
                        operatorFee,
                        summary.totalAmount().minus(commission).minus(operatorFee)),
                new UserId(row.getObject("customer_id", UUID.class)),
                new UserId(row.getObject("owner_id", UUID.class)),
                json(row, "timeline", new TypeReference<List<Event>>() {}));
    }

    private static Optional<Delivery> delivery(ResultSet row) throws SQLException {
        String address = row.getString("delivery_address");
        return address == null
                ? Optional.empty()
                : Optional.of(
                        new Delivery(address, new Location(row.getDouble("latitude"), row.getDouble("longitude"))));
    }

    private static <T> List<T> json(ResultSet row, String column, TypeReference<List<T>> type) throws SQLException {
        String content = row.getString(column);
        try {
            return content == null ? List.of() : Json.mapper().readValue(content, type);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
