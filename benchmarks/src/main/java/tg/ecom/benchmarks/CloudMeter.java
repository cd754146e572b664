package tg.ecom.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tg.ecom.benchmarks.Counts.Counter;
import tg.ecom.benchmarks.Counts.Kind;
import tg.ecom.local.Meter;
import tg.ecom.local.aws.AwsRequest;
import tg.ecom.local.aws.AwsResponse;
import tg.ecom.local.template.FunctionDefinition;

/** Counts what functions use: invocations, calls of AWS, and round trips to PostgreSQL by a tap for each function. */
final class CloudMeter implements Meter, AutoCloseable {
    /** A receive that found nothing, told apart since it is nobody's. */
    static final String EMPTY_RECEIVE = "sqs ReceiveMessage, empty";

    /** A publish that is a text message, told apart since its price is that of a country. */
    static final String TEXT_MESSAGE = "sns Publish, text message";

    private static final String HOST = "ECOM_DATABASE_HOST";
    private static final String PORT = "ECOM_DATABASE_PORT";
    private static final long NANOS_PER_MS = 1_000_000;
    private static final int ERROR_STATUS = 300;
    private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");

    private final ObjectMapper json = new ObjectMapper();
    private final Map<Counter, LongAdder> counters = new ConcurrentHashMap<>();
    private final Map<String, PostgresTap> taps = new ConcurrentHashMap<>();
    private final AtomicLong messages = new AtomicLong();

    /** All counts by now. */
    Counts counts() {
        Map<Counter, Long> all = new TreeMap<>();
        counters.forEach((counter, count) -> all.put(counter, count.sum()));
        return new Counts(all);
    }

    /** Messages that were sent to queues and are not deleted yet. */
    long messagesUnderway() {
        return messages.get();
    }

    @Override
    public Map<String, String> settings(FunctionDefinition function, Map<String, String> settings) {
        if (!settings.containsKey(PORT)) {
            return settings;
        }
        Map<String, String> tapped = new HashMap<>(settings);
        PostgresTap tap = taps.computeIfAbsent(
                function.name(),
                name -> PostgresTap.start(
                        Integer.parseInt(settings.get(PORT)),
                        () -> add(Kind.LOG_IN, name, 1),
                        () -> add(Kind.ROUND_TRIP, name, 1)));
        tapped.put(HOST, "127.0.0.1");
        tapped.put(PORT, Integer.toString(tap.port()));
        return tapped;
    }

    @Override
    public void invoked(FunctionDefinition function, Duration took) {
        add(Kind.BILLED_MS, function.name(), Math.ceilDiv(took.toNanos(), NANOS_PER_MS));
        add(Kind.INVOCATION, function.name(), 1);
    }

    @Override
    public void called(String service, AwsRequest request, AwsResponse response) {
        String operation = service + " " + operation(request);
        boolean isText = operation.equals("sns Publish") && body(request).contains("PhoneNumber=");
        boolean isInVain = operation.equals("sqs ReceiveMessage")
                && read(response.body()).path("Messages").isEmpty();
        add(Kind.CALL, isText ? TEXT_MESSAGE : isInVain ? EMPTY_RECEIVE : operation, 1);
        if (response.status() < ERROR_STATUS) {
            messages.addAndGet(messagesBy(operation, request));
        }
    }

    @Override
    public void close() {
        taps.values().forEach(PostgresTap::close);
    }

    private void add(Kind kind, String name, long count) {
        counters.computeIfAbsent(new Counter(kind, name), any -> new LongAdder())
                .add(count);
    }

    /** How many more there are now, or fewer. */
    private long messagesBy(String operation, AwsRequest request) {
        return switch (operation) {
            case "sqs SendMessage" -> 1;
            case "sqs SendMessageBatch" -> read(request.body()).path("Entries").size();
            case "sqs DeleteMessage" -> -1;
            case "sqs DeleteMessageBatch" ->
                -read(request.body()).path("Entries").size();
            default -> 0;
        };
    }

    /** By name, as the JSON protocol has it in a header and the query protocol in the form; else the method. */
    private static String operation(AwsRequest request) {
        String target = request.header("x-amz-target").orElse("");
        Matcher action = ACTION.matcher(body(request));
        if (!target.isEmpty()) {
            return target.substring(target.lastIndexOf('.') + 1);
        }
        return action.find() ? action.group(1) : request.method();
    }

    private static String body(AwsRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    private JsonNode read(byte[] body) {
        try {
            return json.readTree(body);
        } catch (IOException malformed) {
            throw new IllegalArgumentException("SQS is asked and answers in JSON", malformed);
        }
    }
}
