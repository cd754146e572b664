package tg.ecom.marketplace;

import tg.ecom.kernel.OrderId;

/**
 * What people call an order, as {@code 7K3F9-2QXAB}: 50 random bits of its id, in the 32 letters and digits that
 * Douglas Crockford found nobody to confuse (no I, L, O or U). Two orders of a million share a number once in two
 * billion.
 */
final class OrderNumber {
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LETTER_BITS = 5;
    private static final int LENGTH = 10;

    private OrderNumber() {}

    static String of(OrderId id) {
        StringBuilder number = new StringBuilder();
        long bits = id.value().getLeastSignificantBits();
        for (int place = 0; place < LENGTH; place++) {
            number.append(LETTERS.charAt((int) (bits & (LETTERS.length() - 1))));
            bits >>>= LETTER_BITS;
        }
        return number.insert(LENGTH / 2, '-').toString();
    }
}
