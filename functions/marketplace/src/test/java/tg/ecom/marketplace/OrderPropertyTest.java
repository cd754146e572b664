package tg.ecom.marketplace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tg.ecom.kernel.OrderId;
import tg.ecom.kernel.ProblemException;
import tg.ecom.kernel.ProductId;
import tg.ecom.kernel.StoreId;
import tg.ecom.ledger.EcomWallet;
import tg.ecom.marketplace.ActOnOrder.Action;
import tg.ecom.platform.Caller;
import tg.ecom.platform.Delivery;
import tg.ecom.platform.Role;
import tg.ecom.testing.Together;

/** Whatever people ask for, in whatever order and at whatever time: money and stock are conserved, every order ends. */
class OrderPropertyTest {
    private static final int STOCK = 1_000;
    private static final long BALANCE = 100_000;
    private static final long TOTAL = 5_000;
    private static final List<Action> ACTIONS = List.copyOf(EnumSet.allOf(Action.class));

    /** What may follow what, beside everything's end in {@code cancelled}. */
    private static final Map<String, Set<String>> FOLLOWS = Map.of(
            "pending", Set.of("confirmed", "cancelled"),
            "confirmed", Set.of("preparing", "cancelled"),
            "preparing", Set.of("ready", "cancelled"),
            "ready", Set.of("out_for_delivery", "delivered", "cancelled"),
            "out_for_delivery", Set.of("delivered", "cancelled"),
            "delivered", Set.of(),
            "cancelled", Set.of());

    private final SagaScene saga = new SagaScene();
    private final Scene scene = saga.scene;
    private final Caller afi = scene.person(BALANCE);
    private final Caller owner = scene.person(0, Role.STORE_OWNER);
    private final Caller administrator = scene.person(0, Role.ADMIN);
    private final Caller stranger = scene.person(0);
    private final StoreId store = scene.store(owner, "Boutique", "alimentation", Scene.MARKET, ALWAYS);
    private final ProductId rice = scene.product(store, 4_500, STOCK);
    private final PlaceOrder placing = scene.placeOrder();
    private final ReceivePayment receiving = scene.unreachable(ReceivePayment::new);

    private static final String ALWAYS = """
            {"monday": [{"from": "00:00", "to": "24:00"}], "tuesday": [{"from": "00:00", "to": "24:00"}],
             "wednesday": [{"from": "00:00", "to": "24:00"}], "thursday": [{"from": "00:00", "to": "24:00"}],
             "friday": [{"from": "00:00", "to": "24:00"}], "saturday": [{"from": "00:00", "to": "24:00"}],
             "sunday": [{"from": "00:00", "to": "24:00"}]}
            """;

