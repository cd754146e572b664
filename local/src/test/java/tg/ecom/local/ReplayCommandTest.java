package tg.ecom.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import tg.ecom.local.aws.Account;
import tg.ecom.local.parts.MovableClock;
import tg.ecom.local.parts.QueueServer;

class ReplayCommandTest {
    private final MovableClock clock = new MovableClock();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private QueueServer server;
    private SqsClient queues;
    private String work;
    private String dead;

    @BeforeEach
    void start() {
        server =
                QueueServer.start(directory, 0, URI.create("http://127.0.0.1:8080"), Account.REGION, Account.ID, clock);
        queues = SqsClient.builder()
                .endpointOverride(URI.create(endpoint()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        dead = queues.createQueue(request -> request.queueName("dead")).queueUrl();
        String policy = "{\"deadLetterTargetArn\":\"" + Account.arn("sqs", "dead") + "\",\"maxReceiveCount\":1}";
        work = queues.createQueue(request ->
                        request.queueName("work").attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)))
                .queueUrl();
    }

    @AfterEach
    void end() {
        queues.close();
        server.close();
    }

    @Test
    void deadLettersGoBackToTheirQueue_andAreReceivedAnew() {
        killThree();
        assertEquals("3 messages of dead went back.\n", replay("dead"));
        assertEquals("0", count(dead));
        assertEquals("3", count(work));
        assertEquals(
                3,
                queues.receiveMessage(request -> request.queueUrl(work).maxNumberOfMessages(10))
                        .messages()
                        .size());
    }

    @Test
    void queueIsNamedByItselfOrByItsDeadLetters() {
        killThree();
        assertEquals("3 messages of dead went back.\n", replay("work"));
        assertEquals("3", count(work));
    }

    @Test
    void queueWithoutDeadLettersLosesNothing() {
        assertEquals("0 messages of dead went back.\n", replay("work"));
    }

    @Test
    void whatCannotBeReplayedIsOneSentence() {
        assertEquals("There is no queue none at " + endpoint() + ".", refusal("none"));
        queues.createQueue(request -> request.queueName("lonely"));
        assertEquals("No queue sends its dead letters to lonely.", refusal("lonely"));
        server.close();
        assertEquals(
                endpoint() + " does not answer: start ./ecom up, or name another with --port, --endpoint or --region.",
                refusal("work"));
        server =
                QueueServer.start(directory, 0, URI.create("http://127.0.0.1:8080"), Account.REGION, Account.ID, clock);
        assertEquals(
                "./ecom replay needs the name of a queue.",
                assertThrows(UsageException.class, () -> ReplayOptions.parse(List.of()))
                        .getMessage());
    }

    private void killThree() {
        for (int i = 0; i < 3; i++) {
            String body = "message " + i;
            queues.sendMessage(request -> request.queueUrl(work).messageBody(body));
        }
        for (int receive = 0; receive < 2; receive++) {
            var _ = queues.receiveMessage(request -> request.queueUrl(work).maxNumberOfMessages(10));
            clock.advance(Duration.ofMinutes(1));
        }
        assertEquals("3", count(dead));
    }

    private String count(String queue) {
        return queues.getQueueAttributes(request ->
                        request.queueUrl(queue).attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .attributes()
                .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
    }

    private String replay(String queue) {
        new ReplayCommand(new PrintStream(printed, true, StandardCharsets.UTF_8))
                .run(ReplayOptions.parse(List.of(queue, "--endpoint", endpoint())));
        return printed.toString(StandardCharsets.UTF_8);
    }

    private String refusal(String queue) {
        return assertThrows(UsageException.class, () -> replay(queue)).getMessage();
    }

    private String endpoint() {
        return "http://127.0.0.1:" + server.port();
    }
}
