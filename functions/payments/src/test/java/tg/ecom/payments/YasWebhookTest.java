package tg.ecom.payments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tg.ecom.kernel.PaymentId;
import tg.ecom.platform.Caller;
import tg.ecom.platform.Tick;
import tg.ecom.platform.WebhookFunction.Delivery;
import tg.ecom.testing.Together;

/** What anybody may send, and what comes of it. */
class YasWebhookTest {
    private static final long AMOUNT = 500;
    private static final int WEBHOOKS = 2_000;
    private static final int PAYMENTS = 40;
    private static final int PARALLEL = 8;
    private static final long SEED = 20_261_123;

    private final Scene scene = new Scene();
    private final Caller afi = scene.person();
    private final YasWebhook webhook = scene.webhook();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void webhook_isKeptAndHasTheOperatorAsked() {
        PaymentId id = scene.asked(afi, AMOUNT);
        String body = "{\"idRequete\": \"" + Reference.of(id) + "\", \"numeroClient\": \"22890123456\"}";
        assertEquals(new YasWebhook.Received(true), send(body));
        assertEquals(
                List.of(new CloudServer.Sent(Question.atOnce(id), 0)),
                scene.cloud().sent());
        assertEquals(PaymentStatus.PENDING, scene.status(id));
        assertEquals(1, scene.number("select count(*) from payments.webhooks where payment_id = ?", id.value()));
        String row = scene.superuser()
                .withHandle(handle -> handle.createQuery("select w::text from payments.webhooks w")
                        .mapTo(String.class)
                        .one());
        assertFalse(row.contains("22890123456"), row);
        assertFalse(row.contains(HexFormat.of().formatHex("22890123456".getBytes(StandardCharsets.UTF_8))), row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{\"idRequete\": null}",
                "{\"idRequete\": {\"a\": 1}}",
                "{\"idRequete\": \"'; drop table payments.payments; --\"}",
                "{\"idRequete\": \"00000000000000000000000000\"}",
                "\0\uffff",
                "{\"idRequete\": \"7VVVVVVVVVVVVVVVVVVVVVVVVV\", \"idRequete\": \"1\"}"
            })
    void junk_isKeptAndAnsweredAlike(String body) {
        assertEquals(new YasWebhook.Received(true), send(body));
        assertEquals(List.of(), scene.cloud().sent());
        assertEquals(1, scene.number("select count(*) from payments.webhooks"));
    }

    @Test
    void bytesThatAreNoText_areKept() {
        byte[] bytes = {(byte) 0xff, 0, (byte) 0xfe, 1};
        assertEquals(new YasWebhook.Received(true), webhook.handle(new Delivery(Map.of("a", "b"), bytes)));
    }

    @Test
    void settledPayment_isNotAskedAbout() {
        PaymentId id = scene.asked(afi, AMOUNT);
        scene.yas().pay(Reference.of(id));
        scene.charges().ask(Question.atOnce(id));
        send(telling(id, "SUCCES"));
        assertEquals(List.of(), scene.cloud().sent());
    }

    @Test
    void queueThatIsDown_isNotTheSendersConcern() {
        PaymentId id = scene.asked(afi, AMOUNT);
        scene.cloud().stopQueue();
        assertEquals(new YasWebhook.Received(true), send(telling(id, "SUCCES")));
    }

    @Test
    void oldWebhooks_areForgotten() {
        send("{}");
        scene.clock().advance(Duration.ofDays(91));
        try (SweepPayments sweeper = scene.sweeper()) {
            sweeper.handle(new Tick());
        }
        assertEquals(0, scene.number("select count(*) from payments.webhooks"));
    }

    /** True and forged ones, each often, in any order, and the questions they cause likewise. */
    @Test
    void twoThousandWebhooksInAnyOrder_creditNothingTwiceAndBelieveNothingForged() {
        Random random = new Random(SEED);
        List<Caller> people = new ArrayList<>();
        List<PaymentId> payments = new ArrayList<>();
        for (int i = 0; i < PAYMENTS; i++) {
            people.add(scene.person());
            payments.add(scene.asked(people.getLast(), AMOUNT));
            if (i % 4 == 0) {
                scene.yas().pay(Reference.of(payments.getLast()));
            } else if (i % 4 == 1) {
                scene.yas().refuse(Reference.of(payments.getLast()));
            }
        }
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < WEBHOOKS; i++) {
            PaymentId about = payments.get(random.nextInt(PAYMENTS));
            bodies.add(telling(about, List.of("SUCCES", "ECHEC", "EN_COURS").get(random.nextInt(3))));
        }
        Collections.shuffle(bodies, random);

        deliver(bodies);

        for (int i = 0; i < PAYMENTS; i++) {
            PaymentStatus expected = switch (i % 4) {
                case 0 -> PaymentStatus.SUCCEEDED;
                case 1 -> PaymentStatus.FAILED;
                default -> PaymentStatus.PENDING;
            };
            assertEquals(expected, scene.status(payments.get(i)), "payment " + i);
            assertEquals(expected == PaymentStatus.SUCCEEDED ? AMOUNT : 0, scene.balance(people.get(i)));
        }
        assertEquals(WEBHOOKS, scene.number("select count(*) from payments.webhooks"));
        assertEquals(0, scene.number("select sum(amount)::bigint from ledger.entries"));
    }

    /** Webhooks and the questions that they cause, on instances side by side. */
    private void deliver(List<String> bodies) {
        ConcurrentLinkedQueue<String> waiting = new ConcurrentLinkedQueue<>(bodies);
        List<Callable<Boolean>> instances = new ArrayList<>();
        for (int i = 0; i < PARALLEL; i++) {
            YasWebhook own = scene.webhook();
            Charges charges = scene.charges();
            instances.add(() -> {
                for (String body = waiting.poll(); body != null; body = waiting.poll()) {
                    own.handle(delivery(body));
                    scene.cloud().sent().forEach(sent -> charges.ask(sent.question()));
                }
                return true;
            });
        }
        Together.call(instances);
    }

    private YasWebhook.Received send(String body) {
        return webhook.handle(delivery(body));
    }

    private static Delivery delivery(String body) {
        return new Delivery(Map.of("content-type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    private static String telling(PaymentId id, String state) {
        return "{\"code\": 2002, \"idRequete\": \"%s\", \"statutRequete\": \"%s\", \"montant\": 500}"
                .formatted(Reference.of(id), state);
    }
}
