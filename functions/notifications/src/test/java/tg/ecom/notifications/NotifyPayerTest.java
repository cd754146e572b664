package tg.ecom.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static tg.ecom.notifications.Scene.consumed;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Uuid7;
import tg.ecom.notifications.CloudServer.Sent;

/** Who recharges is told how it ended: once, the newest, and by SMS at most once. */
class NotifyPayerTest {
    private static final String PHONE = "+22890123456";
    private static final String LATE =
            "Ecom : votre recharge de 20 000 F CFA a été confirmée en retard par l'opérateur."
                    + " Elle est sur votre compte.";

    private final Scene scene = new Scene();
    private final UUID afi = Uuid7.next(scene.clock());
    private final UUID payment = Uuid7.next(scene.clock());
    private final NotifyPayer consumer = scene.notifyPayer();

    @BeforeEach
    void afiCanBeReached() {
        try (KeepContacts contacts = scene.keepContacts()) {
            assertEquals(0, consumed(contacts, scene.contact(afi, 1, PHONE, "fr")));
        }
    }

    @AfterEach
    void close() {
        consumer.close();
        scene.close();
    }

    @Test
    void moneyThatCameLate_isToldInTheAppAndBySms() {
        assertEquals(0, consumed(consumer, scene.payment("payment.completed_late", payment, 4, afi)));
        assertEquals(List.of("recharge_late sent"), scene.told());
        assertEquals(List.of(new Sent(PHONE, LATE)), scene.cloud().messages());
    }

    @Test
    void whatDidNotCome_isToldBySms() {
        for (String type : List.of("payment.failed", "payment.expired", "payment.review")) {
            assertEquals(0, consumed(consumer, scene.payment(type, Uuid7.next(scene.clock()), 3, afi)));
            scene.clock().advance(Duration.ofSeconds(1));
        }
        assertEquals(List.of("recharge_failed sent", "recharge_expired sent", "recharge_review sent"), scene.told());
        assertEquals(3, scene.cloud().messages().size());
    }

    @Test
    void eventOfNobodysInterest_goesToTheDeadLetters() {
        assertEquals(1, consumed(consumer, scene.payment("payment.completed", payment, 1, afi)));
        assertEquals(List.of(), scene.told());
    }

