package tg.ecom.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class MoneyTest {
    @Test
    void bothBounds_areAmounts() {
        assertEquals(0, new Money(0).amount());
        assertEquals(1_000_000_000_000L, new Money(1_000_000_000_000L).amount());
    }

    @Test
    void oneBeyondEitherBound_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Money(-1));
        assertThrows(IllegalArgumentException.class, () -> new Money(1_000_000_000_001L));
    }

    @Property
    void everyNegativeAmount_isRefused(@ForAll @LongRange(min = Long.MIN_VALUE, max = -1) long amount) {
        assertThrows(IllegalArgumentException.class, () -> new Money(amount));
    }

    @Property
    void everyAmountAboveTheBound_isRefused(
            @ForAll @LongRange(min = Money.AMOUNT_MAX + 1, max = Long.MAX_VALUE) long amount) {
        assertThrows(IllegalArgumentException.class, () -> new Money(amount));
    }

    @Property
    void whatIsAddedAndTakenAway_leavesWhatWasThere(@ForAll @Francs long one, @ForAll @Francs long other) {
        Money sum = new Money(one).plus(new Money(other));
        assertEquals(new Money(one + other), sum);
        assertEquals(sum, new Money(other).plus(new Money(one)));
        assertEquals(new Money(one), sum.minus(new Money(other)));
        assertTrue(sum.compareTo(new Money(one)) >= 0);
    }

    @Property
    void moreThanThereIs_canNotBeTakenAway(@ForAll @Francs long amount) {
        assertThrows(IllegalArgumentException.class, () -> new Money(amount).minus(new Money(amount + 1)));
    }

    @Test
    void sumBeyondTheBound_isRefusedAndDoesNotWrap() {
        Money largest = new Money(Money.AMOUNT_MAX);
        assertThrows(IllegalArgumentException.class, () -> largest.plus(new Money(1)));
        assertThrows(IllegalArgumentException.class, () -> largest.plus(largest));
    }

    @Test
    void text_isFrancsAndCurrency() {
        assertEquals("500 XOF", new Money(500).toString());
        assertEquals("0 XOF", Money.ZERO.toString());
    }
}
