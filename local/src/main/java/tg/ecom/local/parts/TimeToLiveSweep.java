package tg.ecom.local.parts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;

/**
 * Removes items whose time to live is over by a given clock, in every table that has it switched on. As in DynamoDB,
 * the attribute is a number of epoch seconds, and one more than five years past is taken for a mistake and kept.
 */
final class TimeToLiveSweep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TimeToLiveSweep.class);
    private static final int INTERVAL_S = 5;
    private static final int STOP_TIMEOUT_S = 5;
    private static final int PAGE_COUNT_MAX = 1_000;
    private static final Duration AGE_MAX = Duration.ofDays(5 * 365L);

    /** All regions and keys share one data file, so these only have to be well-formed. */
    private static final String ACCESS_KEY = "local";

    private static final String REGION = "us-east-1";

    private final LocalDynamoDBRequestHandler requests;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("dynamodb-time-to-live").factory());

    private TimeToLiveSweep(LocalDynamoDBRequestHandler requests, InstantSource clock) {
        this.requests = requests;
        this.clock = clock;
    }

    /** Sweeps every few seconds until it is closed. */
    static TimeToLiveSweep start(LocalDynamoDBRequestHandler requests, InstantSource clock) {
        TimeToLiveSweep sweep = new TimeToLiveSweep(requests, clock);
        var _ = sweep.timer.scheduleWithFixedDelay(sweep::removeQuietly, INTERVAL_S, INTERVAL_S, TimeUnit.SECONDS);
        return sweep;
    }

    /** A sweep that fails (a table deleted meanwhile) must not end those after it. */
    private void removeQuietly() {
        try {
            removeExpiredItems();
        } catch (RuntimeException failure) {
            LOG.debug("a sweep failed", failure);
        }
    }

    /** Sweeps all tables once. */
    synchronized void removeExpiredItems() {
        Instant now = clock.instant();
        for (String table : tables()) {
            attributeOf(table).ifPresent(attribute -> sweep(table, attribute, now));
        }
    }

    private List<String> tables() {
        return requests.listTables(
                        ACCESS_KEY, REGION, ListTablesRequest.builder().build())
                .tableNames();
    }

    private Optional<String> attributeOf(String table) {
        TimeToLiveDescription description = requests.describeTimeToLive(
                        ACCESS_KEY,
                        REGION,
                        DescribeTimeToLiveRequest.builder().tableName(table).build())
                .timeToLiveDescription();
        return description != null && description.timeToLiveStatus() == TimeToLiveStatus.ENABLED
                ? Optional.of(description.attributeName())
                : Optional.empty();
    }

    private void sweep(String table, String attribute, Instant now) {
        List<String> key = keyOf(table);
        ScanRequest.Builder scan = ScanRequest.builder()
                .tableName(table)
                .filterExpression("#ttl between :oldest and :now")
                .expressionAttributeNames(Map.of("#ttl", attribute))
                .expressionAttributeValues(
                        Map.of(":oldest", seconds(now.minus(AGE_MAX)), ":now", seconds(now.minusSeconds(1))));
        for (int page = 0; page < PAGE_COUNT_MAX; page++) {
            ScanResponse found = requests.scan(ACCESS_KEY, REGION, scan.build());
            found.items().forEach(item -> delete(table, key, attribute, item));
            if (!found.hasLastEvaluatedKey() || found.lastEvaluatedKey().isEmpty()) {
                return;
            }
            scan.exclusiveStartKey(found.lastEvaluatedKey());
        }
    }

    private List<String> keyOf(String table) {
        DescribeTableRequest request =
                DescribeTableRequest.builder().tableName(table).build();
        return requests.describeTable(ACCESS_KEY, REGION, request).table().keySchema().stream()
                .map(KeySchemaElement::attributeName)
                .toList();
    }

    /** Only if the time is still the one that was read: a writer may have prolonged the item meanwhile. */
    private void delete(String table, List<String> key, String attribute, Map<String, AttributeValue> item) {
        Map<String, AttributeValue> itemKey = new HashMap<>();
        key.forEach(name -> itemKey.put(name, item.get(name)));
        DeleteItemRequest request = DeleteItemRequest.builder()
                .tableName(table)
                .key(itemKey)
                .conditionExpression("#ttl = :read")
                .expressionAttributeNames(Map.of("#ttl", attribute))
                .expressionAttributeValues(Map.of(":read", item.get(attribute)))
                .build();
        try {
            requests.deleteItem(ACCESS_KEY, REGION, request);
        } catch (RuntimeException changedMeanwhile) {
            LOG.debug("an item of {} was changed while it was swept", table, changedMeanwhile);
        }
    }

    private static AttributeValue seconds(Instant time) {
        return AttributeValue.fromN(Long.toString(time.getEpochSecond()));
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(STOP_TIMEOUT_S, TimeUnit.SECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException interruption) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
