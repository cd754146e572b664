package tg.ecom.local.queues;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import tg.ecom.local.aws.Account;
import tg.ecom.local.aws.ServiceProxy;
import tg.ecom.local.parts.QueueServer;
import tg.ecom.local.template.Queue;

/** A real ElasticMQ and local's way to it. */
final class TestQueues implements AutoCloseable {
    static final String ADDRESS = "http://127.0.0.1:8080/_aws";

    final ObservedQueues observed;
    final QueueService service;
    private final QueueServer server;
    private final ServiceProxy proxy;

    TestQueues(Path directory, InstantSource clock) {
        server = QueueServer.start(directory, 0, URI.create(ADDRESS), Account.REGION, Account.ID, clock);
        proxy = new ServiceProxy("sqs", URI.create("http://127.0.0.1:" + server.port() + "/_aws"));
        observed = new ObservedQueues(proxy);
        service = new QueueService(observed, ADDRESS);
    }

    /** A queue whose messages are hidden for 30 s and die after two receives, in the queue of that name. */
    static Queue queue(String name, String deadLetters) {
        return new Queue(
                "Test/" + name,
                name,
                Duration.ofSeconds(30),
                Duration.ZERO,
                Duration.ofDays(4),
                Optional.of(new Queue.Redrive(Account.arn("sqs", deadLetters), 2)));
    }

    /** A queue with SQS's defaults. */
    static Queue queue(String name) {
        return new Queue(
                "Test/" + name, name, Duration.ofSeconds(30), Duration.ZERO, Duration.ofDays(4), Optional.empty());
    }

    void send(String queue, String body) {
        send(queue, body, Duration.ZERO);
    }

    void send(String queue, String body, Duration delay) {
        ObjectNode input = QueueService.object()
                .put("QueueUrl", service.url(queue))
                .put("MessageBody", body)
                .put("DelaySeconds", delay.toSeconds());
        input.putObject("MessageAttributes")
                .putObject("type")
                .put("DataType", "String")
                .put("StringValue", "ride.completed");
        service.call("SendMessage", input);
    }

    /** How many messages a queue has, hidden ones too. */
    int count(String queue) {
        ObjectNode input = QueueService.object().put("QueueUrl", service.url(queue));
        input.putArray("AttributeNames").add("All");
        var attributes = service.call("GetQueueAttributes", input).path("Attributes");
        return attributes.path("ApproximateNumberOfMessages").asInt()
                + attributes.path("ApproximateNumberOfMessagesNotVisible").asInt()
                + attributes.path("ApproximateNumberOfMessagesDelayed").asInt();
    }

    String attribute(String queue, String name) {
        ObjectNode input = QueueService.object().put("QueueUrl", service.url(queue));
        input.putArray("AttributeNames").add("All");
        return service.call("GetQueueAttributes", input)
                .path("Attributes")
                .path(name)
                .asText();
    }

    @Override
    public void close() {
        proxy.close();
        server.close();
    }
}
