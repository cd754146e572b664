package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tg.ecom.states.definition.MapState;
import tg.ecom.states.definition.State;

/** Runs an inline Map: an iteration for each item, as many at a time as MaxConcurrency lets. */
final class MapStep extends Branches {
    /** What an inline Map runs at one time at most (developer guide, "Using Map state in Inline mode"). */
    private static final long CONCURRENCY_MAX = 40;

    private final MapState state;

    MapStep(Progress progress, Scope scope, MapState state) {
        super(progress, scope);
        this.state = state;
    }

    void start() throws StateFault {
        Context context = new Context(run, scope);
        JsonNode items = state.items().isPresent()
                ? progress.evaluate(scope, state.items().get(), "Items", context.bindings())
                : scope.input;
        if (!items.isArray()) {
            throw state.items().isPresent()
                    ? progress.unexpected(scope, state.items().get(), "Items", "array", items)
                    : progress.misjudged(scope, "", "Map state input must be an array but was: " + items);
        }
        List<JsonNode> inputs = new ArrayList<>();
        items.forEach(inputs::add);
        long concurrencyMax = concurrencyMax(context);
        run.record(
                scope,
                "MapStateStarted",
                "mapStateStartedEventDetails",
                JsonNodeFactory.instance.objectNode().put("length", inputs.size()));
        scope.phase = new Phase.Branching(inputs, Map.of(), 0, concurrencyMax);
        beginMore();
    }

    @Override
    void begin(Scope child, int index, JsonNode item) throws StateFault {
        child.state = state.processor().startAt();
        run.record(child, "MapIterationStarted", "mapIterationStartedEventDetails", iteration(child));
        JsonNode input = state.itemSelector().isPresent()
                ? progress.evaluate(
                        scope,
                        state.itemSelector().get(),
                        "ItemSelector",
                        new Context(run, scope).withItem(index, item))
                : item;
        progress.enter(child, state.processor().startAt(), input);
    }

    @Override
    void succeeded(Scope child) {
        run.record(child, "MapIterationSucceeded", "mapIterationSucceededEventDetails", iteration(child));
    }

    @Override
    void failed(Scope child) {
        run.recordAside(child, "MapIterationFailed", "mapIterationFailedEventDetails", iteration(child));
    }

    @Override
    void aborted(Scope child) {
        run.recordAside(child, "MapIterationAborted", "mapIterationAbortedEventDetails", iteration(child));
    }

    @Override
    State.Fallible state() {
        return state;
    }

    private long concurrencyMax(Context context) throws StateFault {
        if (state.concurrency().isEmpty()) {
            return CONCURRENCY_MAX;
        }
        JsonNode concurrency =
                progress.evaluate(scope, state.concurrency().get(), "MaxConcurrency", context.bindings());
        if (!concurrency.isIntegralNumber() || concurrency.longValue() < 0) {
            throw progress.misjudged(scope, "MaxConcurrency", "MaxConcurrency must come to a number of 0 or more.");
        }
        return concurrency.longValue() == 0 ? CONCURRENCY_MAX : Math.min(concurrency.longValue(), CONCURRENCY_MAX);
    }

    private ObjectNode iteration(Scope child) {
        return JsonNodeFactory.instance.objectNode().put("name", state.name()).put("index", child.index);
    }
}
