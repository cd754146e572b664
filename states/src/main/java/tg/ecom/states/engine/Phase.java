package tg.ecom.states.engine;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How far a scope is with the state that it is in. Times are milliseconds since 1970. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "phase")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Phase.Working.class, name = "working"),
    @JsonSubTypes.Type(value = Phase.Waiting.class, name = "waiting"),
    @JsonSubTypes.Type(value = Phase.Retrying.class, name = "retrying"),
    @JsonSubTypes.Type(value = Phase.Calling.class, name = "calling"),
    @JsonSubTypes.Type(value = Phase.Branching.class, name = "branching")
})
sealed interface Phase {
    /** There is no such time. */
    long NEVER = Long.MAX_VALUE;

    /** In the middle of a burst; never kept. */
    record Working() implements Phase {}

    /** A Wait. */
    record Waiting(long until) implements Phase {}

    /** Before another try. */
    record Retrying(long at) implements Phase {}

    /**
     * A Task has called.
     *
     * @param attempt tells this attempt from those before it
     * @param token what ends it, of one that waits for its token; empty else
     * @param request what the resource was given
     * @param answered whether the call itself has returned, and something else is waited for
     */
    record Calling(
            int attempt,
            String token,
            JsonNode request,
            long timeoutAt,
            long heartbeatSeconds,
            long heartbeatAt,
            boolean answered)
            implements Phase {
        Calling answeredNow() {
            return new Calling(attempt, token, request, timeoutAt, heartbeatSeconds, heartbeatAt, true);
        }

        Calling aliveUntil(long at) {
            return new Calling(attempt, token, request, timeoutAt, heartbeatSeconds, at, answered);
        }
    }

    /**
     * A Parallel or a Map, whose branches or iterations run.
     *
     * @param inputs of each branch or item
     * @param results of those that have ended, by their place
     * @param begun how many have begun
     * @param concurrencyMax how many run at one time
     */
    record Branching(List<JsonNode> inputs, Map<Integer, JsonNode> results, int begun, long concurrencyMax)
            implements Phase {
        Branching with(int place, JsonNode result) {
            Map<Integer, JsonNode> more = new TreeMap<>(results);
            more.put(place, result);
            return new Branching(inputs, more, begun, concurrencyMax);
        }

        Branching begun(int count) {
            return new Branching(inputs, results, count, concurrencyMax);
        }
    }
}
