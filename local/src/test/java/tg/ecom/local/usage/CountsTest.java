package tg.ecom.local.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tg.ecom.local.usage.Counts.Counter;
import tg.ecom.local.usage.Counts.Kind;

class CountsTest {
    private static final Counter RECHARGE = new Counter(Kind.INVOCATION, "recharge");
    private static final Counter WEBHOOK = new Counter(Kind.INVOCATION, "webhook");
    private static final Counter BILLED = new Counter(Kind.BILLED_MS, "recharge");

    @Test
    void since_hasWhatWasAdded_andNothingElse() {
        Counts earlier = new Counts(Map.of(RECHARGE, 2L, BILLED, 40L));
        Counts later = new Counts(Map.of(RECHARGE, 2L, BILLED, 55L, WEBHOOK, 1L));
        assertEquals(Map.of(BILLED, 15L, WEBHOOK, 1L), later.since(earlier).byCounter());
    }

    @Test
    void sum_isOfOneKind() {
        Counts counts = new Counts(Map.of(RECHARGE, 2L, BILLED, 40L, WEBHOOK, 1L));
        assertEquals(3, counts.sum(Kind.INVOCATION, name -> true));
        assertEquals(1, counts.sum(Kind.INVOCATION, name -> name.startsWith("web")));
        assertEquals(0, counts.of(Kind.CALL, "recharge"));
    }
}
