package tg.ecom.marketplace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.marketplace.Refused.refused;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.ProblemException;
import tg.ecom.kernel.ProductId;
import tg.ecom.kernel.StoreId;
import tg.ecom.marketplace.PlaceOrder.Payment;
import tg.ecom.platform.Caller;
import tg.ecom.testing.Together;

/** How an order is placed, and what it is refused for. */
class PlaceOrderTest {
    private final Scene scene = new Scene();
    private final Caller afi = scene.person(100_000);
    private final StoreId store = scene.store(scene.person(0));
    private final ProductId rice = scene.product(store, 4_500, 10);
    private final ProductId oil = scene.product(store, 1_200, 5);
    private final PlaceOrder placing = scene.placeOrder();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void order_reservesStockAndMoneyAndOwesItsSaga() {
        PlaceOrder.Answer answer =
                place(Scene.delivery(store, Payment.WALLET, Scene.item(rice, 2), Scene.item(oil, 1)));

        assertEquals(new Money(10_200), answer.subtotal());
        assertEquals(new Money(500), answer.deliveryFee());
        assertEquals(new Money(10_700), answer.totalAmount());
        assertEquals(PaymentStatus.PAID, answer.paymentStatus());
        assertTrue(answer.orderNumber().matches("[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}"), answer.orderNumber());
        assertEquals(8, scene.stock(rice));
        assertEquals(4, scene.stock(oil));
        assertEquals(100_000, scene.balance(afi));
        assertEquals(10_700, scene.held(afi));
        JsonNode started = scene.machineCalls().getFirst();
        assertEquals("StartExecution", started.path("action").asText());
        assertEquals(answer.orderId().toString(), started.path("name").asText());
        assertEquals(0, scene.number("select count(*) from platform.saga_starts"));
        assertEquals(1, scene.number("select count(*) from platform.outbox where type = 'order.placed'"));
        assertEquals(1_020, scene.number("select commission from marketplace.orders"));
    }

    @Test
    void pickup_costsNoDelivery() {
        assertEquals(
                new Money(4_500),
                place(Scene.pickup(store, Scene.item(rice, 1))).totalAmount());
    }

    @Test
    void sameKeyAgain_isTheSameOrder() {
        Caller attempt = Scene.attempting(afi, "lunch", "aa");
        PlaceOrder.Request request = Scene.pickup(store, Scene.item(rice, 1));
        PlaceOrder.Answer first = placing.handle(attempt, request);
        scene.clock().advance(Duration.ofMinutes(3));
        assertEquals(first, placing.handle(attempt, request));
        refused("idempotency_key_reused", () -> placing.handle(Scene.attempting(afi, "lunch", "bb"), request));

        assertEquals(9, scene.stock(rice));
        assertEquals(4_500, scene.held(afi));
        assertEquals(1, scene.number("select count(*) from marketplace.orders"));
    }

    @Test
    void operatorsMoney_isAskedForByTheSaga() {
        PlaceOrder.Answer answer = place(Scene.delivery(store, Payment.YAS, Scene.item(rice, 1)));

        assertEquals(PaymentStatus.PENDING, answer.paymentStatus());
        assertEquals(0, scene.held(afi));
        assertEquals(9, scene.stock(rice));
        JsonNode charge = Refused.json(
                        scene.machineCalls().getFirst().path("input").asText())
                .path("charge");
        assertEquals(5_000, charge.path("amount").asLong());
        assertEquals("yas", charge.path("method").asText());
        assertEquals(afi.user().toString(), charge.path("user_id").asText());
        assertEquals(
                1,
                scene.number(
                        "select count(*) from ledger.wallets where id = ? and purpose = 'escrow'",
                        answer.orderId().value()));
        assertEquals(0, scene.number("select count(*) from platform.outbox"));
    }

    @Test
    void fourthOrderThatWaitsForAnOperator_isRefused() {
        PlaceOrder.Request request = Scene.delivery(store, Payment.YAS, Scene.item(rice, 1));
        for (int count = 0; count < 3; count++) {
            place(request);
        }
        refused("too_many_unpaid", () -> place(request));
        assertEquals(7, scene.stock(rice));
    }

