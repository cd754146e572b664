package tg.ecom.platform;

/**
 * For functions that read or write sensitive columns.
 *
 * @param encryptionKey the ARN of the KMS key that wraps data keys
 */
public record VaultSettings(String encryptionKey) {}
