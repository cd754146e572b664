package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import tg.ecom.states.definition.Timestamps;
import tg.ecom.states.definition.WaitState;
import tg.ecom.states.expression.Bindings;

/** Runs a Wait. */
final class WaitStep {
    private static final long SECONDS_MAX = 99_999_999;
    private static final long MS_PER_S = 1_000;

    private WaitStep() {}

    static void enter(Progress progress, Scope scope, WaitState state) throws StateFault {
        scope.phase = new Phase.Waiting(until(progress, scope, state));
        due(progress, scope, state);
    }

    /** Leaves the state if its time has come. */
    static void due(Progress progress, Scope scope, WaitState state) throws StateFault {
        if (scope.phase instanceof Phase.Waiting waiting
                && waiting.until() <= progress.run().now()) {
            progress.leave(scope, state, scope.input, new Context(progress.run(), scope).bindings(), state.next());
        }
    }

    private static long until(Progress progress, Scope scope, WaitState state) throws StateFault {
        Bindings bindings = new Context(progress.run(), scope).bindings();
        return switch (state.until()) {
            case WaitState.Until.Seconds seconds -> {
                JsonNode value = progress.evaluate(scope, seconds.seconds(), "Seconds", bindings);
                if (!value.isIntegralNumber() || value.longValue() < 0 || value.longValue() > SECONDS_MAX) {
                    throw progress.misjudged(
                            scope, "Seconds", "Seconds must come to a whole number from 0 to " + SECONDS_MAX + ".");
                }
                yield progress.run().now() + value.longValue() * MS_PER_S;
            }
            case WaitState.Until.Timestamp timestamp -> {
                JsonNode value = progress.evaluate(scope, timestamp.timestamp(), "Timestamp", bindings);
                Optional<Instant> time = Optional.ofNullable(value.textValue()).flatMap(Timestamps::parse);
                if (time.isEmpty()) {
                    throw progress.misjudged(
                            scope,
                            "Timestamp",
                            "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: "
                                    + (value.isTextual() ? value.textValue() : value.toString()));
                }
                yield time.get().toEpochMilli();
            }
        };
    }
}
