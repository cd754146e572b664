package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import tg.ecom.states.definition.MapState;
import tg.ecom.states.definition.ParallelState;
import tg.ecom.states.definition.State;

/** What a Parallel and a Map have in common: lines below their own, which end or fail. */
abstract sealed class Branches permits MapStep, ParallelStep {
    final Progress progress;
    final Run run;
    final Scope scope;

    Branches(Progress progress, Scope scope) {
        this.progress = progress;
        this.run = progress.run();
        this.scope = scope;
    }

    /** Those of the state that a scope is in. */
    static Branches of(Progress progress, Scope scope) {
        return switch (progress.run().stateOf(scope)) {
            case ParallelState parallel -> new ParallelStep(progress, scope, parallel);
            case MapState map -> new MapStep(progress, scope, map);
            case State other -> throw new IllegalStateException(other.name() + " has no branches");
        };
    }

    /** Begins what there is room for. */
    final void beginMore() throws StateFault {
        Phase.Branching branching = (Phase.Branching) scope.phase;
        int running = branching.begun() - branching.results().size();
        int begun = branching.begun();
        while (begun < branching.inputs().size() && running < branching.concurrencyMax()) {
            begin(run.newChild(scope, begun), begun, branching.inputs().get(begun));
            begun++;
            running++;
        }
        scope.phase = branching.begun(begun);
        if (branching.results().size() == branching.inputs().size()) {
            join();
        }
    }

    /** One has ended with an output. */
    final void ended(Scope child, JsonNode output) throws StateFault {
        long last = child.lastEvent;
        succeeded(child);
        Phase.Branching branching = ((Phase.Branching) scope.phase).with(child.index, output);
        boolean isLast = branching.results().size() == branching.inputs().size();
        // What begins next follows what this one did; the end of all follows the news of its end.
        scope.lastEvent = isLast ? child.lastEvent : last;
        run.drop(child);
        scope.phase = branching;
        beginMore();
    }

    abstract void begin(Scope child, int index, JsonNode input) throws StateFault;

    abstract void succeeded(Scope child);

    /** One has failed; told beside its line. */
    abstract void failed(Scope child);

    /** One is ended by the failure of another, or of all; told beside its line. */
    abstract void aborted(Scope child);

    abstract State.Fallible state();

    private void join() throws StateFault {
        ArrayNode results = JsonNodeFactory.instance.arrayNode();
        ((Phase.Branching) scope.phase).results().values().forEach(results::add);
        run.recordAside(scope, state().type() + "StateSucceeded");
        progress.leave(scope, state(), results, new Context(run, scope).withResult(results), state().next());
    }
}
