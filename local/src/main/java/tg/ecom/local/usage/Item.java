package tg.ecom.local.usage;

import java.util.Optional;

/** What AWS's bill has a line for. */
public enum Item {
    /** Of all state machines. */
    STATE_TRANSITIONS("Step Functions transitions", "transition", Price.STATE_TRANSITION),
    /** By whomever. */
    INVOCATIONS("Lambda invocations", "invocation", Price.LAMBDA_REQUEST),
    /** The time that functions took on this machine, by the memory that their templates give them. */
    GB_SECONDS("Lambda GB-seconds, arm64", "GB-second", Price.LAMBDA_GB_SECOND),
    /** Those that came to a function. */
    API_REQUESTS("API Gateway requests", "request", Price.API_REQUEST),
    /** One for each batch. */
    QUEUE_SENDS("SQS sends", "request", Price.QUEUE_REQUEST),
    /** Those that found messages. */
    QUEUE_RECEIVES("SQS receives", "request", Price.QUEUE_REQUEST),
    /** One for each batch. */
    QUEUE_DELETES("SQS deletes", "request", Price.QUEUE_REQUEST),
    /** To topics. */
    TOPIC_PUBLISHES("SNS publishes", "request", Price.TOPIC_REQUEST),
    /** To phones. AWS counts a long one as several; see https://aws.amazon.com/sns/sms-pricing/ */
    TEXT_MESSAGES("SNS text messages", "message", "priced by country and network, in a list of its own that changes"),
    /** Each taken for one of an item up to 1 KB. */
    TABLE_WRITES("DynamoDB writes", "request", Price.TABLE_WRITE),
    /** Each taken for one of an item up to 4 KB. */
    TABLE_READS("DynamoDB reads", "request", Price.TABLE_READ),
    /** Of data keys and of what they encrypt. */
    KEY_REQUESTS("KMS requests", "request", Price.KEY_REQUEST),
    /** Functions read secrets when they start. */
    SECRET_REQUESTS("Secrets Manager requests", "request", Price.SECRET_REQUEST),
    /** Of the event sources of Lambda. */
    EMPTY_RECEIVES(
            "SQS receives that found nothing",
            "request",
            "not comparable: here each queue is asked twice a second, in the cloud a receive waits for up to 20 s");

    private final String title;
    private final String unit;
    private final Optional<Price> price;
    private final String whyUnpriced;

    Item(String title, String unit, Price price) {
        this(title, unit, Optional.of(price), "");
    }

    Item(String title, String unit, String whyUnpriced) {
        this(title, unit, Optional.empty(), whyUnpriced);
    }

    Item(String title, String unit, Optional<Price> price, String whyUnpriced) {
        this.title = title;
        this.unit = unit;
        this.price = price;
        this.whyUnpriced = whyUnpriced;
    }

    /** As people read it. */
    public String title() {
        return title;
    }

    /** What one of it is. */
    public String unit() {
        return unit;
    }

    /** What it costs; empty when that can't be said. */
    public Optional<Price> price() {
        return price;
    }

    /** Why it has no price, in words; empty when it has one. */
    public String whyUnpriced() {
        return whyUnpriced;
    }
}
