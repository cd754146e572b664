package tg.ecom.marketplace;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.OrderId;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.StoreId;
import tg.ecom.kernel.UserId;
import tg.ecom.ledger.PaymentMethod;

/** The rows of marketplace.orders, as they change. */
final class Orders {
    /** Everybody who changes an order locks it first, then products by id, then wallets. */
    static final String LOCK = """
            select
                o.id, o.order_number, o.customer_id, o.store_id, s.owner_id, s.name as store_name, o.status,
                o.payment_status, o.payment_method, o.hold_id, o.payment_id, o.delivery_address is null as is_pickup,
                o.subtotal, o.delivery_fee, o.commission, o.operator_fee, o.reason, o.version, o.wrong_codes, o.due_at
            from marketplace.orders o
            join marketplace.stores s on s.id = o.store_id
            where o.id = :id
            for no key update of o
            """;

    static final String CHANGE = """
            with changed as (
                update marketplace.orders
                set status = cast(:status as marketplace.order_status),
                    payment_status = cast(:payment_status as marketplace.payment_status),
                    reason = :reason, version = version + 1, due_at = cast(:due_at as timestamptz),
                    updated_at = :at,
                    confirmed_at = case when :status = 'confirmed' then cast(:at as timestamptz) else confirmed_at end,
                    delivered_at = case when :status = 'delivered' then cast(:at as timestamptz) else delivered_at end,
                    cancelled_at = case when :status = 'cancelled' then cast(:at as timestamptz) else cancelled_at end
                where id = :id and version = :version
                returning id, version, status)
            insert into marketplace.order_events (id, order_id, sequence, status, action, party, actor_id, reason, at)
            select
                :event_id, id, version, status, :action, cast(:party as marketplace.party), cast(:actor as uuid),
                cast(:words as text), :at
            from changed
            """;

    static final String PAYMENT = """
            update marketplace.orders
            set payment_status = cast(:payment_status as marketplace.payment_status), due_at = cast(:due_at as timestamptz),
                operator_fee = case
                    when :payment_status = 'paid' then marketplace.operator_fee(payment_method, total_amount, :at)
                    else 0
                end,
                updated_at = :at
            where id = :id and payment_status = 'pending'
            """;

    static final String STATUS = """
            select status
            from marketplace.orders
            where id = :id
            """;

    static final String WRONG_CODE = """
            update marketplace.orders
            set wrong_codes = wrong_codes + 1, updated_at = :at
            where id = :id
            """;

    /** In the order of products' ids, as placing locks them. */
    static final String RESTOCK = """
            with locked as (
                select p.id, i.quantity
                from marketplace.order_items i
                join marketplace.products p on p.id = i.product_id
                where i.order_id = :id
                order by p.id
                for no key update of p)
            update marketplace.products p
            set stock_quantity = p.stock_quantity + l.quantity, updated_at = :at
            from locked l
            where p.id = l.id
            """;

    static final String COUNT = """
            update marketplace.stores
            set total_orders = total_orders + 1
            where id = :store
            """;

    static final String WAS_DONE = """
            select exists (
                select
                from marketplace.order_events
                where order_id = :id and action = :action and actor_id = :actor)
            """;

    private Orders() {}

    /** An order that nobody else changes until the transaction ends. */
    static Optional<Order> lock(Handle transaction, OrderId id) {
        return transaction
                .createQuery(LOCK)
                .bind("id", id)
                .map((row, context) -> order(row))
                .findOne();
    }

    /** Whether somebody has done that with an order before. */
    static boolean wasDone(Handle handle, OrderId id, OrderAction action, UserId actor) {
        return handle.createQuery(WAS_DONE)
                .bind("id", id)
                .bind("action", action.code())
                .bind("actor", actor)
                .mapTo(Boolean.class)
                .one();
    }

    private static Order order(ResultSet row) throws SQLException {
        return new Order(
                new OrderId(row.getObject("id", UUID.class)),
                row.getString("order_number"),
                new UserId(row.getObject("customer_id", UUID.class)),
                new StoreId(row.getObject("store_id", UUID.class)),
                new UserId(row.getObject("owner_id", UUID.class)),
                row.getString("store_name"),
                OrderStatus.of(row.getString("status")),
                PaymentStatus.of(row.getString("payment_status")),
                PaymentMethod.of(row.getString("payment_method")),
                Optional.ofNullable(row.getObject("hold_id", UUID.class)).map(HoldId::new),
                Optional.ofNullable(row.getObject("payment_id", UUID.class)).map(PaymentId::new),
                row.getBoolean("is_pickup"),
                new Money(row.getLong("subtotal")),
                new Money(row.getLong("delivery_fee")),
                new Money(row.getLong("commission")),
                new Money(row.getLong("operator_fee")),
                Optional.ofNullable(row.getString("reason")),
                row.getLong("version"),
                row.getInt("wrong_codes"),
                time(row, "due_at"));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
