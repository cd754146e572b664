package tg.ecom.marketplace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.marketplace.Refused.refused;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.OrderId;
import tg.ecom.kernel.ProductId;
import tg.ecom.kernel.StoreId;
import tg.ecom.ledger.EcomWallet;
import tg.ecom.marketplace.ActOnOrder.Action;
import tg.ecom.marketplace.PlaceOrder.Payment;
import tg.ecom.platform.Caller;
import tg.ecom.platform.Role;

/** An order through its machine: who may do what, where the money ends, and what time does. */
class OrderSagaTest {
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

    @AfterEach
    void close() {
        saga.close();
    }

    @Test
    void deliveredOrder_isSharedOutInTheMomentOfTheCode() {
        OrderId order = place(Scene.delivery(store, Payment.WALLET, Scene.item(rice, 2)));
        TO_THE_DOOR.forEach(action -> saga.act(owner, order, action));
        assertEquals(100_000, scene.balance(afi));

        OrderAnswer delivered = saga.act(owner, order, Action.DELIVER, code(order));

        assertEquals(OrderStatus.DELIVERED, delivered.order().status());
        assertEquals(90_500, scene.balance(afi));
        assertEquals(0, scene.held(afi));
        assertEquals(8_600, scene.accumulated(store.value()));
        assertEquals(900, scene.accumulated(EcomWallet.COMMISSION.id().value()));
        assertEquals(8, scene.stock(rice));
        assertEquals(1, scene.number("select total_orders from marketplace.stores where id = ?", store.value()));
        assertEquals(
                "Await confirmation, Await preparation, Await readiness, Await handover, Brought or fetched, "
                        + "Await delivery, Delivered",
                saga.awaitEnd(order).replace("How it is paid, ", ""));
        assertEquals(
                List.of("place", "confirm", "prepare", "ready", "hand_over", "deliver"),
                delivered.timeline().stream().map(OrderView.Event::action).toList());
        assertEquals(6, scene.number("select count(*) from platform.outbox"));
        assertEquals(0, scene.number("select count(*) from platform.parked_tasks"));
        assertEquals(0, scene.differences());
    }

    @Test
    void pickup_endsWhenItIsHandedOverForTheCode() {
        OrderId order = place(Scene.pickup(store, Scene.item(rice, 1)));
        TO_THE_DOOR.subList(0, 3).forEach(action -> saga.act(owner, order, action));
        refused("wrong_code", () -> saga.act(owner, order, Action.HAND_OVER));
        saga.act(owner, order, Action.HAND_OVER, code(order));

        assertEquals(95_500, scene.balance(afi));
        assertTrue(saga.awaitEnd(order).endsWith("Brought or fetched, Delivered"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, REJECT, rejected",
        "1, REJECT, rejected",
        "3, REJECT, rejected",
        "0, CANCEL, cancelled_by_client",
        "1, CANCEL, cancelled_by_client"
    })
    void orderThatSomebodyEnds_givesBackStockAndMoney(int steps, Action action, String reason) {
        OrderId order = place(Scene.delivery(store, Payment.WALLET, Scene.item(rice, 2)));
        TO_THE_DOOR.subList(0, steps).forEach(each -> saga.act(owner, order, each));
        OrderAnswer ended = saga.act(action == Action.REJECT ? owner : afi, order, action);

        assertEquals(Optional.of(reason), ended.order().reason());
        assertEquals(PaymentStatus.REFUNDED, ended.order().paymentStatus());
        assertEquals(List.of(), ended.allowedActions());
        assertEverythingIsBack(order);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 600, no_confirmation",
        "1, 1800, no_preparation",
        "2, 7200, no_readiness",
        "3, 86400, no_handover",
        "4, 14400, no_delivery"
    })
    void orderThatNobodyTakesFurther_endsWhenItsTimeIsOver(int steps, int windowS, String reason) {
        OrderId order = place(Scene.delivery(store, Payment.WALLET, Scene.item(rice, 2)));
        String[] states = {
            "Await confirmation", "Await preparation", "Await readiness", "Await handover", "Await delivery"
        };
        for (int step = 0; step < steps; step++) {
            saga.awaitState(order, states[step]);
            saga.act(owner, order, TO_THE_DOOR.get(step));
        }
        saga.awaitState(order, states[steps]);
        saga.advance(Duration.ofSeconds(windowS - 1));
        assertEquals(10 - 2, scene.stock(rice));
        saga.advance(Duration.ofSeconds(1));

        assertTrue(saga.awaitEnd(order).endsWith("Expire, Where it stands, Cancelled"), saga.states(order));
        assertEquals(Optional.of(reason), read(afi, order).order().reason());
        assertEverythingIsBack(order);
    }

