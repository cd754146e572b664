package tg.ecom.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tg.ecom.notifications.Scene.consumed;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Uuid7;
import tg.ecom.notifications.CloudServer.Sent;

/** Whom an order concerns is told what became of it: each once, and by SMS at most once. */
class NotifyPartiesTest {
    private static final String CUSTOMER = "+22890000001";
    private static final String OWNER = "+22890000002";

    private final Scene scene = new Scene();
    private final UUID afi = Uuid7.next(scene.clock());
    private final UUID kossi = Uuid7.next(scene.clock());
    private final UUID order = Uuid7.next(scene.clock());
    private final NotifyParties consumer = scene.notifyParties();

    @BeforeEach
    void bothCanBeReached() {
        try (KeepContacts contacts = scene.keepContacts()) {
            assertEquals(
                    0, consumed(contacts, scene.contact(afi, 1, CUSTOMER, "fr"), scene.contact(kossi, 1, OWNER, "en")));
        }
    }

    @AfterEach
    void close() {
        consumer.close();
        scene.close();
    }

    @Test
    void orderThatGoesWell_isToldStepByStep_toWhomItConcerns() {
        long version = 1;
        for (String type : List.of("placed", "confirmed", "ready", "out_for_delivery", "delivered")) {
            assertEquals(0, consumed(consumer, event(type, version++, "paid", false, "store", "")));
            scene.clock().advance(Duration.ofMinutes(1));
        }
        assertEquals(
                List.of(
                        new Sent(
                                OWNER,
                                "Ecom: new order 7K3F9-2QXAB of 5,500 F CFA for Chez Kossi."
                                        + " Accept or refuse it without delay."),
                        new Sent(CUSTOMER, "Ecom : Chez Kossi a accepté votre commande 7K3F9-2QXAB de 5 500 F CFA."),
                        new Sent(
                                CUSTOMER,
                                "Ecom : votre commande 7K3F9-2QXAB de Chez Kossi est en route."
                                        + " Donnez votre code une fois servi, pas avant."),
                        new Sent(
                                CUSTOMER,
                                "Ecom : votre commande 7K3F9-2QXAB vous a été remise."
                                        + " Chez Kossi est payé : 5 500 F CFA."),
                        new Sent(OWNER, "Ecom: order 7K3F9-2QXAB is delivered. 5,000 F CFA go to Chez Kossi.")),
                scene.cloud().messages());
        assertEquals(
                List.of(
                        "sale_placed sent",
                        "order_confirmed sent",
                        "order_under_way sent",
                        "order_delivered sent",
                        "sale_delivered sent"),
                scene.told());
    }

    @ParameterizedTest
    @CsvSource({
        "client, cancelled_by_client, refunded, order_cancelled sent;sale_cancelled sent",
        "administrator, cancelled_by_administrator, refunded, order_cancelled sent;sale_cancelled sent",
        "system, store_suspended, refunded, order_cancelled sent;sale_cancelled sent",
        "system, no_confirmation, refunded, order_expired sent;sale_cancelled sent",
        "system, no_delivery, refunded, order_expired sent;sale_cancelled sent",
        "store, rejected, refunded, order_rejected sent",
        "system, not_paid, pending, order_unpaid sent",
        "client, cancelled_by_client, pending, order_unpaid sent",
    })
    void orderThatComesToNothing_isToldByItsReason(String party, String reason, String paymentStatus, String told) {
        assertEquals(0, consumed(consumer, event("cancelled", 2, paymentStatus, false, party, reason)));
        assertEquals(List.of(told.split(";")), scene.told());
    }

    @Test
    void pickup_isToldWhenItIsReady() {
        assertEquals(0, consumed(consumer, event("ready", 4, "paid", true, "store", "")));
        assertEquals(List.of("order_ready sent"), scene.told());
    }

    @Test
    void moneyThatComesAfterTheEnd_isTold_alsoBeforeTheEndIs() {
        String cancelled = event("cancelled", 2, "pending", false, "system", "not_paid");
        String refunded = event("refunded", 2, "refunded", false, "client", "not_paid");
        assertEquals(0, consumed(consumer, refunded));
        scene.clock().advance(Duration.ofSeconds(1));
        assertEquals(0, consumed(consumer, cancelled));
        assertEquals(List.of("order_refunded sent", "order_unpaid sent"), scene.told());
    }

    @Test
    void eventOfNobodysInterest_goesToTheDeadLetters() {
        assertEquals(1, consumed(consumer, event("preparing", 3, "paid", false, "store", "")));
        assertEquals(List.of(), scene.told());
    }

    @Test
    void olderNewsThatComesLater_isPassedOver() {
        String confirmed = event("confirmed", 2, "paid", false, "store", "");
        assertEquals(0, consumed(consumer, event("delivered", 6, "paid", false, "store", ""), confirmed));
        assertEquals(List.of("order_delivered sent", "sale_delivered sent"), scene.told());
    }