    @Test
    void ordersOfDifferentGoodsInTheSameInstant_keepThreeUnpaid() {
        List<Callable<Boolean>> works = new ArrayList<>();
        for (int count = 0; count < 12; count++) {
            PlaceOrder.Request request =
                    Scene.delivery(store, Payment.YAS, Scene.item(scene.product(store, 4_500, 10), 1));
            PlaceOrder own = scene.placeOrder();
            works.add(() -> {
                try {
                    own.handle(Scene.attempting(afi), request);
                    return true;
                } catch (ProblemException refused) {
                    assertEquals("too_many_unpaid", refused.problem().code());
                    return false;
                }
            });
        }
        assertEquals(3, Together.call(works).stream().filter(placed -> placed).count());
        assertEquals(3, scene.number("select count(*) from marketplace.orders"));
    }

    @Test
    void operatorsMoney_hasToFindRoomInTheWalletThatItWouldGoBackTo() {
        ProductId gold = scene.product(store, 950_000, 10);
        PlaceOrder.Request request = Scene.pickup(store, Payment.YAS, Scene.item(gold, 1));
        place(request);
        place(request);

        assertEquals(
                0L,
                refused("balance_cap_exceeded", () -> place(request)).members().getOrDefault("left", 0L));
        assertEquals(8, scene.stock(gold));
        place(Scene.delivery(store, Payment.WALLET, Scene.item(rice, 1)));
    }

    @Test
    void tenOrdersCancelledInAnHour_areEnough() {
        ActOnOrder acting = scene.actOnOrder();
        PlaceOrder.Request request = Scene.pickup(store, Scene.item(rice, 1));
        for (int count = 0; count < 10; count++) {
            acting.handle(afi, Scene.ask(place(request).orderId(), ActOnOrder.Action.CANCEL));
        }
        refused("too_many_cancelled", () -> place(request));
        assertEquals(10, scene.stock(rice));
        scene.clock().advance(Duration.ofMinutes(61));
        place(request);
    }

    @Test
    void closedStore_saysWhenItOpens() {
        scene.clock().advance(Duration.ofHours(13));
        assertEquals(
                "\"2026-11-24T07:30:00Z\"", told("store_closed", "opens_at", Scene.pickup(store, Scene.item(rice, 1))));
        scene.clock().advance(Duration.ofDays(5));
        assertEquals(
                "\"2026-11-30T07:30:00Z\"", told("store_closed", "opens_at", Scene.pickup(store, Scene.item(rice, 1))));
        assertNothingHappened();
    }

    @Test
    void changedPrice_isToldWithTheNewOne() {
        PlaceOrder.Item seen = new PlaceOrder.Item(rice, 1, Optional.of(new Money(4_000)));
        assertEquals(
                "[{\"code\":\"price_changed\",\"product_id\":\"" + rice + "\",\"unit_price\":4500}]",
                told("price_changed", "items", Scene.pickup(store, seen)));
        place(Scene.pickup(store, new PlaceOrder.Item(rice, 1, Optional.of(new Money(4_500)))));
    }

    @Test
    void whatIsNotThere_isToldLineByLine() {
        ProductId elsewhere = scene.product(scene.store(scene.person(0)), 100, 10);
        ProductId withdrawn = scene.product(store, 100, 10);
        scene.superuser()
                .useHandle(handle -> handle.execute(
                        "update marketplace.products set is_active = false where id = ?", withdrawn.value()));

        assertEquals(
                "[{\"code\":\"out_of_stock\",\"available\":10,\"product_id\":\"" + rice + "\"}]",
                told("out_of_stock", "items", Scene.pickup(store, Scene.item(rice, 11), Scene.item(oil, 5))));
        refused("product_unavailable", () -> place(Scene.pickup(store, Scene.item(elsewhere, 20))));
        refused("product_unavailable", () -> place(Scene.pickup(store, Scene.item(withdrawn, 20))));
        refused("invalid_value", () -> place(Scene.pickup(store, Scene.item(rice, 1), Scene.item(rice, 1))));
        assertNothingHappened();
    }

    @Test
    void orderBelowTheMinimum_isRefused() {
        ProductId salt = scene.product(store, 150, 10);
        assertEquals("1000", told("below_minimum", "min_order_amount", Scene.pickup(store, Scene.item(salt, 6))));
        place(Scene.pickup(store, Scene.item(salt, 7)));
    }

    @Test
    void storeThatDoesNotSell_isNotThere() {
        scene.superuser().useHandle(handle -> handle.execute("update marketplace.stores set is_active = false"));
        refused("store_unavailable", () -> place(Scene.pickup(store, Scene.item(rice, 1))));
        assertNothingHappened();
    }

