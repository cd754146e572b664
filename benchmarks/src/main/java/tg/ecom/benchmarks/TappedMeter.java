package tg.ecom.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tg.ecom.local.aws.AwsRequest;
import tg.ecom.local.aws.AwsResponse;
import tg.ecom.local.template.FunctionDefinition;
import tg.ecom.local.usage.Counts.Kind;
import tg.ecom.local.usage.Meter;

/** Counts round trips to PostgreSQL too, by a tap for each function, and knows how many messages are underway. */
final class TappedMeter extends Meter implements AutoCloseable {
    private static final String HOST = "ECOM_DATABASE_HOST";
    private static final String PORT = "ECOM_DATABASE_PORT";
    private static final int ERROR_STATUS = 300;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, PostgresTap> taps = new ConcurrentHashMap<>();
    private final AtomicLong messages = new AtomicLong();

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
    public void called(String service, AwsRequest request, AwsResponse response) {
        super.called(service, request, response);
        if (service.equals("sqs") && response.status() < ERROR_STATUS) {
            messages.addAndGet(messagesBy(request));
        }
    }

    @Override
    public void close() {
        taps.values().forEach(PostgresTap::close);
    }

    /** How many more there are now, or fewer. */
    private long messagesBy(AwsRequest request) {
        return switch (request.operation()) {
            case "SendMessage" -> 1;
            case "SendMessageBatch" -> entries(request);
            case "DeleteMessage" -> -1;
            case "DeleteMessageBatch" -> -entries(request);
            default -> 0;
        };
    }

    private long entries(AwsRequest request) {
        try {
            JsonNode body = json.readTree(request.body());
            return body.path("Entries").size();
        } catch (IOException malformed) {
            throw new IllegalArgumentException("SQS is asked in JSON", malformed);
        }
    }
}
