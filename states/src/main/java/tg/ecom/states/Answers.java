package tg.ecom.states;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;

/** How answers are written: AWS JSON 1.0, in which a time is a number of seconds since 1970. */
final class Answers {
    private static final int MILLIS = 3;

    private Answers() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static BigDecimal time(Instant instant) {
        return BigDecimal.valueOf(instant.toEpochMilli(), MILLIS);
    }
}
