package tg.ecom.states.engine;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tg.ecom.states.definition.MapState;
import tg.ecom.states.definition.ParallelState;
import tg.ecom.states.definition.State;
import tg.ecom.states.definition.StateMachine;

/** An execution that runs: where its lines stand, and what has happened since that was last kept. */
final class Run {
    /** Events that a history may have (developer guide, "Service quotas"). */
    static final int EVENTS_MAX = 25_000;

    /** A value may be as deep as Jackson lets JSON be, and lies some levels deep in a snapshot. */
    private static final int SNAPSHOT_DEPTH_MAX = 2 * StreamReadConstraints.DEFAULT_MAX_DEPTH;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(SNAPSHOT_DEPTH_MAX)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(SNAPSHOT_DEPTH_MAX)
                            .build())
                    .build())
            .setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.NON_PRIVATE);

    private final Execution execution;
    private final StateMachine machine;
    private final InstantSource clock;
    private final Kept kept;
    private final List<Event> events = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<String> stops = new ArrayList<>();
    private int transitions;
    private Optional<Ending> ending = Optional.empty();

    /** There is room for no more events. */
    static final class FullHistoryException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** What is kept of it between bursts. */
    static final class Kept {
        Map<Integer, Scope> scopes = new TreeMap<>();
        int nextScope;
        int nextAttempt;
        long lastEvent;
    }

    private Run(Execution execution, StateMachine machine, InstantSource clock, Kept kept) {
        this.execution = execution;
        this.machine = machine;
        this.clock = clock;
        this.kept = kept;
    }

    /** One that begins. Its first event is kept already. */
    static Run begun(Execution execution, StateMachine machine, InstantSource clock) {
        Kept kept = new Kept();
        kept.lastEvent = 1;
        Run run = new Run(execution, machine, clock, kept);
        Scope root = Scope.root();
        kept.scopes.put(root.id, root);
        kept.nextScope = 1;
        run.transition();
        return run;
    }

    /** One that goes on from what {@link #snapshot} gave. */
    static Run restored(Execution execution, StateMachine machine, InstantSource clock, String snapshot) {
        try {
            return new Run(execution, machine, clock, JSON.readValue(snapshot, Kept.class));
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("what was kept of " + execution.arn() + " can't be read", damaged);
        }
    }

    String snapshot() {
        try {
            return JSON.writeValueAsString(kept);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Execution execution() {
        return execution;
    }

    StateMachine machine() {
        return machine;
    }

    long now() {
        return clock.millis();
    }

    InstantSource clock() {
        return clock;
    }

    Optional<Ending> ending() {
        return ending;
    }

    List<Scope> scopes() {
        return List.copyOf(kept.scopes.values());
    }

    Optional<Scope> scope(int id) {
        return Optional.ofNullable(kept.scopes.get(id));
    }

    Scope root() {
        return kept.scopes.get(0);
    }

    Scope newChild(Scope parent, int index) {
        Scope child = Scope.child(parent, kept.nextScope++, index);
        kept.scopes.put(child.id, child);
        return child;
    }

    /** Forgets a scope and all below it. */
    void drop(Scope scope) {
        kept.scopes.remove(scope.id);
        scopes().stream().filter(child -> child.parent == scope.id).forEach(this::drop);
    }

    int newAttempt() {
        return ++kept.nextAttempt;
    }

    /** The machine, or branch of one, that a scope runs. */
    StateMachine machineOf(Scope scope) {
        if (scope.parent == Scope.NO_PARENT) {
            return machine;
        }
        return switch (stateOf(kept.scopes.get(scope.parent))) {
            case ParallelState parallel -> parallel.branches().get(scope.index);
            case MapState map -> map.processor();
            case State other -> throw new IllegalStateException(other.name() + " has no branches");
        };
    }

    State stateOf(Scope scope) {
        return machineOf(scope).state(scope.state);
    }

    /** What expressions of a scope see: its own variables, and those of the scopes around it. */
    Map<String, JsonNode> variablesOf(Scope scope) {
        Map<String, JsonNode> seen = scope.parent == Scope.NO_PARENT
                ? new HashMap<>()
                : new HashMap<>(variablesOf(kept.scopes.get(scope.parent)));
        seen.putAll(scope.variables);
        return seen;
    }

    /**
     * Adds an event to the history, after the last one of the scope's line.
     *
     * @throws FullHistoryException when there is room for the last event only
     */
    void record(Scope scope, String type, String detailsName, ObjectNode details) {
        if (kept.lastEvent >= EVENTS_MAX - 1) {
            throw new FullHistoryException();
        }
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        if (!detailsName.isEmpty()) {
            named.set(detailsName, details);
        }
        add(scope, type, named);
    }

    private void add(Scope scope, String type, ObjectNode named) {
        Event event = new Event(++kept.lastEvent, scope.lastEvent, clock.instant(), type, named);
        scope.lastEvent = event.id();
        events.add(event);
    }

    /** Adds an event beside a scope's line: what comes next on the line follows the same event as it does. */
    void recordAside(Scope scope, String type, String detailsName, ObjectNode details) {
        long last = scope.lastEvent;
        record(scope, type, detailsName, details);
        scope.lastEvent = last;
    }

    void recordAside(Scope scope, String type) {
        recordAside(scope, type, "", JsonNodeFactory.instance.objectNode());
    }

    void record(Scope scope, String type) {
        record(scope, type, "", JsonNodeFactory.instance.objectNode());
    }

    /** A state is executed, or again after a failure, or the execution begins. */
    void transition() {
        transitions++;
    }

    void call(Call call) {
        calls.add(call);
    }

    /** Whether a Task still waits for a call. */
    boolean isAwaited(Call call) {
        return scope(call.scope())
                .filter(scope -> scope.phase instanceof Phase.Calling calling && calling.attempt() == call.attempt())
                .isPresent();
    }

    /** Has an execution stopped that this one started and waits for no more. */
    void stop(String executionArn) {
        stops.add(executionArn);
    }

    /** Adds the last event. */
    void end(Ending with) {
        add(root(), with.status().event(), Details.ended(with));
        ending = Optional.of(with);
    }

    /** The earliest moment at which something is due by itself. */
    Optional<Instant> due() {
        long due = machine.timeoutSeconds()
                .map(seconds -> execution.startedAt().plusSeconds(seconds).toEpochMilli())
                .orElse(Phase.NEVER);
        for (Scope scope : kept.scopes.values()) {
            due = Math.min(due, due(scope));
        }
        return due == Phase.NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(due));
    }

    static long due(Scope scope) {
        return switch (scope.phase) {
            case Phase.Waiting waiting -> waiting.until();
            case Phase.Retrying retrying -> retrying.at();
            case Phase.Calling calling -> Math.min(calling.timeoutAt(), calling.heartbeatAt());
            case Phase.Working working -> Phase.NEVER;
            case Phase.Branching branching -> Phase.NEVER;
        };
    }

    /** What has happened since the last time; it is the caller's to keep now. */
    Burst takeBurst() {
        Burst burst = new Burst(List.copyOf(events), List.copyOf(calls), List.copyOf(stops), transitions);
        events.clear();
        calls.clear();
        stops.clear();
        transitions = 0;
        return burst;
    }

    /** What one signal led to. */
    record Burst(List<Event> events, List<Call> calls, List<String> stops, int transitions) {}
}