    @AfterEach
    void close() {
        saga.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anyActionsAtAnyTime_loseNothing(long seed) {
        Random random = new Random(seed);
        List<OrderId> orders = new ArrayList<>();
        for (int step = 0; step < 120; step++) {
            if (orders.isEmpty() || random.nextInt(6) == 0) {
                place(random).ifPresent(orders::add);
            } else if (random.nextInt(8) == 0) {
                saga.advance(Duration.ofSeconds(random.nextInt(3_000)));
            } else {
                attempt(orders.get(random.nextInt(orders.size())), random);
            }
        }
        awaitEnd(orders);
        assertConserved(orders);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void everybodyInTheSameInstant_moveTheMoneyOnce(long seed) {
        Random random = new Random(seed);
        List<OrderId> orders = new ArrayList<>();
        for (int count = 0; count < 15; count++) {
            OrderId order = placing.handle(
                            Scene.attempting(afi),
                            Scene.delivery(store, PlaceOrder.Payment.WALLET, Scene.item(rice, 1)))
                    .orderId();
            orders.add(order);
            List<Callable<Boolean>> together = new ArrayList<>(List.of(
                    () -> done(afi, order, Action.CANCEL),
                    () -> done(owner, order, Action.REJECT),
                    () -> done(owner, order, Action.CONFIRM),
                    () -> done(administrator, order, Action.CANCEL),
                    () -> {
                        saga.advance(OrderStatus.PENDING.window());
                        return false;
                    }));
            Collections.shuffle(together, random);
            Together.call(together);
        }
        awaitEnd(orders);
        assertConserved(orders);
        assertEquals(BALANCE, scene.balance(afi));
        assertEquals(STOCK, scene.stock(rice));
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void operatorsMoneyInTheSameInstantAsEverybody_endsOnOneSideOnce(long seed) {
        Random random = new Random(seed);
        List<OrderId> orders = new ArrayList<>();
        // No more, since nobody may cancel more than ten in an hour.
        for (int count = 0; count < 9; count++) {
            OrderId order = placing.handle(
                            Scene.attempting(afi), Scene.delivery(store, PlaceOrder.Payment.YAS, Scene.item(rice, 1)))
                    .orderId();
            orders.add(order);
            CountDownLatch committed = new CountDownLatch(1);
            List<Callable<Boolean>> together = new ArrayList<>(List.of(
                    () -> done(afi, order, Action.CANCEL),
                    () -> done(owner, order, Action.REJECT),
                    () -> done(owner, order, Action.CONFIRM),
                    () -> {
                        scene.superuser().useHandle(handle -> Scene.fund(handle, order.value(), TOTAL));
                        committed.countDown();
                        receiving.handle(new ReceivePayment.Payment(order), new Delivery("message", Optional.empty()));
                        return true;
                    },
                    () -> {
                        committed.await();
                        saga.charge(true);
                        return false;
                    }));
            Collections.shuffle(together, random);
            Together.call(together);
            if (random.nextBoolean()) {
                List.of(Action.CONFIRM, Action.PREPARE, Action.READY, Action.HAND_OVER)
                        .forEach(action -> attempt(owner, order, action, Optional.empty()));
                attempt(owner, order, Action.DELIVER, Optional.of(code(order)));
            }
        }
        awaitEnd(orders);

        long delivered = scene.number("select count(*) from marketplace.orders where status = 'delivered'");
        assertEquals(STOCK - delivered, scene.stock(rice));
        assertEquals(BALANCE + TOTAL * (orders.size() - delivered), scene.balance(afi));
        assertEquals(TOTAL * delivered, sharedOut());
        assertEquals(
                orders.size() - delivered,
                scene.number("select count(*) from marketplace.orders where payment_status = 'refunded'"));
        orders.forEach(order ->
                assertEquals(0, scene.number("select balance from ledger.wallets where id = ?", order.value())));
        assertEquals(0, scene.differences());
    }

    private Optional<OrderId> place(Random random) {
        PlaceOrder.Request request = random.nextBoolean()
                ? Scene.delivery(store, PlaceOrder.Payment.WALLET, Scene.item(rice, 1))
                : Scene.pickup(store, Scene.item(rice, 1));
        try {
            return Optional.of(placing.handle(Scene.attempting(afi), request).orderId());
        } catch (ProblemException refused) {
            assertTrue(Set.of("insufficient_funds", "limit_exceeded", "too_many_cancelled")
                    .contains(refused.problem().code()));
            return Optional.empty();
        }
    }

    private void attempt(OrderId order, Random random) {
        Caller caller =
                List.of(afi, owner, owner, owner, administrator, stranger).get(random.nextInt(6));
        Action action = ACTIONS.get(random.nextInt(ACTIONS.size()));
        attempt(
                caller,
                order,
                action,
                random.nextInt(3) == 0 ? Optional.empty() : Optional.of(random.nextInt(4) == 0 ? "0000" : code(order)));
    }

    private String code(OrderId order) {
        return new DeliveryCodes(scene.keyedHash()).of(order);
    }

    private void attempt(Caller caller, OrderId order, Action action, Optional<String> code) {
        try {
            saga.act(caller, order, action, code);
        } catch (ProblemException refused) {
            assertTrue(
                    Set.of("wrong_state", "wrong_code", "not_found")
                            .contains(refused.problem().code()),
                    refused.problem().code());
        }
    }

    private boolean done(Caller caller, OrderId order, Action action) {
        try {
            scene.actOnOrder().handle(caller, Scene.ask(order, action));
            return true;
        } catch (ProblemException refused) {
            assertEquals("wrong_state", refused.problem().code());
            return false;
        }
    }

    private void awaitEnd(List<OrderId> orders) {
        for (int days = 0; days < 4; days++) {
            orders.forEach(order -> saga.awaitStill(order, () -> status(order)));
            saga.advance(Duration.ofDays(1));
        }
        orders.forEach(order -> saga.awaitStill(order, () -> status(order)));
        orders.forEach(saga::awaitEnd);
    }

    private String status(OrderId order) {
        return scene.superuser()
                .withHandle(handle -> handle.createQuery("select status from marketplace.orders where id = ?")
                        .bind(0, order.value())
                        .mapTo(String.class)
                        .one());
    }

    /** What store, Ecom and operators have got. */
    private long sharedOut() {
        return scene.accumulated(store.value())
                + scene.accumulated(EcomWallet.COMMISSION.id().value())
                + scene.accumulated(EcomWallet.FEES.id().value());
    }

    private void assertConserved(List<OrderId> orders) {
        long delivered = scene.number("select count(*) from marketplace.orders where status = 'delivered'");
        long cancelled = scene.number("select count(*) from marketplace.orders where status = 'cancelled'");
        assertEquals(orders.size(), delivered + cancelled);
        assertEquals(STOCK - delivered, scene.stock(rice));
        assertEquals(0, scene.held(afi));
        long paid = scene.number(
                "select coalesce(sum(total_amount), 0) from marketplace.orders where status = 'delivered'");
        assertEquals(BALANCE - paid, scene.balance(afi));
        assertEquals(paid, sharedOut());
        assertEquals(0, scene.differences());
        assertTrue(paid <= orders.size() * TOTAL);
        for (OrderId order : orders) {
            List<String> timeline = scene.superuser()
                    .withHandle(handle -> handle.createQuery(
                                    "select status from marketplace.order_events where order_id = ? order by sequence")
                            .bind(0, order.value())
                            .mapTo(String.class)
                            .list());
            for (int event = 1; event < timeline.size(); event++) {
                assertTrue(FOLLOWS.get(timeline.get(event - 1)).contains(timeline.get(event)), () -> "" + timeline);
            }
        }
    }
}
