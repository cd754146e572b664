package tg.ecom.local.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import tg.ecom.local.parts.DynamoDbServer;
import tg.ecom.local.parts.ObjectStore;
import tg.ecom.local.parts.QueueServer;

@WithLocalCloud
class ServiceProxyTest {
    private final LocalCloud cloud;

    ServiceProxyTest(LocalCloud cloud) {
        this.cloud = cloud;
    }

    @Test
    void objects_areStoredUnderASignatureAndReadByAPresignedUrl(@TempDir Path directory) throws Exception {
        try (ObjectStore server = ObjectStore.start(directory, 0, LocalCloud.BASE_PATH);
                ServiceProxy proxy = offer("s3", server.port(), LocalCloud.BASE_PATH);
                S3Client s3 = cloud.client(S3Client.builder())) {
            s3.createBucket(request -> request.bucket("reports"));
            s3.putObject(
                    request -> request.bucket("reports").key("2026/été 1.csv").contentType("text/csv"),
                    RequestBody.fromString("a,b"));

            assertEquals(
                    "a,b",
                    s3.getObjectAsBytes(request -> request.bucket("reports").key("2026/été 1.csv"))
                            .asUtf8String());
            assertEquals(
                    3L,
                    s3.headObject(request -> request.bucket("reports").key("2026/été 1.csv"))
                            .contentLength());
            assertEquals("a,b", read(presigned("reports", "2026/été 1.csv"), 200));
            read(presigned("reports", "2026/été 1.csv").replace("X-Amz-Expires=60", "X-Amz-Expires=61"), 403);
            assertThrows(
                    NoSuchKeyException.class,
                    () -> s3.getObjectAsBytes(
                            request -> request.bucket("reports").key("none")));
            assertEquals("s3", proxy.signingName());
        }
    }

    @Test
    void addressThatIsNone_isTheClientsFault() {
        try (ServiceProxy proxy = new ServiceProxy("s3", URI.create("http://127.0.0.1:1"))) {
            AwsResponse answer = proxy.handle(new AwsRequest("OPTIONS", "/x", "a=%zz", Map.of(), new byte[0]));
            assertEquals(400, answer.status());
        }
    }

    @Test
    void wrongSecretKey_isRefused(@TempDir Path directory) {
        try (ObjectStore server = ObjectStore.start(directory, 0, LocalCloud.BASE_PATH);
                ServiceProxy proxy = offer("s3", server.port(), LocalCloud.BASE_PATH);
                S3Client s3 = cloud.client(
                        S3Client.builder(),
                        builder -> builder.credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "wrong"))))) {
            S3Exception refusal = assertThrows(S3Exception.class, s3::listBuckets);
            assertEquals(403, refusal.statusCode(), proxy.signingName());
        }
    }

    @Test
    void queuesAndTables_workThroughTheEndpoint(@TempDir Path directory) {
        try (QueueServer queues = QueueServer.start(
                        directory.resolve("queues"), 0, cloud.address(), Account.REGION, Account.ID, cloud.clock);
                DynamoDbServer tables = DynamoDbServer.start(directory.resolve("tables"), 0, cloud.clock);
                ServiceProxy sqsProxy = offer("sqs", queues.port(), LocalCloud.BASE_PATH);
                ServiceProxy dynamoDbProxy = offer("dynamodb", tables.port(), "");
                SqsClient sqs = cloud.client(SqsClient.builder());
                DynamoDbClient dynamoDb = cloud.client(DynamoDbClient.builder())) {
            String queue =
                    sqs.createQueue(request -> request.queueName("events")).queueUrl();
            assertEquals(cloud.address() + "/" + Account.ID + "/events", queue);
            sqs.sendMessage(
                    request -> request.queueUrl(queue).messageBody("later").delaySeconds(600));
            assertTrue(sqs.receiveMessage(request -> request.queueUrl(queue))
                    .messages()
                    .isEmpty());
            cloud.clock.advance(Duration.ofMinutes(11));
            assertEquals(
                    "later",
                    sqs.receiveMessage(request -> request.queueUrl(queue).waitTimeSeconds(5))
                            .messages()
                            .getFirst()
                            .body());
            assertThrows(
                    QueueDoesNotExistException.class,
                    () -> sqs.sendMessage(
                            request -> request.queueUrl(queue + "-none").messageBody("lost")));

            createTable(dynamoDb, "verifications");
            Map<String, AttributeValue> item = Map.of("id", AttributeValue.fromS("1"));
            dynamoDb.putItem(request -> request.tableName("verifications").item(item));
            assertEquals(
                    item,
                    dynamoDb.getItem(request ->
                                    request.tableName("verifications").key(item))
                            .item());
            assertFalse(Stream.of(sqsProxy, dynamoDbProxy)
                    .map(ServiceProxy::signingName)
                    .toList()
                    .contains("s3"));
        }
    }

    static void createTable(DynamoDbClient client, String name) {
        client.createTable(request -> request.tableName(name)
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

    private ServiceProxy offer(String name, int port, String path) {
        return cloud.offer(new ServiceProxy(name, URI.create("http://127.0.0.1:" + port + path)));
    }

    private String presigned(String bucket, String key) {
        try (S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(cloud.address())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(ObjectStore.ACCESS_KEY, ObjectStore.SECRET_KEY)))
                .build()) {
            return presigner
                    .presignGetObject(presign -> presign.signatureDuration(Duration.ofMinutes(1))
                            .getObjectRequest(get -> get.bucket(bucket).key(key)))
                    .url()
                    .toString();
        }
    }

    private static String read(String url, int status) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(status, response.statusCode(), response.body());
            return response.body();
        }
    }
}