    @Test
    void storeThatActsInTheLastInstant_isNotTooLate() {
        OrderId order = place(Scene.pickup(store, Scene.item(rice, 1)));
        saga.awaitState(order, "Await confirmation");
        // The row is the store's before the machine hears of it: as if its function died between commit and wake.
        scene.superuser()
                .useHandle(handle -> handle.execute("update marketplace.orders set status = 'confirmed', version = 2"));
        saga.advance(OrderStatus.PENDING.window());

        saga.awaitState(order, "Await preparation");
        assertEquals(OrderStatus.CONFIRMED, read(afi, order).order().status());
    }

    @Test
    void fiveWrongCodes_leaveItToAnAdministrator() {
        OrderId order = place(Scene.delivery(store, Payment.WALLET, Scene.item(rice, 1)));
        TO_THE_DOOR.forEach(action -> saga.act(owner, order, action));
        String wrong = code(order).equals("0000") ? "0001" : "0000";
        for (int left = 4; left >= 0; left--) {
            assertEquals(
                    Map.of("tries_left", left),
                    refused("wrong_code", () -> saga.act(owner, order, Action.DELIVER, wrong))
                            .members());
        }
        refused("wrong_code", () -> saga.act(owner, order, Action.DELIVER, code(order)));
        assertEquals(0, scene.accumulated(store.value()));

        saga.act(administrator, order, Action.DELIVER);
        assertEquals(4_550, scene.accumulated(store.value()));
        saga.awaitEnd(order);
    }

    @Test
    void pickupWithFiveWrongCodes_isHandedOverByAnAdministrator() {
        OrderId order = place(Scene.pickup(store, Scene.item(rice, 1)));
        TO_THE_DOOR.subList(0, 3).forEach(action -> saga.act(owner, order, action));
        String wrong = code(order).equals("0000") ? "0001" : "0000";
        for (int tries = 0; tries < 5; tries++) {
            refused("wrong_code", () -> saga.act(owner, order, Action.HAND_OVER, wrong));
        }
        refused("wrong_code", () -> saga.act(owner, order, Action.HAND_OVER, code(order)));

        saga.act(administrator, order, Action.HAND_OVER);
        assertEquals(4_050, scene.accumulated(store.value()));
        saga.awaitEnd(order);
    }

    @Test
    void goodsThatComeBack_findRoomWhateverTheOwnerHasCounted() {
        OrderId order = place(Scene.pickup(store, Scene.item(rice, 1)));
        scene.superuser()
                .useHandle(handle -> handle.execute("update marketplace.products set stock_quantity = 1000000000"));

        saga.act(afi, order, Action.CANCEL);
        assertEquals(1_000_000_001, scene.stock(rice));
        assertEquals(0, scene.held(afi));
    }

    @Test
    void sessionThatHasEnded_takesNoOrderAnywhere() {
        OrderId order = place(Scene.pickup(store, Scene.item(rice, 1)));
        for (Caller caller : List.of(afi, owner, administrator)) {
            scene.superuser()
                    .useHandle(handle -> handle.execute(
                            "insert into ledger.revoked_sessions values (?, ?, '2026-11-23T08:00:00Z')",
                            caller.session().value(),
                            caller.user().value()));
            refused("session_revoked", () -> saga.act(caller, order, Action.CANCEL));
        }
        assertEquals(4_500, scene.held(afi));
        assertEquals(1, scene.number("select count(*) from marketplace.order_events"));
    }

    @Test
    void actionOfNobodys_isRefusedWithWhatMayBeDone() {
        OrderId order = place(Scene.pickup(store, Scene.item(rice, 1)));
        refused("not_found", () -> saga.act(scene.person(0), order, Action.CANCEL));
        refused("not_found", () -> read(scene.person(0, Role.STORE_OWNER), order));
        assertEquals(
                Map.of(
                        "order_status",
                        OrderStatus.PENDING,
                        "allowed_actions",
                        List.of(OrderAction.CONFIRM, OrderAction.REJECT)),
                refused("wrong_state", () -> saga.act(owner, order, Action.PREPARE))
                        .members());
        assertEquals(
                Map.of("order_status", OrderStatus.PENDING, "allowed_actions", List.of(OrderAction.CANCEL)),
                refused("wrong_state", () -> saga.act(afi, order, Action.CONFIRM))
                        .members());
        saga.act(owner, order, Action.CONFIRM);
        assertEquals(
                OrderStatus.CONFIRMED,
                saga.act(owner, order, Action.CONFIRM).order().status());
        saga.act(owner, order, Action.PREPARE);
        refused("wrong_state", () -> saga.act(afi, order, Action.CANCEL));
        saga.act(administrator, order, Action.CANCEL);
        assertEverythingIsBack(order);
    }

