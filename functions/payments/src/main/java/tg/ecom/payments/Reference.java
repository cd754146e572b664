package tg.ecom.payments;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import tg.ecom.kernel.PaymentId;

/**
 * What a payment is called at operators, which take at most 30 letters and digits: its id as a number to the base of
 * 32. It is the same in every attempt, so that an operator does twice-asked things once.
 *
 * @param text 26 characters, 0 to 9 and A to V
 */
record Reference(String text) {
    private static final int BASE = 32;
    private static final int LENGTH = 26;

    /** 26 digits are 130 bits, of which an id has 128. */
    private static final Pattern FORM = Pattern.compile("[0-7][0-9A-V]{25}");

    static Reference of(PaymentId payment) {
        UUID id = payment.value();
        byte[] bytes = ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        String digits = new BigInteger(1, bytes).toString(BASE).toUpperCase(Locale.ROOT);
        return new Reference("0".repeat(LENGTH - digits.length()) + digits);
    }

    /** The payment that a text names. @return empty when it is none of our references */
    static Optional<PaymentId> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        BigInteger number = new BigInteger(text, BASE);
        return Optional.of(new PaymentId(new UUID(number.shiftRight(Long.SIZE).longValue(), number.longValue())));
    }

    @Override
    public String toString() {
        return text;
    }
}
