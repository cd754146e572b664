package tg.ecom.marketplace;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.EventId;
import tg.ecom.kernel.OrderId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.marketplace.OrderSteps.Standing;
import tg.ecom.platform.Database;
import tg.ecom.platform.DomainEvent;
import tg.ecom.platform.Outbox;

/**
 * What happens when an operator's money has come to an order's escrow, which its saga or the event brings, whoever is
 * first: an order that still waits for it is the store's to act on, of one that has come to nothing it goes back.
 */
final class OrderPayments {
    private final Database database;
    private final OrderMoney money;
    private final InstantSource clock;

    OrderPayments(Database database, InstantSource clock) {
        this.database = database;
        this.money = new OrderMoney(database, clock);
        this.clock = clock;
    }

    /**
     * Takes note of it, once.
     *
     * @return where the order stands, if there is one
     */
    Optional<Standing> arrived(OrderId id) {
        return database.transact(transaction -> {
            Optional<Order> order = Orders.lock(transaction, id);
            order.filter(found -> found.paymentStatus() == PaymentStatus.PENDING)
                    .ifPresent(found -> note(transaction, found));
            return order.map(found -> new Standing(found.status()));
        });
    }

    private void note(Handle transaction, Order order) {
        Instant now = clock.instant();
        boolean open = order.status().isOpen();
        PaymentStatus next = open ? PaymentStatus.PAID : PaymentStatus.REFUNDED;
        transaction
                .createUpdate(Orders.PAYMENT)
                .bind("id", order.id())
                .bind("payment_status", next.code())
                .bind("due_at", open ? now.plus(order.status().window()) : null)
                .bind("at", now)
                .execute();
        // With what the operator keeps of it.
        Order noted = Orders.lock(transaction, order.id()).orElseThrow();
        OrderNews news = OrderNews.of(noted, order.status(), next, Party.CLIENT, order.reason());
        Outbox.write(
                transaction,
                new DomainEvent(
                        new EventId(Uuid7.next(clock)),
                        open ? OrderNews.PLACED : OrderNews.REFUNDED,
                        order.id().value(),
                        order.version(),
                        now,
                        news));
        if (!open) {
            money.giveBack(transaction, order);
        }
    }
}
