package tg.ecom.platform;

/**
 * For functions that count how often something is done.
 *
 * @param limitsTable the domain's DynamoDB table of counters: key {@code id}, TTL {@code expires_at}
 */
public record LimitsSettings(String limitsTable) {}
