package tg.ecom.local.usage;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import tg.ecom.local.aws.AwsRequest;
import tg.ecom.local.aws.AwsResponse;
import tg.ecom.local.template.FunctionDefinition;
import tg.ecom.local.usage.Counts.Counter;
import tg.ecom.local.usage.Counts.Kind;

/**
 * Counts what is used of a one-machine cloud from its start on: invocations, transitions of state machines, calls of
 * AWS. It is told on the threads that use it, several at a time.
 */
public class Meter {
    /** A receive that found nothing, told apart since it is nobody's. */
    public static final String EMPTY_RECEIVE = "sqs ReceiveMessage, empty";

    /** A publish that is a text message, told apart since its price is that of a country. */
    public static final String TEXT_MESSAGE = "sns Publish, text message";

    private static final long NANOS_PER_MS = 1_000_000;

    private final Map<Counter, LongAdder> counters = new ConcurrentHashMap<>();

    /** All counts by now. */
    public final Counts counts() {
        Map<Counter, Long> all = new HashMap<>();
        counters.forEach((counter, count) -> all.put(counter, count.sum()));
        return new Counts(all);
    }

    /** The settings that a function starts with; a meter that counts more may lead what they say past itself. */
    public Map<String, String> settings(FunctionDefinition function, Map<String, String> settings) {
        return settings;
    }

    /** A function was invoked, by whomever, and has ended. */
    public final void invoked(FunctionDefinition function, Duration took) {
        add(Kind.BILLED_MS, function.name(), Math.ceilDiv(took.toNanos(), NANOS_PER_MS));
        add(Kind.INVOCATION, function.name(), 1);
    }

    /** Executions of a state machine, which has that name, went so many transitions on. */
    public final void transitioned(String stateMachine, int count) {
        add(Kind.TRANSITION, stateMachine, count);
    }

    /**
     * A service of AWS was called, by a function or by another service.
     *
     * @param service its signing name, such as {@code sqs}
     */
    public void called(String service, AwsRequest request, AwsResponse response) {
        add(Kind.CALL, name(service + " " + request.operation(), request, response), 1);
    }

    /** Adds to a counter. */
    protected final void add(Kind kind, String name, long count) {
        counters.computeIfAbsent(new Counter(kind, name), any -> new LongAdder())
                .add(count);
    }

    private static String name(String operation, AwsRequest request, AwsResponse response) {
        return switch (operation) {
            case "sns Publish" -> text(request.body()).contains("PhoneNumber=") ? TEXT_MESSAGE : operation;
            case "sqs ReceiveMessage" -> text(response.body()).contains("ReceiptHandle") ? operation : EMPTY_RECEIVE;
            default -> operation;
        };
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
