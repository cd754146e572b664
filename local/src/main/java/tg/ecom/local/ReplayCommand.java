package tg.ecom.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;
import tg.ecom.local.parts.ObjectStore;

/**
 * {@code ./ecom replay QUEUE}: moves the dead letters of a queue back to where they came from, here or in the cloud, as
 * "start DLQ redrive" of SQS's console does.
 */
final class ReplayCommand {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration MOVE_MAX = Duration.ofMinutes(10);
    private static final Pattern DEAD_LETTERS = Pattern.compile("\"deadLetterTargetArn\"\\s*:\\s*\"([^\"]+)\"");

    private final PrintStream terminal;

    ReplayCommand(PrintStream terminal) {
        this.terminal = terminal;
    }

    void run(ReplayOptions options) {
        try (SqsClient queues = client(options)) {
            String dead = deadLetters(queues, options.queue());
            String name = dead.substring(dead.lastIndexOf(':') + 1);
            String url = url(queues, name);
            if (queues.listDeadLetterSourceQueues(request -> request.queueUrl(url))
                    .queueUrls()
                    .isEmpty()) {
                throw new UsageException("No queue sends its dead letters to " + name + ".");
            }
            long moved = move(queues, dead);
            terminal.printf(
                    moved == 1 ? "%d message of %s went back.%n" : "%d messages of %s went back.%n", moved, name);
        } catch (QueueDoesNotExistException unknown) {
            throw new UsageException("There is no queue " + options.queue() + " at " + place(options) + ".");
        } catch (SqsException refused) {
            throw new UsageException(
                    place(options) + " refused: " + refused.awsErrorDetails().errorMessage());
        } catch (SdkClientException _) {
            throw new UsageException(place(options)
                    + " does not answer: start ./ecom up, or name another with --port, --endpoint or --region.");
        }
    }

    /** The ARN of the queue itself, or of the one that its redrive policy names. */
    private static String deadLetters(SqsClient queues, String name) {
        var attributes = queues.getQueueAttributes(request -> request.queueUrl(url(queues, name))
                        .attributeNames(QueueAttributeName.QUEUE_ARN, QueueAttributeName.REDRIVE_POLICY))
                .attributes();
        Matcher redrive = DEAD_LETTERS.matcher(attributes.getOrDefault(QueueAttributeName.REDRIVE_POLICY, ""));
        return redrive.find() ? redrive.group(1) : attributes.get(QueueAttributeName.QUEUE_ARN);
    }

    private static String url(SqsClient queues, String name) {
        return queues.getQueueUrl(request -> request.queueName(name)).queueUrl();
    }

    /** How many went back. */
    private static long move(SqsClient queues, String dead) {
        String handle =
                queues.startMessageMoveTask(request -> request.sourceArn(dead)).taskHandle();
        long end = System.nanoTime() + MOVE_MAX.toNanos();
        while (System.nanoTime() < end) {
            Optional<ListMessageMoveTasksResultEntry> task = task(queues, dead, handle);
            String status = task.map(ListMessageMoveTasksResultEntry::status).orElse("RUNNING");
            if (status.equals("FAILED") || status.equals("CANCELLED")) {
                throw new UsageException("The move ended after "
                        + task.get().approximateNumberOfMessagesMoved() + " messages: " + status + ", "
                        + task.get().failureReason() + ".");
            }
            if (status.equals("COMPLETED")) {
                return task.get().approximateNumberOfMessagesMoved();
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        throw new UsageException("The move still goes on after " + MOVE_MAX.toMinutes() + " minutes.");
    }

    /** A task by its handle, which SQS tells only while it runs; a finished one is the newest. */
    private static Optional<ListMessageMoveTasksResultEntry> task(SqsClient queues, String dead, String handle) {
        List<ListMessageMoveTasksResultEntry> tasks = queues.listMessageMoveTasks(
                        request -> request.sourceArn(dead).maxResults(10))
                .results();
        return tasks.stream()
                .filter(task -> handle.equals(task.taskHandle()))
                .findFirst()
                .or(() -> tasks.stream().findFirst());
    }

    private static SqsClient client(ReplayOptions options) {
        SqsClientBuilder builder = SqsClient.builder()
                .region(Region.of(options.region()))
                .credentialsProvider(credentials(options))
                .httpClientBuilder(UrlConnectionHttpClient.builder());
        options.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    /** This machine asks for no password, so whoever has none is somebody there. */
    private static AwsCredentialsProvider credentials(ReplayOptions options) {
        boolean here = options.endpoint()
                .filter(endpoint -> Addresses.HOST.equals(endpoint.getHost()) || "localhost".equals(endpoint.getHost()))
                .isPresent();
        return here
                ? StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(ObjectStore.ACCESS_KEY, ObjectStore.SECRET_KEY))
                : DefaultCredentialsProvider.builder().build();
    }

    private static String place(ReplayOptions options) {
        return options.endpoint().map(Object::toString).orElse("SQS in " + options.region());
    }
}