    @Test
    void emptyWallet_reservesNothing() {
        Caller poor = scene.person(1_000);
        refused(
                "insufficient_funds",
                () -> placing.handle(Scene.attempting(poor), Scene.pickup(store, Scene.item(rice, 1))));
        assertEquals(0, scene.held(poor));
        assertNothingHappened();
    }

    @Test
    void endedSession_ordersNothing() {
        scene.superuser()
                .useHandle(handle -> handle.execute(
                        "update ledger.wallets set session_epoch = 1 where id = ?",
                        afi.user().value()));
        refused("session_revoked", () -> place(Scene.delivery(store, Payment.YAS, Scene.item(rice, 1))));
        assertNothingHappened();
    }

    @Test
    void deliveryAndItsPlace_goTogether() {
        PlaceOrder.Request pickup = Scene.pickup(store, Scene.item(rice, 1));
        PlaceOrder.Request nowhere = new PlaceOrder.Request(
                store,
                pickup.items(),
                PlaceOrder.Fulfilment.DELIVERY,
                Optional.empty(),
                Payment.WALLET,
                Optional.empty());
        refused("invalid_value", () -> place(nowhere));
        refused("method_unavailable", () -> place(Scene.delivery(store, Payment.CASH, Scene.item(rice, 1))));
        assertNothingHappened();
    }

    @Test
    void hundredCustomersForTheLastTen_makeTenOrders() {
        List<Callable<Boolean>> works = new ArrayList<>();
        List<Caller> customers = new ArrayList<>();
        for (int count = 0; count < 100; count++) {
            Caller customer = scene.person(5_000);
            PlaceOrder own = scene.placeOrder();
            customers.add(customer);
            works.add(() -> {
                try {
                    own.handle(Scene.attempting(customer), Scene.pickup(store, Scene.item(rice, 1)));
                    return true;
                } catch (ProblemException refused) {
                    assertEquals("out_of_stock", refused.problem().code());
                    return false;
                }
            });
        }
        List<Boolean> bought = Together.call(works);

        assertEquals(10, bought.stream().filter(done -> done).count());
        assertEquals(0, scene.stock(rice));
        assertEquals(10, scene.number("select count(*) from marketplace.orders"));
        for (int customer = 0; customer < customers.size(); customer++) {
            assertEquals(bought.get(customer) ? 4_500 : 0, scene.held(customers.get(customer)));
        }
        assertEquals(10, scene.number("select count(*) from ledger.holds where status = 'open'"));
        assertEquals(0, scene.differences());
    }

    @Test
    void ordersWithTheSameLinesInAnyOrder_neverMeetInADeadlock() {
        List<ProductId> products = new ArrayList<>();
        for (int count = 0; count < 6; count++) {
            products.add(scene.product(store, 1_000, 1_000_000));
        }
        List<Callable<Boolean>> works = new ArrayList<>();
        for (int worker = 0; worker < 8; worker++) {
            PlaceOrder own = scene.placeOrder();
            Caller customer = scene.person(1_900_000);
            Random random = new Random(worker);
            works.add(() -> {
                for (int count = 0; count < 300; count++) {
                    List<ProductId> shuffled = new ArrayList<>(products);
                    Collections.shuffle(shuffled, random);
                    own.handle(
                            Scene.attempting(customer),
                            Scene.pickup(
                                    store,
                                    Scene.item(shuffled.get(0), 1),
                                    Scene.item(shuffled.get(1), 1),
                                    Scene.item(shuffled.get(2), 1)));
                }
                return true;
            });
        }
        Together.call(works);
        assertEquals(8 * 300, scene.number("select count(*) from marketplace.orders"));
        assertEquals(
                6_000_000 - 8 * 300 * 3,
                scene.number("select sum(stock_quantity) from marketplace.products where price = 1000"));
    }

    private PlaceOrder.Answer place(PlaceOrder.Request request) {
        return placing.handle(Scene.attempting(afi), request);
    }

    private String told(String code, String member, PlaceOrder.Request request) {
        return refused(code, () -> place(request)).members().get(member).toString();
    }

    private void assertNothingHappened() {
        assertEquals(10, scene.stock(rice));
        assertEquals(5, scene.stock(oil));
        assertEquals(0, scene.held(afi));
        assertEquals(0, scene.number("select count(*) from marketplace.orders"));
        assertEquals(0, scene.number("select count(*) from platform.idempotency_keys"));
        assertEquals(0, scene.number("select count(*) from platform.saga_starts"));
        assertEquals(List.of(), scene.machineCalls());
        assertNotEquals(0, scene.balance(afi));
    }
}
