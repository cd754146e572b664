package tg.ecom.payments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.PaymentId;
import tg.ecom.platform.Caller;
import tg.ecom.platform.Json;
import tg.ecom.testing.InvocationContext;
import tg.ecom.testing.Together;

/** The saga's steps and the queue's consumer, called as Lambda calls them. */
class ChargeTasksTest {
    private static final int RACES = 100;

    private final Scene scene = new Scene();
    private final Caller afi = scene.person();
    private final ChargeTasks tasks = scene.chargeTasks();
    private final AskOperator consumer = scene.askOperator();

    @AfterEach
    void close() {
        tasks.close();
        consumer.close();
        scene.close();
    }

    @Test
    void newsAfterParking_wakeTheTask() {
        PaymentId id = scene.begun(afi, 500);
        scene.cloud().machineCalls();
        call(tasks, step("initiate", id, "token"));
        assertEquals(List.of(), scene.cloud().machineCalls());
        scene.yas().pay(Reference.of(id));
        assertEquals("{\"batchItemFailures\":[]}", call(consumer, message(id)).toString());
        JsonNode woken = scene.cloud().machineCalls().getFirst();
        assertEquals("SendTaskSuccess", woken.path("action").asText());
        assertEquals("token", woken.path("taskToken").asText());
        assertEquals(0, scene.number("select count(*) from platform.parked_tasks"));
    }

    @Test
    void newsBeforeParking_endTheTaskAtOnce() {
        PaymentId id = scene.asked(afi, 500);
        scene.cloud().machineCalls();
        scene.yas().refuse(Reference.of(id));
        call(consumer, message(id));
        assertEquals(List.of(), scene.cloud().machineCalls());
        call(tasks, step("initiate", id, "token"));
        JsonNode woken = scene.cloud().machineCalls().getFirst();
        assertEquals("SendTaskFailure", woken.path("action").asText());
        assertEquals("Refused", woken.path("error").asText());
        assertEquals("refused", woken.path("cause").asText());
    }

    @Test
    void newsToldToATaskThatIsGone_areToldToTheNext() {
        PaymentId id = scene.asked(afi, 500);
        call(tasks, step("initiate", id, "crashed"));
        scene.yas().pay(Reference.of(id));
        call(consumer, message(id));
        scene.cloud().machineCalls();
        call(tasks, step("initiate", id, "retried"));
        assertEquals(
                "retried",
                scene.cloud().machineCalls().getFirst().path("taskToken").asText());
    }

    @Test
    void newsInTheMomentOfParking_areNeverLost() {
        for (int race = 0; race < RACES; race++) {
            PaymentId id = scene.asked(afi, 1);
            scene.cloud().machineCalls();
            scene.yas().pay(Reference.of(id));
            Together.call(List.of(() -> call(tasks, step("initiate", id, "token")), () -> call(consumer, message(id))));
            assertEquals(
                    List.of("SendTaskSuccess"),
                    scene.cloud().machineCalls().stream()
                            .map(call -> call.path("action").asText())
                            .distinct()
                            .toList(),
                    "race " + race);
        }
        assertEquals(RACES, scene.balance(afi));
        assertEquals(0, scene.number("select count(*) from platform.parked_tasks where token is not null"));
    }

    @Test
    void end_isToldInTheWordsOfTheMachine() {
        PaymentId paid = scene.asked(afi, 500);
        PaymentId not = scene.asked(afi, 500);
        scene.yas().pay(Reference.of(paid));
        scene.clock().advance(Duration.ofMinutes(10));
        assertEquals(
                "{\"payment_id\":\"" + paid + "\",\"status\":\"succeeded\"}",
                call(tasks, step("expire", paid, "")).toString());
        assertEquals(
                "{\"payment_id\":\"" + not
                        + "\",\"status\":\"expired\",\"error\":\"Expired\",\"cause\":\"not_approved\"}",
                call(tasks, step("expire", not, "")).toString());
    }

    @Test
    void stepThatThereIsNot_fails() {
        assertThrows(
                RuntimeException.class, () -> call(tasks, "{\"step\": \"initiate\", \"version\": 2, \"input\": {}}"));
        String unfit = assertThrows(
                        RuntimeException.class,
                        () -> call(tasks, "{\"step\": \"expire\", \"version\": 1, \"input\": {}}"))
                .getMessage();
        assertTrue(unfit.startsWith("the step's input does not fit Input: "), unfit);
    }

    @Test
    void messageThatMakesNoSense_failsAlone() {
        PaymentId id = scene.asked(afi, 500);
        scene.yas().pay(Reference.of(id));
        JsonNode answer = call(
                consumer,
                "{\"Records\": [{\"messageId\": \"bad\", \"body\": \"[]\"}, {\"messageId\": \"good\", \"body\": "
                        + "\"{\\\"payment_id\\\": \\\"" + id + "\\\"}\"}]}");
        assertEquals("{\"batchItemFailures\":[{\"itemIdentifier\":\"bad\"}]}", answer.toString());
        assertEquals(500, scene.balance(afi));
    }

    private static String step(String name, PaymentId id, String token) {
        return "{\"step\": \"%s\", \"version\": 1, \"token\": \"%s\", \"input\": {\"payment_id\": \"%s\"}}"
                .formatted(name, token, id);
    }

    private static String message(PaymentId id) {
        return "{\"Records\": [{\"messageId\": \"1\", \"body\": \"{\\\"payment_id\\\": \\\"%s\\\"}\"}]}".formatted(id);
    }

    private static JsonNode call(RequestStreamHandler handler, String event) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            handler.handleRequest(
                    new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                    answer,
                    new InvocationContext("1"));
            return Json.mapper().readTree(answer.toByteArray());
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
