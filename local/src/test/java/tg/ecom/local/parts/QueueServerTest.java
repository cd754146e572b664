package tg.ecom.local.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class QueueServerTest {
    private final MovableClock clock = new MovableClock();

    @TempDir
    private Path directory;

    @Test
    void messages_areThereAfterARestartUnlessTheyWereDeleted() {
        try (QueueServer server = start(directory);
                SqsClient client = client(server)) {
            String queue = client.createQueue(request ->
                            request.queueName("events").attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "45")))
                    .queueUrl();
            client.sendMessage(request -> request.queueUrl(queue).messageBody("kept"));
            client.sendMessage(request -> request.queueUrl(queue).messageBody("deleted"));
            List<Message> received = receive(client, queue);
            assertEquals(2, received.size());
            received.stream()
                    .filter(message -> message.body().equals("deleted"))
                    .forEach(message -> client.deleteMessage(
                            request -> request.queueUrl(queue).receiptHandle(message.receiptHandle())));
        }
        clock.advance(Duration.ofMinutes(1));
        try (QueueServer server = start(directory);
                SqsClient client = client(server)) {
            String queue =
                    client.getQueueUrl(request -> request.queueName("events")).queueUrl();
            assertEquals(
                    List.of("kept"),
                    receive(client, queue).stream().map(Message::body).toList());
            assertEquals(
                    "45",
                    client.getQueueAttributes(request ->
                                    request.queueUrl(queue).attributeNames(QueueAttributeName.VISIBILITY_TIMEOUT))
                            .attributes()
                            .get(QueueAttributeName.VISIBILITY_TIMEOUT));
        }
    }

    @Test
    void whatWasAnswered_survivesASigkillInThatMoment() throws IOException {
        try (QueueServer server = start(directory.resolve("killed"));
                SqsClient client = client(server)) {
            String queue =
                    client.createQueue(request -> request.queueName("events")).queueUrl();
            client.sendMessage(request -> request.queueUrl(queue).messageBody("gone"));
            String gone = receive(client, queue).getFirst().receiptHandle();
            for (int i = 0; i < 10; i++) {
                String body = "kept " + i;
                client.sendMessage(request -> request.queueUrl(queue).messageBody(body));
            }
            client.deleteMessage(request -> request.queueUrl(queue).receiptHandle(gone));
            // What a process that is killed now leaves behind.
            Path left = Files.createDirectory(directory.resolve("left"));
            Files.copy(directory.resolve("killed/queues.mv.db"), left.resolve("queues.mv.db"));
        }
        clock.advance(Duration.ofMinutes(1));
        try (QueueServer server = start(directory.resolve("left"));
                SqsClient client = client(server)) {
            String queue =
                    client.getQueueUrl(request -> request.queueName("events")).queueUrl();
            assertEquals(
                    IntStream.range(0, 10).mapToObj(i -> "kept " + i).collect(Collectors.toSet()),
                    receive(client, queue).stream().map(Message::body).collect(Collectors.toSet()));
            assertTrue(receive(client, queue).isEmpty());
        }
    }

    @Test
    void delay_countsFromTheGivenClockAlsoAfterItWasMoved() {
        clock.advance(Duration.ofHours(1));
        try (QueueServer server = start(directory);
                SqsClient client = client(server)) {
            String queue =
                    client.createQueue(request -> request.queueName("events")).queueUrl();
            client.sendMessage(
                    request -> request.queueUrl(queue).messageBody("later").delaySeconds(600));
            assertTrue(receive(client, queue).isEmpty());
            clock.advance(Duration.ofMinutes(11));
            assertEquals(1, receive(client, queue).size());
        }
    }

    @Test
    void twoServersInOneProcess_keepTheirQueuesApart() {
        try (QueueServer one = start(directory.resolve("one"));
                QueueServer two = start(directory.resolve("two"));
                SqsClient clientOfOne = client(one);
                SqsClient clientOfTwo = client(two)) {
            clientOfOne.createQueue(request -> request.queueName("events"));
            assertEquals(1, clientOfOne.listQueues().queueUrls().size());
            assertTrue(clientOfTwo.listQueues().queueUrls().isEmpty());
        }
        try (QueueServer two = start(directory.resolve("two"));
                SqsClient clientOfTwo = client(two)) {
            assertTrue(clientOfTwo.listQueues().queueUrls().isEmpty());
        }
    }

    @Test
    void directoryInUse_isRefused() {
        try (QueueServer server = start(directory)) {
            PartFailure refusal = assertThrows(PartFailure.class, () -> start(directory));
            assertTrue(refusal.getMessage().contains("in use"), refusal.getMessage());
            assertTrue(server.port() > 0);
        }
    }

    private QueueServer start(Path where) {
        return QueueServer.start(where, 0, URI.create("http://127.0.0.1:8080"), "us-east-1", "000000000000", clock);
    }

    private static List<Message> receive(SqsClient client, String queue) {
        return client.receiveMessage(request -> request.queueUrl(queue).maxNumberOfMessages(10))
                .messages();
    }

    private static SqsClient client(QueueServer server) {
        return SqsClient.builder()
                .endpointOverride(URI.create("http://" + server.host() + ":" + server.port()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }
}