    @Test
    void messageDeliveredTwice_alsoAtOnce_isToldEachOnce() throws Exception {
        String event = event("delivered", 6, "paid", false, "store", "");
        CountDownLatch start = new CountDownLatch(1);
        int instances = 6;
        try (ExecutorService threads = Executors.newFixedThreadPool(instances)) {
            List<Future<Integer>> answers = IntStream.range(0, instances)
                    .mapToObj(instance -> threads.submit(() -> {
                        try (NotifyParties one = scene.notifyParties()) {
                            start.await();
                            return consumed(one, event, event);
                        }
                    }))
                    .toList();
            start.countDown();
            for (Future<Integer> answer : answers) {
                assertEquals(0, answer.get());
            }
        }
        assertEquals(List.of("order_delivered sent", "sale_delivered sent"), scene.told());
        assertEquals(2, scene.cloud().messages().size());
    }

    @Test
    void personWhosePhoneCannotBeRead_keepsNobodyElsesSmsBack() {
        scene.superuser()
                .useHandle(handle -> handle.execute(
                        "update notifications.contacts set phone_encrypted = '\\x00' where user_id = ?", afi));
        assertEquals(1, consumed(consumer, event("delivered", 6, "paid", false, "store", "")));
        assertEquals(List.of("order_delivered due", "sale_delivered sent"), scene.told());
    }

    @Test
    void smsThatSnsDoesNotTake_isSentWhenTheMessageComesAgain() {
        String event = event("delivered", 6, "paid", false, "store", "");
        scene.cloud().answer(400, "Throttling");
        assertEquals(1, consumed(consumer, event));
        assertEquals(List.of("order_delivered due", "sale_delivered due"), scene.told());
        scene.cloud().answer(200, "");
        assertEquals(0, consumed(consumer, event, event));
        assertEquals(List.of("order_delivered sent", "sale_delivered sent"), scene.told());
        assertEquals(2, scene.cloud().messages().size());
    }

    @Test
    void smsThatIsOvertakenByNewerNews_isNotSentAnyMore_butTheOthersIs() {
        scene.cloud().answer(400, "Throttling");
        assertEquals(1, consumed(consumer, event("placed", 1, "paid", false, "client", "")));
        scene.clock().advance(Duration.ofSeconds(1));
        assertEquals(1, consumed(consumer, event("confirmed", 2, "paid", false, "store", "")));
        scene.cloud().answer(200, "");
        scene.clock().advance(Duration.ofMinutes(1));
        assertEquals(0, consumed(consumer, event("cancelled", 3, "refunded", false, "system", "no_preparation")));
        assertEquals(
                List.of(
                        "sale_placed outdated",
                        "order_confirmed outdated",
                        "order_expired sent",
                        "sale_cancelled sent"),
                scene.told());
    }

    @Test
    void whoBuysInTheirOwnStore_isToldAsBoth() {
        assertEquals(
                0,
                consumed(
                        consumer,
                        scene.order("order.delivered", order, 6, afi, afi, "paid", false, "store", Optional.empty())));
        assertEquals(List.of("order_delivered sent", "sale_delivered sent"), scene.told());
    }

    @Test
    void storeThatSellsMuch_isToldOfEach_whileCustomersHaveAnEnd() {
        for (int i = 0; i < 32; i++) {
            String event = scene.order(
                    "order.cancelled",
                    Uuid7.next(scene.clock()),
                    2,
                    afi,
                    kossi,
                    "refunded",
                    false,
                    "client",
                    Optional.of("cancelled_by_client"));
            assertEquals(0, consumed(consumer, event));
            scene.clock().advance(Duration.ofSeconds(1));
        }
        assertEquals(
                List.of("order_cancelled capped", "sale_cancelled sent"),
                scene.told().subList(62, 64));
        assertEquals(62, scene.cloud().messages().size());
    }

    @Test
    void inbox_namesTheOrder_inTheReadersLanguage() {
        assertEquals(0, consumed(consumer, event("delivered", 6, "paid", false, "store", "")));
        try (ListNotifications list = scene.api(ListNotifications::new)) {
            Notification told = list.handle(
                            scene.caller(kossi, Language.FRENCH), new ListNotifications.Request(Optional.empty(), 20))
                    .items()
                    .getFirst();
            assertEquals(Kind.SALE_DELIVERED, told.kind());
            assertEquals(order, told.orderId().orElseThrow().value());
            assertEquals(Optional.empty(), told.rechargeId());
            assertEquals("La commande 7K3F9-2QXAB est remise. 5 000 F CFA reviennent à Chez Kossi.", told.text());
        }
    }

    private String event(
            String type, long version, String paymentStatus, boolean isPickup, String party, String reason) {
        return scene.order(
                "order." + type,
                order,
                version,
                afi,
                kossi,
                paymentStatus,
                isPickup,
                party,
                Optional.of(reason).filter(why -> !why.isEmpty()));
    }
}
