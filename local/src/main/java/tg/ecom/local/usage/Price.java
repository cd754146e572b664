package tg.ecom.local.usage;

/**
 * AWS's list prices in US dollars for US East (N. Virginia), each in its first tier and without the free one. Beside
 * each is the page that publishes it, and has the last word.
 */
public enum Price {
    /** Standard workflows. https://aws.amazon.com/step-functions/pricing/ */
    STATE_TRANSITION(0.025, 1_000),

    /** https://aws.amazon.com/lambda/pricing/ */
    LAMBDA_REQUEST(0.20, 1_000_000),

    /** Of an arm64 function's memory, billed by the millisecond. https://aws.amazon.com/lambda/pricing/ */
    LAMBDA_GB_SECOND(0.0000133334, 1),

    /** HTTP APIs, up to 512 KB each. https://aws.amazon.com/api-gateway/pricing/ */
    API_REQUEST(1.00, 1_000_000),

    /** Standard queues, up to 64 KB each; a batch is one. https://aws.amazon.com/sqs/pricing/ */
    QUEUE_REQUEST(0.40, 1_000_000),

    /** Standard topics, up to 64 KB each; handing on to SQS costs nothing. https://aws.amazon.com/sns/pricing/ */
    TOPIC_REQUEST(0.50, 1_000_000),

    /** On demand, of an item up to 1 KB. https://aws.amazon.com/dynamodb/pricing/on-demand/ */
    TABLE_WRITE(0.625, 1_000_000),

    /** On demand, consistent, of an item up to 4 KB. https://aws.amazon.com/dynamodb/pricing/on-demand/ */
    TABLE_READ(0.125, 1_000_000),

    /** Symmetric keys. https://aws.amazon.com/kms/pricing/ */
    KEY_REQUEST(0.03, 10_000),

    /** https://aws.amazon.com/secrets-manager/pricing/ */
    SECRET_REQUEST(0.05, 10_000);

    private final double dollars;
    private final int units;

    Price(double dollars, int units) {
        this.dollars = dollars;
        this.units = units;
    }

    /** What so many units cost, in dollars. */
    public double of(double count) {
        return count * dollars / units;
    }

    /** {@code $0.20 / 1,000,000}. */
    public String listed() {
        return units == 1 ? "$%.10f".formatted(dollars) : "$%.3f / %,d".formatted(dollars, units);
    }
}
