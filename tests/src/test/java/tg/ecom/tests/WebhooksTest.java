package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.testing.Eventually.eventually;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tg.ecom.testing.Together;

/** Webhooks from YAS and from whoever pretends to be YAS, in any order and any number. */
final class WebhooksTest {
    private static final int WEBHOOKS = 2_000;
    private static final int THREADS = 16;
    private static final int PAID = 8;
    private static final int UNPAID = 4;
    private static final long AMOUNT = 500;
    private static final Duration DECIDED = Duration.ofSeconds(3);
    private static final int BODY_MAX = 64_000;
    private static final String JSON = "application/json";

    @RegisterExtension
    final Scene scene = new Scene();

    /** Somebody who recharges, and by what name YAS knows it. */
    private record Payer(Person person, String rechargeId, String reference) {}

    /** A webhook as it is sent. */
    private record Webhook(String contentType, byte[] body) {}

    @Test
    void webhooksOfAllKinds_creditWhatWasPaidOnce_andNothingElse() {
        long seed = Long.getLong("ecom.seed", System.nanoTime());
        Random random = new Random(seed);
        List<Payer> paid = payers(PAID, "silent");
        List<Payer> unpaid = payers(UNPAID, "late");
        scene.cloud().advance(DECIDED);
        Queue<Webhook> webhooks = new ConcurrentLinkedQueue<>(webhooks(random, paid, unpaid));
        List<String> unfit = Together.call(THREADS, () -> sendAll(webhooks)).stream()
                .flatMap(List::stream)
                .toList();
        assertEquals(List.of(), unfit, "seed " + seed);
        for (Payer payer : paid) {
            eventually("credited, seed " + seed, () -> status(payer).equals("succeeded"));
            assertEquals(AMOUNT, payer.person().balance(), "seed " + seed);
        }
        for (Payer payer : unpaid) {
            assertEquals("pending", status(payer), "seed " + seed);
            assertEquals(0, payer.person().balance(), "seed " + seed);
        }
        assertTrue(scene.cloud().verify().path("ok").booleanValue(), "seed " + seed);
    }

    private List<Payer> payers(int count, String scenario) {
        return Stream.generate(() -> payer(scenario)).limit(count).toList();
    }

    private Payer payer(String scenario) {
        Person person = scene.people().signUp();
        scene.cloud().yas(person.phone(), scenario);
        Answer taken = person.api()
                .withKey(UUID.randomUUID().toString())
                .post("/api/wallet/recharge", "amount", AMOUNT, "payment_method", "yas")
                .expect(202);
        eventually(
                "YAS is asked",
                () -> !scene.cloud().yasStatement(person.phone()).isEmpty());
        String reference = scene.cloud()
                .yasStatement(person.phone())
                .path(0)
                .path("reference")
                .textValue();
        return new Payer(person, taken.text("recharge_id"), reference);
    }

    /** Sends what is left of them. @return the answers that are not as they should be */
    private List<String> sendAll(Queue<Webhook> webhooks) {
        List<String> unfit = new ArrayList<>();
        for (Webhook webhook = webhooks.poll(); webhook != null; webhook = webhooks.poll()) {
            int status = scene.api()
                    .postAs("/webhooks/yas", webhook.contentType(), webhook.body())
                    .status();
            if (status != (webhook.body().length > BODY_MAX ? 413 : 200)) {
                unfit.add(status + " of " + webhook.body().length + " bytes of " + webhook.contentType());
            }
        }
        return unfit;
    }

    /** Of each paid recharge there is one that is genuine, and most come many times. */
    private static List<Webhook> webhooks(Random random, List<Payer> paid, List<Payer> unpaid) {
        List<Webhook> all = new ArrayList<>();
        paid.forEach(payer -> all.add(told(payer.reference(), "SUCCES", AMOUNT)));
        while (all.size() < WEBHOOKS) {
            String known = any(random, paid).reference();
            String waiting = any(random, unpaid).reference();
            all.add(
                    switch (random.nextInt(9)) {
                        case 0, 1 -> told(known, "SUCCES", AMOUNT);
                        case 2 -> told(known, "ECHEC", AMOUNT);
                        case 3 -> told(waiting, "SUCCES", AMOUNT);
                        case 4 -> told(waiting, "ECHEC", AMOUNT);
                        case 5 -> told(random.nextBoolean() ? known : waiting, "SUCCES", random.nextLong());
                        case 6 -> told(UUID.randomUUID().toString(), "SUCCES", AMOUNT);
                        case 7 -> garbage(random);
                        default ->
                            new Webhook(
                                    "text/plain",
                                    told(waiting, "SUCCES", AMOUNT).body());
                    });
        }
        Collections.shuffle(all, random);
        return all;
    }

    private static Webhook told(String reference, String outcome, long amount) {
        return json(Api.object(
                        "code",
                        outcome.equals("SUCCES") ? 2002 : 2005,
                        "message",
                        outcome,
                        "refTmoney",
                        "TM" + reference,
                        "idRequete",
                        reference,
                        "statutRequete",
                        outcome,
                        "typeRequete",
                        "DEBIT",
                        "refCommande",
                        reference,
                        "montant",
                        amount,
                        "numeroClient",
                        "22890000000")
                .toString());
    }

    private static Webhook garbage(Random random) {
        byte[] bytes = new byte[random.nextInt(2_000)];
        random.nextBytes(bytes);
        return switch (random.nextInt(7)) {
            case 0 -> new Webhook(JSON, bytes);
            case 1 -> new Webhook("application/octet-stream", bytes);
            case 2 -> json("");
            case 3 -> json("{\"idRequete\": {\"a\": [1, 2]}, \"montant\": \"a lot\"}");
            case 4 -> json("[".repeat(5_000));
            case 5 -> json("{\"idRequete\": \"\\u0000' or 1=1 --\"}");
            default -> json("{\"idRequete\": \"" + "9".repeat(200_000) + "\"}");
        };
    }

    private static Webhook json(String text) {
        return new Webhook(JSON, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Payer any(Random random, List<Payer> payers) {
        return payers.get(random.nextInt(payers.size()));
    }

    private static String status(Payer payer) {
        return payer.person()
                .api()
                .get("/api/wallet/recharges/" + payer.rechargeId())
                .expect(200)
                .text("status");
    }
}
