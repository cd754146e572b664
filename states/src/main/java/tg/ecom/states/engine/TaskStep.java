package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.UUID;
import tg.ecom.states.definition.ErrorNames;
import tg.ecom.states.definition.Resource;
import tg.ecom.states.definition.Resource.Completion;
import tg.ecom.states.definition.TaskState;
import tg.ecom.states.expression.Bindings;
import tg.ecom.states.expression.Template;

/**
 * Runs a Task: one attempt after the other. The call itself is made once the attempt is kept; what comes back names the
 * attempt, so that an answer to one that is over has no effect.
 */
final class TaskStep {
    private static final long SECONDS_MAX = 99_999_999;
    private static final long MS_PER_S = 1_000;
    private static final int EXECUTION_NAME_LENGTH_MAX = 80;

    private final Progress progress;
    private final Run run;
    private final Scope scope;
    private final TaskState state;
    private final TaskEvents events;

    TaskStep(Progress progress, Scope scope, TaskState state) {
        this.progress = progress;
        this.run = progress.run();
        this.scope = scope;
        this.state = state;
        this.events = new TaskEvents(run, scope, state.resource());
    }

    /** The execution that an attempt has started and waits for, if it does. */
    static Optional<String> startedBy(Run run, Scope scope, Phase.Calling calling) {
        if (run.stateOf(scope) instanceof TaskState task
                && calling.answered()
                && (task.resource().completion() == Completion.SYNC
                        || task.resource().completion() == Completion.SYNC_2)) {
            return Optional.of(executionArn(calling.request()));
        }
        return Optional.empty();
    }

    /** The ARN of the execution that a request starts. */
    static String executionArn(JsonNode request) {
        String machine = request.path("StateMachineArn").asText();
        return machine.replaceFirst(":stateMachine:", ":execution:") + ":"
                + request.path("Name").asText();
    }

    /** Begins an attempt. */
    void attempt() throws StateFault {
        boolean byToken = state.resource().completion() == Completion.TOKEN;
        String token = byToken ? Token.fresh(run.execution().id()).text() : "";
        Context context = new Context(run, scope);
        Bindings bindings = byToken ? context.withToken(token) : context.bindings();
        JsonNode request = request(bindings);
        Optional<Long> timeout = seconds(state.timeout(), "TimeoutSeconds", bindings);
        Optional<Long> heartbeat = seconds(state.heartbeat(), "HeartbeatSeconds", bindings);
        int attempt = run.newAttempt();
        events.scheduled(request, timeout, heartbeat);
        scope.phase = new Phase.Calling(
                attempt, token, request, after(timeout), heartbeat.orElse(0L), after(heartbeat), false);
        run.call(new Call(scope.id, attempt, state.resource(), request, false, false));
    }

    /** The call has answered. */
    void answered(Phase.Calling calling, JsonNode answer) throws StateFault {
        Progress.requireSize(answer, "The answer to the task '" + state.name() + "'");
        if (state.resource().completion() == Completion.RESPONSE) {
            succeeded(answer);
        } else {
            scope.phase = calling.answeredNow();
            events.submitted(answer);
        }
    }

    /** It has come to a result. */
    void succeeded(JsonNode result) throws StateFault {
        events.succeeded(result);
        progress.leave(scope, state, result, new Context(run, scope).withResult(result), state.next());
    }

    /** It has failed. */
    void failed(String error, Optional<String> cause) throws StateFault {
        progress.abandon(scope);
        events.failed(error, cause);
        throw new StateFault(error, cause.orElse(null));
    }

    /** Fails it if it took too long, or gave no sign of life for too long. */
    void due(Phase.Calling calling) throws StateFault {
        if (calling.timeoutAt() <= run.now()) {
            timedOut(ErrorNames.TIMEOUT);
        } else if (calling.heartbeatAt() <= run.now()) {
            timedOut(ErrorNames.HEARTBEAT_TIMEOUT);
        }
    }

    /** It gave a sign of life. */
    void alive(Phase.Calling calling) {
        if (calling.heartbeatSeconds() > 0) {
            scope.phase = calling.aliveUntil(run.now() + calling.heartbeatSeconds() * MS_PER_S);
        }
    }

    private void timedOut(String error) throws StateFault {
        progress.abandon(scope);
        events.timedOut(error);
        throw new StateFault(error, null);
    }

    private JsonNode request(Bindings bindings) throws StateFault {
        JsonNode request = state.arguments().isPresent()
                ? progress.evaluate(scope, state.arguments().get(), "Arguments", bindings)
                : scope.input;
        Progress.requireSize(request, "The arguments of the task '" + state.name() + "'");
        if (!(state.resource() instanceof Resource.Integration integration)) {
            return request;
        }
        Resource.Action action = integration.called();
        if (!request.path(action.required()).isTextual()) {
            throw new StateFault(ErrorNames.RUNTIME, "The field '" + action.required() + "' must be a string.");
        }
        for (var argument : request.properties()) {
            if (!action.arguments().contains(argument.getKey())) {
                throw new StateFault(
                        ErrorNames.RUNTIME,
                        "The field '" + argument.getKey() + "' is not supported by " + state.name());
            }
        }
        return action == Resource.Action.START_EXECUTION ? named((ObjectNode) request) : request;
    }

    /** With a name, so that a call made again after a restart starts no second execution. */
    private static ObjectNode named(ObjectNode request) {
        ObjectNode named = request.deepCopy();
        if (!named.hasNonNull("Name")) {
            named.put("Name", UUID.randomUUID().toString());
        }
        String name = named.path("Name").asText();
        named.put("Name", name.substring(0, Math.min(name.length(), EXECUTION_NAME_LENGTH_MAX)));
        if (!named.hasNonNull("Input")) {
            named.set("Input", JsonNodeFactory.instance.objectNode());
        }
        return named;
    }

    private Optional<Long> seconds(Optional<Template> field, String name, Bindings bindings) throws StateFault {
        if (field.isEmpty()) {
            return Optional.empty();
        }
        JsonNode value = progress.evaluate(scope, field.get(), name, bindings);
        if (!value.isIntegralNumber() || value.longValue() < 1 || value.longValue() > SECONDS_MAX) {
            throw progress.misjudged(scope, name, name + " must come to a whole number from 1 to " + SECONDS_MAX + ".");
        }
        return Optional.of(value.longValue());
    }

    private long after(Optional<Long> seconds) {
        return seconds.map(each -> run.now() + each * MS_PER_S).orElse(Phase.NEVER);
    }
}
