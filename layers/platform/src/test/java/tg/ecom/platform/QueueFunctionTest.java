package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.platform.QueueScene.TOLD;
import static tg.ecom.platform.QueueScene.consumed;
import static tg.ecom.platform.QueueScene.event;
import static tg.ecom.platform.QueueScene.failures;
import static tg.ecom.platform.QueueScene.message;
import static tg.ecom.platform.QueueScene.superuser;
import static tg.ecom.platform.QueueScene.told;
import static tg.ecom.platform.QueueScene.wrapped;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tg.ecom.platform.QueueScene.Teller;

/** Consumers of a queue. */
class QueueFunctionTest {
    private final QueueScene scene = new QueueScene();
    private final List<Delivery> deliveries = new ArrayList<>();

    @Test
    void sameMessageTwice_hasOneEffect() throws Exception {
        try (Teller teller = telling()) {
            assertEquals(List.of(), failures(teller, message("m1", TOLD.formatted(1))));
            assertEquals(
                    List.of(), failures(teller, message("m1", TOLD.formatted(1)), message("m1", TOLD.formatted(1))));
        }
        assertEquals(3, deliveries.size());
        assertEquals(List.of(1), told());
        assertEquals(
                List.of(Teller.class.getName() + " m1 " + scene.clock.instant()),
                superuser()
                        .withHandle(handle -> handle.createQuery("select * from platform.consumed_messages")
                                .map((row, context) -> row.getString(1) + " " + row.getString(2) + " "
                                        + row.getTimestamp(3).toInstant())
                                .list()));
    }

