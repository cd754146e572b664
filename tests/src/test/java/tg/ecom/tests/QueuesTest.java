package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tg.ecom.local.template.EventSource;
import tg.ecom.local.template.FunctionDefinition;
import tg.ecom.local.template.Queue;
import tg.ecom.local.template.Stack;

/** How long the templates hide a message that a function was given. */
class QueuesTest {
    /** A store has ten minutes to take an order, and should hear of it twice over before they end. */
    private static final Duration NOTICE_MAX = Duration.ofMinutes(5);

    private final Stack stack = Repository.stack();
    private final Map<String, Queue> queues =
            stack.all(Stack::queues).stream().collect(Collectors.toMap(Queue::arn, Function.identity()));

    /** A consumer of a queue. */
    private record Consumer(FunctionDefinition function, Queue queue) {}

    @Test
    void everyQueue_hidesAMessageSixTimesAsLongAsItsFunctionMayRun() {
        assertFalse(consumers().isEmpty());
        for (Consumer each : consumers()) {
            assertEquals(
                    each.function().timeout().multipliedBy(6),
                    each.queue().visibilityTimeout(),
                    each.queue().logicalPath());
        }
    }

    @Test
    void noticeWhoseFunctionDied_comesAgainWhileItIsOfUse() {
        List<Consumer> notices = consumers().stream()
                .filter(each -> each.queue().name().contains("notifications"))
                .toList();
        assertEquals(3, notices.size());
        assertTrue(notices.stream()
                .allMatch(each -> each.queue().visibilityTimeout().compareTo(NOTICE_MAX) <= 0));
    }

    private List<Consumer> consumers() {
        return stack.all(Stack::functions).stream()
                .flatMap(function -> function.events().stream()
                        .filter(EventSource.QueueSource.class::isInstance)
                        .map(source ->
                                new Consumer(function, queues.get(((EventSource.QueueSource) source).queueArn()))))
                .toList();
    }
}
