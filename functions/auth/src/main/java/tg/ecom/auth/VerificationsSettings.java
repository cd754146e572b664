package tg.ecom.auth;

/**
 * For functions that send or check codes.
 *
 * @param verificationsTable the DynamoDB table of codes: key {@code id}, TTL {@code expires_at}
 */
public record VerificationsSettings(String verificationsTable) {}
