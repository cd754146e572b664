package tg.ecom.local.template;

import java.util.List;

/** An SNS topic with the subscriptions written in it. */
public record Topic(String logicalPath, String name, List<Subscription> subscriptions) {
    /** The topic's ARN. */
    public String arn() {
        return ResourceNames.arn("sns", name);
    }

    /** A protocol, such as {@code sqs} or {@code lambda}, and the ARN or address it delivers to. */
    public record Subscription(String protocol, String endpoint) {}
}
