package tg.ecom.platform;

/**
 * What is wrong with one field of a request.
 *
 * @param field where: {@code amount}, {@code items[0].quantity}, {@code Idempotency-Key}
 * @param code the stable name of the rule that it breaks, such as {@code required}
 * @param message the rule, in the caller's language
 */
public record FieldError(String field, String code, String message) {}
