package tg.ecom.local.template;

import java.time.Duration;
import java.util.Optional;

/**
 * An SQS queue.
 *
 * @param logicalPath logical ids from the root template down
 * @param name the queue's name, ending in {@code .fifo} if it keeps order
 * @param visibilityTimeout how long a received message is hidden
 * @param delay how long a sent message is hidden
 * @param retention how long messages are kept
 * @param redrive where messages go that were received too often, if anywhere
 */
public record Queue(
        String logicalPath,
        String name,
        Duration visibilityTimeout,
        Duration delay,
        Duration retention,
        Optional<Redrive> redrive) {
    /** The queue's ARN. */
    public String arn() {
        return ResourceNames.arn("sqs", name);
    }

    /** The queue of failed messages, after that many receives. */
    public record Redrive(String deadLetterArn, int receiveCountMax) {}
}
