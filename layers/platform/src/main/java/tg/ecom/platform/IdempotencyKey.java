package tg.ecom.platform;

import tg.ecom.kernel.UserId;

/**
 * Names one attempt of one caller at one operation, so that it has one effect however often it is sent. It is stored in
 * the transaction of that effect.
 *
 * @param caller who tries
 * @param operation the operation's id in openapi.yaml
 * @param key what the caller sent as Idempotency-Key
 * @param bodyHash SHA-256 of the request in hexadecimal, by which the same key with another body is noticed
 */
public record IdempotencyKey(UserId caller, String operation, String key, String bodyHash) {}
