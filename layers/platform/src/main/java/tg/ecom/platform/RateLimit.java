package tg.ecom.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * Counts how often something is done, in windows of fixed length, in DynamoDB, where counters expire by themselves. A
 * counter is one atomic ADD, so callers at the same moment are all counted.
 */
public final class RateLimit {
    private final DynamoDbClient dynamo;
    private final String table;
    private final InstantSource clock;

    /** Counts in the table of the settings, by the clock. */
    public RateLimit(DynamoDbClient dynamo, LimitsSettings settings, InstantSource clock) {
        this.dynamo = dynamo;
        this.table = settings.limitsTable();
        this.clock = clock;
    }

    /**
     * Counts one more.
     *
     * @param what what is counted and for whom, such as {@code otp-phone/<hash>}; no phone in the clear
     * @param timesMax how often it may be done in a window
     * @param window the window's length; windows begin at multiples of it
     * @throws tg.ecom.kernel.ProblemException {@link CommonProblem.TooMany} when it was done that often already
     */
    public void take(String what, int timesMax, Duration window) {
        Instant now = clock.instant();
        long number = now.getEpochSecond() / window.toSeconds();
        Instant end = Instant.ofEpochSecond((number + 1) * window.toSeconds());
        Map<String, AttributeValue> counted = dynamo.updateItem(request -> request.tableName(table)
                        .key(Map.of("id", AttributeValue.fromS(what + "/" + window.toSeconds() + "/" + number)))
                        .updateExpression("ADD times :one SET expires_at = :end")
                        .expressionAttributeValues(Map.of(
                                ":one", AttributeValue.fromN("1"),
                                ":end", AttributeValue.fromN(Long.toString(end.getEpochSecond()))))
                        .returnValues(ReturnValue.UPDATED_NEW))
                .attributes();
        if (Long.parseLong(counted.get("times").n()) > timesMax) {
            throw new CommonProblem.TooMany(Duration.between(now, end)).asException();
        }
    }
}
