package tg.ecom.local.template;

import java.util.Optional;

/**
 * Who is told what a topic tells: a resource of its own, or written in the topic.
 *
 * @param logicalPath logical ids from the root template down
 * @param topicArn the topic
 * @param protocol such as {@code sqs} or {@code email}
 * @param endpoint the ARN or address that it delivers to
 * @param rawDelivery whether a queue gets the message alone, without SNS's envelope
 * @param filterPolicy what attributes messages must have, as JSON
 */
public record Subscription(
        String logicalPath,
        String topicArn,
        String protocol,
        String endpoint,
        boolean rawDelivery,
        Optional<String> filterPolicy) {}