    @Test
    void operatorsMoney_isTheStoresOnDelivery() {
        OrderId order = place(Scene.delivery(store, Payment.YAS, Scene.item(rice, 2)));
        refused("wrong_state", () -> saga.act(owner, order, Action.CONFIRM));
        pay(order, 9_500);
        saga.charge(true);
        saga.awaitState(order, "Await confirmation");
        assertEquals(PaymentStatus.PAID, read(owner, order).order().paymentStatus());
        TO_THE_DOOR.forEach(action -> saga.act(owner, order, action));
        OrderAnswer delivered = saga.act(owner, order, Action.DELIVER, code(order));

        assertEquals(100_000, scene.balance(afi));
        assertEquals(
                Optional.of(new OrderView.Shares(new Money(900), new Money(190), new Money(8_410))),
                delivered.shares());
        assertEquals(Optional.empty(), read(afi, order).shares());
        assertEquals(8_410, scene.accumulated(store.value()));
        assertEquals(900, scene.accumulated(EcomWallet.COMMISSION.id().value()));
        assertEquals(190, scene.accumulated(EcomWallet.FEES.id().value()));
        assertEquals(
                8_410,
                scene.number(
                        "select (payload ->> 'proceeds')::bigint from platform.outbox where type = 'order.placed'"));
        assertEquals(0, scene.number("select balance from ledger.wallets where id = ?", order.value()));
        saga.awaitEnd(order);
        assertEquals(0, scene.differences());
    }

    @Test
    void operatorThatChangesItsRate_keepsWhatWasItsWhenTheMoneyCame() {
        OrderId order = place(Scene.pickup(store, Payment.YAS, Scene.item(rice, 1)));
        pay(order, 4_500);
        saga.charge(true);
        saga.awaitState(order, "Await confirmation");
        scene.superuser()
                .useHandle(handle -> handle.execute(
                        "insert into marketplace.operator_rates values ('yas', '2026-11-23T08:00:01Z', 2000)"));
        saga.advance(Duration.ofSeconds(2));
        TO_THE_DOOR.subList(0, 3).forEach(action -> saga.act(owner, order, action));
        saga.act(owner, order, Action.HAND_OVER, code(order));

        assertEquals(90, scene.accumulated(EcomWallet.FEES.id().value()));
        saga.awaitEnd(order);
    }

    @Test
    void operatorsNo_givesTheGoodsBack() {
        OrderId order = place(Scene.delivery(store, Payment.YAS, Scene.item(rice, 2)));
        saga.charge(false);

        assertTrue(saga.awaitEnd(order).endsWith("Not paid, Where it stands, Cancelled"));
        assertEquals(Optional.of("not_paid"), read(afi, order).order().reason());
        assertEquals(10, scene.stock(rice));
    }

    @Test
    void moneyThatComesAfterTheCancelling_goesToTheCustomersWallet() {
        OrderId order = place(Scene.delivery(store, Payment.YAS, Scene.item(rice, 2)));
        saga.act(afi, order, Action.CANCEL);
        assertEquals(10, scene.stock(rice));
        pay(order, 9_500);
        saga.charge(true);

        assertTrue(saga.awaitEnd(order).endsWith("Arrive, Where it stands, Cancelled"));
        assertEquals(109_500, scene.balance(afi));
        assertEquals(
                9_500,
                scene.number(
                        "select reloaded_month from ledger.wallets where id = ?",
                        afi.user().value()));
        assertEquals(PaymentStatus.REFUNDED, read(afi, order).order().paymentStatus());
        assertEquals(1, scene.number("select count(*) from platform.outbox where type = 'order.refunded'"));
        assertEquals(0, scene.differences());
    }

    private OrderId place(PlaceOrder.Request request) {
        return placing.handle(Scene.attempting(afi), request).orderId();
    }

    private OrderAnswer read(Caller caller, OrderId order) {
        return scene.readOrder().handle(caller, new ReadOrder.Request(order));
    }

    private String code(OrderId order) {
        return read(afi, order).deliveryCode().orElseThrow();
    }

    private void pay(OrderId order, long amount) {
        scene.superuser().useHandle(handle -> Scene.fund(handle, order.value(), amount));
    }

    private void assertEverythingIsBack(OrderId order) {
        saga.awaitEnd(order);
        assertEquals(10, scene.stock(rice));
        assertEquals(100_000, scene.balance(afi));
        assertEquals(0, scene.held(afi));
        assertEquals(0, scene.accumulated(store.value()));
        assertEquals(0, scene.number("select count(*) from ledger.holds where status = 'open'"));
        assertEquals(0, scene.differences());
    }
}
