package tg.ecom.marketplace;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import tg.ecom.kernel.OrderId;
import tg.ecom.platform.KeyedHash;

/**
 * The four digits by which customers say that they have their order. They are derived from the order's id under a key,
 * so that they are kept nowhere.
 */
record DeliveryCodes(KeyedHash hash) {
    /** After so many wrong ones only an administrator can say that it was delivered: one in 2,000 is guessed. */
    static final int TRIES_MAX = 5;

    private static final BigInteger CODES = BigInteger.valueOf(10_000);

    /** An order's code. */
    String of(OrderId order) {
        BigInteger number = new BigInteger(1, hash.of("delivery code", order.toString()));
        return String.format(Locale.ROOT, "%04d", number.mod(CODES));
    }

    /** Whether a code is an order's, in a time that does not tell how much of it is right. */
    boolean fits(OrderId order, String code) {
        return MessageDigest.isEqual(
                of(order).getBytes(StandardCharsets.US_ASCII), code.getBytes(StandardCharsets.US_ASCII));
    }
}
