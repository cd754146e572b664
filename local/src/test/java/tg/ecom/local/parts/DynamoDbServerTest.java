package tg.ecom.local.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class DynamoDbServerTest {
    private static final String TABLE = "verifications";

    private final MovableClock clock = new MovableClock();

    @TempDir
    private Path directory;

    @Test
    void items_areThereAfterARestart() {
        try (DynamoDbServer server = DynamoDbServer.start(directory, 0, clock);
                DynamoDbClient client = client(server, "one", Region.US_EAST_1)) {
            createTable(client);
            put(client, "1", clock.instant().getEpochSecond());
        }
        try (DynamoDbServer server = DynamoDbServer.start(directory, 0, clock);
                DynamoDbClient client = client(server, "another", Region.EU_WEST_3)) {
            assertEquals(List.of("1"), ids(client));
        }
    }

    @Test
    void expiredItem_isRemovedByTheGivenClock() {
        try (DynamoDbServer server = DynamoDbServer.start(directory, 0, clock);
                DynamoDbClient client = client(server, "local", Region.US_EAST_1)) {
            createTable(client);
            client.updateTimeToLive(request -> request.tableName(TABLE)
                    .timeToLiveSpecification(
                            ttl -> ttl.attributeName("expires_at").enabled(true)));
            put(client, "soon", clock.instant().plusSeconds(300).getEpochSecond());
            put(client, "later", clock.instant().plusSeconds(3_600).getEpochSecond());
            put(client, "milliseconds", clock.millis());
            put(client, "ancient", 1);

            server.removeExpiredItems();
            assertEquals(List.of("ancient", "later", "milliseconds", "soon"), ids(client));
            clock.advance(Duration.ofMinutes(6));
            server.removeExpiredItems();
            assertEquals(List.of("ancient", "later", "milliseconds"), ids(client));
        }
    }

    @Test
    void directoryInUse_isRefused() {
        try (DynamoDbServer server = DynamoDbServer.start(directory, 0, clock)) {
            PartFailure refusal =
                    assertThrows(PartFailure.class, () -> DynamoDbServer.start(directory, server.port(), clock));
            assertTrue(refusal.getMessage().contains("in use"), refusal.getMessage());
        }
    }

    private static DynamoDbClient client(DynamoDbServer server, String key, Region region) {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create("http://" + server.host() + ":" + server.port()))
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, key)))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private static void createTable(DynamoDbClient client) {
        client.createTable(request -> request.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build()));
    }

    private static void put(DynamoDbClient client, String id, long expiresAt) {
        client.putItem(request -> request.tableName(TABLE)
                .item(Map.of(
                        "id", AttributeValue.fromS(id), "expires_at", AttributeValue.fromN(Long.toString(expiresAt)))));
    }

    private static List<String> ids(DynamoDbClient client) {
        return client.scan(request -> request.tableName(TABLE)).items().stream()
                .map(item -> item.get("id").s())
                .sorted()
                .toList();
    }
}
