package tg.ecom.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RulesTest {
    @Test
    void rulesInJava_areThoseInSqlInTheSameOrder() {
        assertEquals(
                Books.open()
                        .superuser()
                        .withHandle(
                                handle -> handle.createQuery("select unnest(enum_range(null::ledger.refusal))::text")
                                        .mapTo(String.class)
                                        .list()),
                Arrays.stream(LedgerRule.values())
                        .map(rule -> rule.rule().code())
                        .toList());
    }
}
