package tg.ecom.kernel;

/**
 * A whole number of CFA francs (XOF, ISO 4217 exponent 0), from 0 to 10<sup>12</sup>. There is no fraction of a franc
 * and no negative amount: who pays whom is said by the operation, not by a sign.
 *
 * @param amount francs
 */
public record Money(long amount) implements Comparable<Money> {
    /** The largest amount that the API takes in one field. */
    public static final long AMOUNT_MAX = 1_000_000_000_000L;

    /** The currency of every amount: ISO 4217 code of the West African CFA franc. */
    public static final String CURRENCY = "XOF";

    /** No francs. */
    public static final Money ZERO = new Money(0);

    public Money {
        if (amount < 0 || amount > AMOUNT_MAX) {
            throw new IllegalArgumentException("an amount is 0 to " + AMOUNT_MAX + " XOF, not " + amount);
        }
    }

    /** The sum. @throws IllegalArgumentException when it is more than {@link #AMOUNT_MAX} */
    public Money plus(Money other) {
        return new Money(amount + other.amount);
    }

    /** The difference. @throws IllegalArgumentException when it would be negative */
    public Money minus(Money other) {
        return new Money(amount - other.amount);
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(amount, other.amount);
    }

    @Override
    public String toString() {
        return amount + " " + CURRENCY;
    }
}
