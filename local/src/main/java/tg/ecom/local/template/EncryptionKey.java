package tg.ecom.local.template;

/**
 * A KMS key.
 *
 * @param id the key's id, the same at each start
 * @param arn the key's ARN
 * @param usage {@code ENCRYPT_DECRYPT}, {@code SIGN_VERIFY} or {@code GENERATE_VERIFY_MAC}
 * @param spec such as {@code SYMMETRIC_DEFAULT}
 */
public record EncryptionKey(String logicalPath, String id, String arn, String usage, String spec) {}
