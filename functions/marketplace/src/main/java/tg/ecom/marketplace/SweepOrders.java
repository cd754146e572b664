package tg.ecom.marketplace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tg.ecom.kernel.OrderId;
import tg.ecom.marketplace.OrderSteps.Wish;
import tg.ecom.platform.DatabaseSettings;
import tg.ecom.platform.EventFunction;
import tg.ecom.platform.Tick;

/**
 * Runs by the clock: ends orders whose saga should have ended them and did not, and those of stores that may not sell
 * any more.
 */
public final class SweepOrders extends EventFunction<Tick> {
    private static final Logger LOG = LoggerFactory.getLogger(SweepOrders.class);

    /** The saga is a little late when much is to do. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private static final int ORDERS_A_RUN_MAX = 500;

    static final String OVERDUE = """
            select id
            from marketplace.orders
            where due_at < :overdue
            order by due_at
            limit :count_max
            """;

    static final String OF_SUSPENDED_STORES = """
            select o.id
            from marketplace.stores s
            join marketplace.orders o on o.store_id = s.id
            where s.suspended_at is not null
                and o.status not in ('delivered', 'cancelled', 'out_for_delivery')
            order by o.id
            limit :count_max
            """;

    private final OrderSteps steps = new OrderSteps(database(), surroundings().sagas(), clock());

    /** Moves money. */
    public SweepOrders() {
        super(DatabaseSettings.class);
    }

    @Override
    protected void handle(Tick tick) {
        Instant overdue = clock().instant().minus(GRACE);
        List<RuntimeException> failures = new ArrayList<>(end(
                OrderAction.EXPIRE,
                database().call(handle -> overdue(handle, overdue)),
                order -> order.dueAt().filter(due -> due.isBefore(overdue)).isPresent()));
        failures.addAll(end(OrderAction.SUSPEND, database().call(SweepOrders::ofSuspendedStores), order -> true));
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    /** One that can't be ended keeps no other from its end. */
    private List<RuntimeException> end(OrderAction action, List<OrderId> orders, Predicate<Order> condition) {
        List<RuntimeException> failures = new ArrayList<>();
        for (OrderId order : orders) {
            try {
                steps.take(order, Wish.ofSystem(action, condition));
            } catch (RuntimeException failed) {
                LOG.error("order {} can't be ended by {}", order, action.code(), failed);
                failures.add(failed);
            }
        }
        return failures;
    }

    private static List<OrderId> overdue(Handle handle, Instant before) {
        return handle.createQuery(OVERDUE)
                .bind("overdue", before)
                .bind("count_max", ORDERS_A_RUN_MAX)
                .mapTo(OrderId.class)
                .list();
    }

    private static List<OrderId> ofSuspendedStores(Handle handle) {
        return handle.createQuery(OF_SUSPENDED_STORES)
                .bind("count_max", ORDERS_A_RUN_MAX)
                .mapTo(OrderId.class)
                .list();
    }
}
