package tg.ecom.marketplace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.marketplace.Refused.refused;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.OrderId;
import tg.ecom.kernel.ProductId;
import tg.ecom.kernel.StoreId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.marketplace.ActOnOrder.Action;
import tg.ecom.marketplace.PlaceOrder.Payment;
import tg.ecom.platform.Caller;
import tg.ecom.platform.Role;
import tg.ecom.platform.Tick;

/** Orders that nobody else ends: of a store that was suspended, and those whose saga is lost. */
class SweepTest {
    private static final List<Action> TO_THE_DOOR =
            List.of(Action.CONFIRM, Action.PREPARE, Action.READY, Action.HAND_OVER);

    private final SagaScene saga = new SagaScene();
    private final Scene scene = saga.scene;
    private final Caller afi = scene.person(100_000);
    private final Caller owner = scene.person(0, Role.STORE_OWNER);
    private final Caller administrator = scene.person(0, Role.ADMIN);
    private final StoreId store = scene.store(owner);
    private final ProductId rice = scene.product(store, 4_500, 10);
    private final PlaceOrder placing = scene.placeOrder();
    private final ActOnStore actingOnStores = scene.made(ActOnStore::new);
    private final SweepOrders sweeping = scene.unreachable(SweepOrders::new);

    @AfterEach
    void close() {
        saga.close();
    }

    @Test
    void storeThatIsSuspended_sellsNothing_andItsOrdersEnd_exceptWhatIsUnderWay() {
        OrderId underWay = place();
        TO_THE_DOOR.forEach(action -> saga.act(owner, underWay, action));
        OrderId placed = place();
        OrderId preparing = place();
        TO_THE_DOOR.subList(0, 2).forEach(action -> saga.act(owner, preparing, action));

        ActOnStore.Answer suspended = act(store, ActOnStore.Action.SUSPEND);
        assertFalse(suspended.isActive());
        assertEquals(Optional.of(scene.clock().instant()), suspended.suspendedAt());
        refused("store_unavailable", this::place);
        sweeping.handle(new Tick());

        for (OrderId ended : List.of(placed, preparing)) {
            assertEquals(Optional.of("store_suspended"), read(ended).order().reason());
            saga.awaitEnd(ended);
        }
        assertEquals(OrderStatus.OUT_FOR_DELIVERY, read(underWay).order().status());
        assertEquals(9, scene.stock(rice));
        assertEquals(5_000, scene.held(afi));
        saga.act(owner, underWay, Action.DELIVER, read(underWay).deliveryCode().orElseThrow());
        assertEquals(95_000, scene.balance(afi));
        assertEquals(0, scene.differences());
    }

    @Test
    void storeThatIsRestored_sellsAgain_andWhoDidItIsKept() {
        act(store, ActOnStore.Action.SUSPEND);
        scene.clock().advance(Duration.ofMinutes(1));
        ActOnStore.Answer again = act(store, ActOnStore.Action.SUSPEND);
        assertEquals(Optional.of(scene.clock().instant().minus(Duration.ofMinutes(1))), again.suspendedAt());
        assertTrue(act(store, ActOnStore.Action.RESTORE).isActive());
        act(store, ActOnStore.Action.RESTORE);
        place();

        assertEquals(
                2,
                scene.number(
                        "select count(*) from marketplace.store_events where actor_id = ?",
                        administrator.user().value()));
        assertThrows(
                UnableToExecuteStatementException.class,
                () -> scene.superuser().useHandle(handle -> handle.execute("delete from marketplace.store_events")));
        refused("not_found", () -> act(new StoreId(Uuid7.next(scene.clock())), ActOnStore.Action.SUSPEND));
    }

    @Test
    void orderWhoseSagaIsLost_endsAllTheSame_aLittleLater() {
        OrderId order = placing.handle(Scene.attempting(afi), request()).orderId();
        saga.awaitState(order, "Await confirmation");
        // The machine is not told that time has passed.
        scene.clock()
                .advance(OrderStatus.PENDING.window().plus(Duration.ofMinutes(5).plusSeconds(1)));
        sweeping.handle(new Tick());

        assertEquals(Optional.of("no_confirmation"), read(order).order().reason());
        assertEquals(100_000, scene.balance(afi));
        assertEquals(0, scene.held(afi));
        assertEquals(10, scene.stock(rice));
        saga.awaitEnd(order);
        sweeping.handle(new Tick());
        assertEquals(2, scene.number("select count(*) from marketplace.order_events"));
    }

    @Test
    void orderThatIsOnlyJustDue_isLeftToItsSaga() {
        OrderId order = place();
        scene.clock().advance(OrderStatus.PENDING.window().plus(Duration.ofMinutes(5)));
        sweeping.handle(new Tick());
        assertEquals(OrderStatus.PENDING, read(order).order().status());
    }

    @Test
    void orderThatCanNotBeEnded_keepsNoOtherFromItsEnd() {
        OrderId stuck = place();
        OrderId overdue = place();
        scene.superuser()
                .useHandle(handle -> handle.execute(
                        "update marketplace.orders set hold_id = gen_random_uuid() where id = ?", stuck.value()));
        scene.clock()
                .advance(OrderStatus.PENDING.window().plus(Duration.ofMinutes(5).plusSeconds(1)));
        OrderId ofSuspended = placing.handle(Scene.attempting(afi), request()).orderId();
        act(store, ActOnStore.Action.SUSPEND);

        // The run fails, so that its alarm is raised.
        assertThrows(RuntimeException.class, () -> sweeping.handle(new Tick()));
        assertEquals(Optional.of("no_confirmation"), read(overdue).order().reason());
        assertEquals(Optional.of("store_suspended"), read(ofSuspended).order().reason());
        assertEquals(OrderStatus.PENDING, read(stuck).order().status());
    }

    private ActOnStore.Answer act(StoreId which, ActOnStore.Action action) {
        return actingOnStores.handle(
                administrator, new ActOnStore.Request(which, action, Optional.of("plaintes répétées")));
    }

    private OrderId place() {
        OrderId order = placing.handle(Scene.attempting(afi), request()).orderId();
        saga.awaitState(order, "Await confirmation");
        return order;
    }

    private PlaceOrder.Request request() {
        return Scene.delivery(store, Payment.WALLET, Scene.item(rice, 1));
    }

    private OrderAnswer read(OrderId order) {
        return scene.readOrder().handle(afi, new ReadOrder.Request(order));
    }
}