    @Test
    void messageDeliveredTwice_alsoAtOnce_isToldOnce() throws Exception {
        String event = scene.payment("payment.completed_late", payment, 4, afi);
        CountDownLatch start = new CountDownLatch(1);
        int instances = 6;
        try (ExecutorService threads = Executors.newFixedThreadPool(instances)) {
            List<Future<Integer>> answers = IntStream.range(0, instances)
                    .mapToObj(instance -> threads.submit(() -> {
                        try (NotifyPayer one = scene.notifyPayer()) {
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
        assertEquals(List.of("recharge_late sent"), scene.told());
        assertEquals(1, scene.cloud().messages().size());
    }

    @Test
    void functionThatDiesAroundTheSending_neverSendsTwice() {
        for (String point : List.of("aws.Sns.Publish.before", "aws.Sns.Publish.after")) {
            String event = scene.payment("payment.failed", Uuid7.next(scene.clock()), 3, afi);
            try (NotifyPayer dying = scene.notifyPayer(reached -> dieAt(point, reached))) {
                assertThrows(Died.class, () -> consumed(dying, event));
            }
            assertEquals(0, consumed(consumer, event));
            scene.clock().advance(Duration.ofSeconds(1));
        }
        assertEquals(List.of("recharge_failed sending", "recharge_failed sending"), scene.told());
        assertEquals(1, scene.cloud().messages().size());
    }

    @Test
    void functionThatDiesBeforeItClaims_leavesTheSmsToTheNextDelivery() {
        String event = scene.payment("payment.failed", payment, 3, afi);
        int[] commits = {0};
        try (NotifyPayer dying = scene.notifyPayer(reached -> {
            if (reached.equals("commit.after") && ++commits[0] == 1) {
                throw new Died();
            }
        })) {
            assertThrows(Died.class, () -> consumed(dying, event));
        }
        assertEquals(List.of("recharge_failed due"), scene.told());
        assertEquals(0, consumed(consumer, event));
        assertEquals(List.of("recharge_failed sent"), scene.told());
        assertEquals(1, scene.cloud().messages().size());
    }

    @Test
    void smsThatSnsDoesNotTake_isSentWhenTheMessageComesAgain() {
        String event = scene.payment("payment.failed", payment, 3, afi);
        scene.cloud().answer(400, "Throttling");
        assertEquals(1, consumed(consumer, event));
        assertEquals(List.of("recharge_failed due"), scene.told());
        scene.cloud().answer(200, "");
        assertEquals(0, consumed(consumer, event));
        assertEquals(0, consumed(consumer, event));
        assertEquals(List.of("recharge_failed sent"), scene.told());
        assertEquals(1, scene.cloud().messages().size());
    }

    @Test
    void smsOfWhichNobodyKnows_isNotSentAgain() {
        String event = scene.payment("payment.failed", payment, 3, afi);
        scene.cloud().answer(500, "InternalFailure");
        assertEquals(0, consumed(consumer, event));
        scene.cloud().answer(200, "");
        assertEquals(0, consumed(consumer, event));
        assertEquals(List.of("recharge_failed sending"), scene.told());
        assertEquals(1, scene.cloud().messages().size());
    }

    @Test
    void phoneThatTakesNoMessages_isToldInTheAppAlone() {
        scene.cloud().answer(400, "OptedOut");
        assertEquals(0, consumed(consumer, scene.payment("payment.failed", payment, 3, afi)));
        assertEquals(List.of("recharge_failed unreachable"), scene.told());
    }

    @Test
    void personOfWhomAuthHasNotToldYet_isToldInTheApp_andBySmsOnceAuthHas() {
        UUID ama = Uuid7.next(scene.clock());
        String event = scene.payment("payment.failed", payment, 3, ama);
        assertEquals(0, consumed(consumer, event));
        assertEquals(List.of("recharge_failed due"), scene.told());
        try (KeepContacts contacts = scene.keepContacts()) {
            String contact = scene.contact(ama, 1, "+22890000009", "en");
            scene.cloud().answer(400, "Throttling");
            assertEquals(1, consumed(contacts, contact));
            scene.cloud().answer(200, "");
            assertEquals(0, consumed(contacts, contact, contact));
        }
        assertEquals(0, consumed(consumer, event));
        assertEquals(List.of("recharge_failed sent"), scene.told());
        assertEquals(
                List.of(new Sent(
                        "+22890000009",
                        "Ecom: your operator refused your top-up of 20,000 F CFA. Your balance has not changed.")),
                scene.cloud().messages());
    }

    @Test
    void newsAndContactAtTheSameMoment_areOneSms() throws Exception {
        int people = 20;
        try (ExecutorService threads = Executors.newFixedThreadPool(2);
                KeepContacts contacts = scene.keepContacts()) {
            for (int i = 0; i < people; i++) {
                UUID person = Uuid7.next(scene.clock());
                String news = scene.payment("payment.failed", Uuid7.next(scene.clock()), 3, person);
                String contact = scene.contact(person, 1, "+22890000009", "fr");
                Future<Integer> told = threads.submit(() -> consumed(consumer, news));
                Future<Integer> kept = threads.submit(() -> consumed(contacts, contact));
                assertEquals(0, told.get() + kept.get());
            }
        }
        assertEquals(Collections.nCopies(people, "recharge_failed sent"), scene.told());
        assertEquals(people, scene.cloud().messages().size());
    }

    @Test
    void deadLetterThatIsMovedBackAfterItsNoteIsForgotten_isToldOnce() {
        String event = scene.payment("payment.failed", payment, 3, afi);
        assertEquals(0, consumed(consumer, event));
        scene.superuser()
                .useHandle(handle -> handle.execute("truncate platform.consumed_messages, platform.consumed_subjects"));
        assertEquals(0, consumed(consumer, event));
        assertEquals(List.of("recharge_failed sent"), scene.told());
        assertEquals(1, scene.cloud().messages().size());
    }

    @Test
    void olderNewsThatComesLater_isPassedOver() {
        String expired = scene.payment("payment.expired", payment, 3, afi);
        assertEquals(0, consumed(consumer, scene.payment("payment.completed_late", payment, 4, afi), expired));
        assertEquals(List.of("recharge_late sent"), scene.told());
        assertEquals(List.of(new Sent(PHONE, LATE)), scene.cloud().messages());
    }

    @Test
    void smsThatIsOvertakenByNewerNews_isNotSentAnyMore() {
        String expired = scene.payment("payment.expired", payment, 3, afi);
        scene.cloud().answer(400, "Throttling");
        assertEquals(1, consumed(consumer, expired));
        scene.cloud().answer(200, "");
        scene.clock().advance(Duration.ofMinutes(1));
        assertEquals(0, consumed(consumer, scene.payment("payment.completed_late", payment, 4, afi), expired));
        assertEquals(List.of("recharge_expired outdated", "recharge_late sent"), scene.told());
        assertEquals(List.of(new Sent(PHONE, LATE)), scene.cloud().messages());
    }

    @Test
    void whoFailsAllDay_getsTenSms_andTheRestInTheApp() {
        for (int i = 0; i < 12; i++) {
            assertEquals(0, consumed(consumer, scene.payment("payment.failed", Uuid7.next(scene.clock()), 3, afi)));
            scene.clock().advance(Duration.ofMinutes(1));
        }
        assertEquals(10, scene.cloud().messages().size());
        assertEquals(
                List.of("recharge_failed capped", "recharge_failed capped"),
                scene.told().subList(10, 12));
        scene.clock().advance(Duration.ofDays(1));
        assertEquals(0, consumed(consumer, scene.payment("payment.failed", Uuid7.next(scene.clock()), 3, afi)));
        assertEquals(11, scene.cloud().messages().size());
    }

    private static void dieAt(String point, String reached) {
        if (reached.equals(point)) {
            throw new Died();
        }
    }

    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }
}