    @Test
    void sameMessageAtManyInstancesAtOnce_hasOneEffect() throws Exception {
        int instances = 8;
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(instances)) {
            List<Future<List<String>>> answers = IntStream.range(0, instances)
                    .mapToObj(instance -> threads.submit(() -> {
                        try (Teller teller =
                                scene.made((function, message, delivery) -> function.tellOnce(message, delivery))) {
                            start.await();
                            return failures(teller, message("m1", TOLD.formatted(1)));
                        }
                    }))
                    .toList();
            start.countDown();
            for (Future<List<String>> answer : answers) {
                assertEquals(List.of(), answer.get());
            }
        }
        assertEquals(List.of(1), told());
    }

    @Test
    void messageThatFails_failsAloneAndItsEffectIsUndoneWithItsId() throws Exception {
        try (Teller teller = telling()) {
            assertEquals(
                    List.of("m2"),
                    failures(
                            teller,
                            message("m1", TOLD.formatted(1)),
                            message("m2", TOLD.formatted(100)),
                            message("m3", TOLD.formatted(3))));
            assertEquals(List.of(1, 3), told());
            assertEquals(List.of("m1", "m3"), consumed());
            superuser().useHandle(handle -> handle.execute("alter table told drop constraint told_amount_check"));
            assertEquals(List.of(), failures(teller, message("m2", TOLD.formatted(100))));
        } finally {
            superuser().useHandle(handle -> {
                handle.execute("truncate told");
                handle.execute("alter table told add check (amount < 100)");
            });
        }
        assertEquals(List.of("m1", "m2", "m3"), consumed());
    }

    @Test
    void instanceThatDiesAtTheCommit_leavesNeitherEffectNorId() throws Exception {
        try (Teller dying = scene.made(
                QueueFunctionTest::die, (function, message, delivery) -> function.tellOnce(message, delivery))) {
            assertThrows(Died.class, () -> failures(dying, message("m1", TOLD.formatted(1))));
        }
        assertEquals(List.of(), told());
        assertEquals(List.of(), consumed());
        try (Teller another = telling()) {
            assertEquals(List.of(), failures(another, message("m1", TOLD.formatted(1))));
        }
        assertEquals(List.of(1), told());
    }

    @Test
    void eventPublishedTwice_isOneMessage_rawOrWrapped() throws Exception {
        String event = event(1, 1, TOLD.formatted(1));
        try (Teller teller = telling()) {
            assertEquals(
                    List.of(),
                    failures(
                            teller,
                            message("m1", event),
                            message("m2", event),
                            message("m3", wrapped(event)),
                            message("m4", wrapped(TOLD.formatted(4)))));
        }
        assertEquals(List.of(1, 4), told());
        assertEquals(List.of(new UUID(7, 1).toString(), "m4"), consumed());
        EventMessage told = deliveries.get(2).requireEvent();
        assertEquals("payment.completed", told.type());
        assertFalse(deliveries.get(2).toString().contains("90123456"));
        assertEquals(new UUID(1, 1), told.subjectId());
        assertEquals(1, told.subjectVersion());
        assertEquals("2026-11-23T08:00:00Z", told.occurredAt().toString());
        assertThrows(IllegalStateException.class, deliveries.get(3)::requireEvent);
    }

    @Test
    void eventsOutOfOrder_areTakenAsTheyCome_orPassedOver_asTheConsumerSays() throws Exception {
        ObjectNode[] messages = {
            message("m1", event(1, 1, TOLD.formatted(1))),
            message("m3", event(3, 3, TOLD.formatted(3))),
            message("m2", event(2, 2, TOLD.formatted(2))),
            message("m3", event(3, 3, TOLD.formatted(3))),
            message("m4", event(4, 3, TOLD.formatted(4)))
        };
        try (Teller teller = scene.made((function, message, delivery) -> function.tellNewest(message, delivery))) {
            assertEquals(List.of(), failures(teller, messages));
        }
        assertEquals(List.of(1, 3, 4), told());
        superuser().useHandle(handle -> handle.execute("truncate told, platform.consumed_messages"));
        try (Teller teller = telling()) {
            assertEquals(List.of(), failures(teller, messages));
        }
        assertEquals(List.of(1, 2, 3, 4), told().stream().sorted().toList());
    }

    @Test
    void subjectsThatHaveNothingToDoWithOneAnother_haveVersionsOfTheirOwn() throws Exception {
        String other = event(2, 1, TOLD.formatted(2)).replace(new UUID(1, 1).toString(), new UUID(1, 2).toString());
        try (Teller teller = scene.made((function, message, delivery) -> function.tellNewest(message, delivery))) {
            failures(teller, message("m1", event(1, 5, TOLD.formatted(1))), message("m2", other));
            assertEquals(List.of("m3"), failures(teller, message("m3", TOLD.formatted(3))));
        }
        assertEquals(List.of(1, 2), told());
    }

    @Test
    void messageThatCannotBeRead_failsAlone_andNothingOfItIsLogged() throws Exception {
        List<String> unreadable = List.of(
                "90123456",
                "\"90123456\"",
                "null",
                "",
                "{\"phone\": \"90123456",
                "{\"phone\": \"90123456\", \"amount\": \"90123456\"}",
                "{\"phone\": \"+22890123456x\", \"amount\": 1}",
                "{\"phone\": \"90123456\"}",
                "{\"amount\": 1}",
                "{\"phone\": \"90123456\", \"amount\": 1, \"amount\": 1}",
                "[{\"phone\": \"90123456\", \"amount\": 1}]",
                event(1, 1, "null"),
                event(1, 1, "90123456"),
                event(1, 1, TOLD.formatted(1)).replace(new UUID(1, 1).toString(), "90123456"),
                wrapped("90123456"),
                wrapped("{\"phone\": \"90123456\""));
        ObjectNode[] messages = Stream.concat(
                        IntStream.range(0, unreadable.size()).mapToObj(i -> message("m" + i, unreadable.get(i))),
                        Stream.of(message("good", TOLD.formatted(1))))
                .toArray(ObjectNode[]::new);
        try (Teller teller = telling();
                LogLines log = LogLines.open()) {
            assertEquals(unreadable.size(), failures(teller, messages).size());
            assertEquals(unreadable.size(), log.alarms().size());
            assertFalse(log.whole().contains("90123456"), log.whole());
            assertTrue(
                    log.whole().contains("message m5 does not fit Told: MismatchedInputException at amount"),
                    log.whole());
        }
        assertEquals(List.of(1), told());
    }

    @Test
    void whatTheDatabaseRefuses_isLoggedWithoutItsValues() throws Exception {
        try (Teller teller = scene.made((function, message, delivery) -> function.once(
                        delivery,
                        transaction -> transaction
                                .createUpdate("insert into told (amount) values (:amount)")
                                .bind("amount", 90_123_456)
                                .execute()));
                LogLines log = LogLines.open()) {
            assertEquals(List.of("m1"), failures(teller, message("m1", TOLD.formatted(1))));
            assertTrue(log.whole().contains("insert into told (amount) values (:amount)"), log.whole());
            assertFalse(log.whole().contains("90123456"), log.whole());
        }
    }

    @Test
    void beforeASnapshot_theExampleIsHandledManyTimesAndWritesNothing() throws Exception {
        try (Teller teller = telling()) {
            teller.surroundings().priming().beforeCheckpoint(null);
            assertEquals(200, deliveries.size());
            assertEquals(List.of(), told());
            assertEquals(List.of(), consumed());
            assertEquals(List.of(), failures(teller, message("m1", TOLD.formatted(1))));
        }
        assertEquals(List.of(1), told());
    }

    private Teller telling() throws Exception {
        return scene.made((function, message, delivery) -> {
            deliveries.add(delivery);
            function.tellOnce(message, delivery);
        });
    }

    private static void die(String point) {
        if (point.equals("commit.before")) {
            throw new Died();
        }
    }

    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }
}
