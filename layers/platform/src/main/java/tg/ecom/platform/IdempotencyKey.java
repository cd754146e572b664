package tg.ecom.platform;

import java.util.Arrays;
import java.util.HexFormat;
import tg.ecom.kernel.UserId;

/**
 * Names one attempt of one caller at one operation, so that it has one effect however often it is sent. It is stored in the
 * transaction of that effect.
 *
 * @param caller who tries
 * @param operation the operation's id in openapi.yaml
 * @param key what the caller sent as Idempotency-Key
 * @param bodyHash SHA-256 of the request, by which the same key with another body is noticed
 */
public record IdempotencyKey(UserId caller, String operation, String key, byte[] bodyHash) {
    public IdempotencyKey {
        bodyHash = bodyHash.clone();
    }

    @Override
    public byte[] bodyHash() {
        return bodyHash.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdempotencyKey that
                && caller.equals(that.caller)
                && operation.equals(that.operation)
                && key.equals(that.key)
                && Arrays.equals(bodyHash, that.bodyHash);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return operation + "/" + key + "/" + HexFormat.of().formatHex(bodyHash, 0, 4);
    }
}
