package tg.ecom.kernel;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.constraints.LongRange;

/** Amounts of which two still make a sum within the bound. */
@LongRange(min = 0, max = Money.AMOUNT_MAX / 2)
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@interface Francs {}
