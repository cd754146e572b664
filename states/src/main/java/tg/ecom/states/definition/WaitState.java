package tg.ecom.states.definition;

import java.util.Optional;
import tg.ecom.states.expression.Template;

/**
 * Waits.
 *
 * @param until how long, or until when
 * @param next the state after it; empty where it ends its machine or branch
 */
public record WaitState(
        String name, Until until, Optional<Template> output, Optional<Template> assign, Optional<String> next)
        implements State {
    /** When a wait is over. */
    public sealed interface Until {
        /** After some seconds, 0 to 99,999,999. */
        record Seconds(Template seconds) implements Until {}

        /** At a time, an RFC 3339 string. */
        record Timestamp(Template timestamp) implements Until {}
    }

    @Override
    public String type() {
        return "Wait";
    }
}
