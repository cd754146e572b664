package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tg.ecom.states.definition.ChoiceState;
import tg.ecom.states.definition.ErrorNames;
import tg.ecom.states.definition.FailState;
import tg.ecom.states.definition.MapState;
import tg.ecom.states.definition.ParallelState;
import tg.ecom.states.definition.PassState;
import tg.ecom.states.definition.SucceedState;
import tg.ecom.states.definition.TaskState;
import tg.ecom.states.definition.WaitState;

/** What a signal means to a run. It changes the run in memory only; whoever calls keeps it. */
final class Interpreter {
    private static final Logger LOG = LoggerFactory.getLogger(Interpreter.class);

    private final Run run;
    private final Progress progress;

    private Interpreter(Run run) {
        this.run = run;
        this.progress = new Progress(run);
    }

    /** Lets a signal have its effect. @return whether it had any */
    static boolean apply(Run run, Signal signal) {
        return new Interpreter(run).apply(signal);
    }

    private boolean apply(Signal signal) {
        try {
            if (!(signal instanceof Signal.Wake)) {
                // What was due before the signal came happens before it.
                due();
                goOn();
            }
            boolean effective = run.ending().isEmpty() && take(signal);
            goOn();
            return effective;
        } catch (Run.FullHistoryException full) {
            progress.overflow();
            return true;
        }
    }

    private boolean take(Signal signal) {
        return switch (signal) {
            case Signal.Wake wake -> wake();
            case Signal.Stop stop -> stop(stop);
            case Signal.Answered answered -> answered(answered);
            case Signal.CallFailed failed ->
                attempt(failed.scope(), failed.attempt())
                        .map(scope -> task(
                                scope,
                                (task, calling) -> task.failed(failed.error(), Optional.ofNullable(failed.cause()))))
                        .orElse(false);
            case Signal.Finished finished ->
                attempt(finished.scope(), finished.attempt())
                        .map(scope -> task(scope, (task, calling) -> task.succeeded(finished.output())))
                        .orElse(false);
            case Signal.TokenSucceeded succeeded ->
                holder(succeeded.token())
                        .map(scope -> task(scope, (task, calling) -> task.succeeded(succeeded.output())))
                        .orElse(false);
            case Signal.TokenFailed failed ->
                holder(failed.token())
                        .map(scope -> task(
                                scope,
                                (task, calling) -> task.failed(failed.error().orElse(""), failed.cause())))
                        .orElse(false);
            case Signal.TokenAlive alive ->
                holder(alive.token()).map(scope -> task(scope, TaskStep::alive)).orElse(false);
        };
    }

    /** Enters what is to be entered, until every line waits for something or the execution has ended. */
    private void goOn() {
        for (Optional<Scope> next = progress.nextReady();
                next.isPresent() && run.ending().isEmpty();
                next = progress.nextReady()) {
            Scope scope = next.get();
            scope.eventBefore = scope.lastEvent;
            run.record(
                    scope,
                    run.stateOf(scope).type() + "StateEntered",
                    "stateEnteredEventDetails",
                    Details.entered(scope));
            scope.enteredEvent = scope.lastEvent;
            run.transition();
            attempt(scope, () -> enter(scope));
        }
    }

    private void enter(Scope scope) throws StateFault {
        switch (run.stateOf(scope)) {
            case PassState pass -> PassStep.enter(progress, scope, pass);
            case SucceedState succeed -> SucceedStep.enter(progress, scope, succeed);
            case FailState fail -> FailStep.enter(progress, scope, fail);
            case ChoiceState choice -> ChoiceStep.enter(progress, scope, choice);
            case WaitState wait -> WaitStep.enter(progress, scope, wait);
            case TaskState task -> new TaskStep(progress, scope, task).attempt();
            case ParallelState parallel -> new ParallelStep(progress, scope, parallel).start();
            case MapState map -> new MapStep(progress, scope, map).start();
        }
    }

    /** Has a run that was read back make the calls again that had not answered. */
    static void restore(Run run) {
        for (Scope scope : run.scopes()) {
            if (scope.phase instanceof Phase.Calling calling && run.stateOf(scope) instanceof TaskState task) {
                run.call(new Call(
                        scope.id, calling.attempt(), task.resource(), calling.request(), true, calling.answered()));
            }
        }
    }

    private boolean wake() {
        if (run.root().state.isEmpty()) {
            progress.enter(run.root(), run.machine().startAt(), run.execution().input());
            return true;
        }
        return due();
    }

    private boolean due() {
        long now = run.now();
        boolean isLate = run.machine()
                .timeoutSeconds()
                .filter(seconds ->
                        run.execution().startedAt().plusSeconds(seconds).toEpochMilli() <= now)
                .isPresent();
        List<Scope> dueScopes = run.scopes().stream()
                .filter(scope -> Run.due(scope) <= now)
                .sorted(Comparator.comparingLong(Run::due))
                .toList();
        if (isLate) {
            progress.end(Ending.of(Ending.Status.TIMED_OUT, Optional.of(ErrorNames.TIMEOUT), Optional.empty()));
        }
        for (Scope scope : dueScopes) {
            if (run.ending().isEmpty() && run.scope(scope.id).isPresent()) {
                attempt(scope, () -> due(scope));
            }
        }
        return isLate || !dueScopes.isEmpty();
    }

    private void due(Scope scope) throws StateFault {
        switch (scope.phase) {
            case Phase.Waiting waiting -> WaitStep.due(progress, scope, (WaitState) run.stateOf(scope));
            case Phase.Retrying retrying -> {
                scope.phase = new Phase.Working();
                run.transition();
                enter(scope);
            }
            case Phase.Calling calling -> new TaskStep(progress, scope, (TaskState) run.stateOf(scope)).due(calling);
            case Phase.Working working -> {}
            case Phase.Branching branching -> {}
        }
    }

    private boolean stop(Signal.Stop stop) {
        progress.end(Ending.of(Ending.Status.ABORTED, stop.error(), stop.cause()));
        return true;
    }

    private boolean answered(Signal.Answered answered) {
        return attempt(answered.scope(), answered.attempt())
                .map(scope -> task(scope, (task, calling) -> {
                    if (!calling.answered()) {
                        task.answered(calling, answered.result());
                    }
                }))
                .orElse(false);
    }

    /** The scope in which that attempt still runs. */
    private Optional<Scope> attempt(int scope, int attempt) {
        return run.scope(scope)
                .filter(each -> each.phase instanceof Phase.Calling calling && calling.attempt() == attempt);
    }

    private Optional<Scope> holder(String token) {
        return run.scopes().stream()
                .filter(scope -> scope.phase instanceof Phase.Calling calling
                        && calling.token().equals(token))
                .findFirst();
    }

    /** Something that a Task does, and that may make it fail. */
    private interface OnTask {
        void act(TaskStep task, Phase.Calling calling) throws StateFault;
    }

    private boolean task(Scope scope, OnTask action) {
        TaskStep task = new TaskStep(progress, scope, (TaskState) run.stateOf(scope));
        attempt(scope, () -> action.act(task, (Phase.Calling) scope.phase));
        return true;
    }

    /** Something that a state does, and that may make it fail. */
    private interface Action {
        void act() throws StateFault;
    }

    private void attempt(Scope scope, Action action) {
        try {
            action.act();
        } catch (StateFault fault) {
            progress.fail(scope, fault);
        } catch (Run.FullHistoryException full) {
            throw full;
        } catch (RuntimeException ours) {
            LOG.error("{} met a fault of the interpreter", run.execution().arn(), ours);
            progress.fail(scope, new StateFault(ErrorNames.RUNTIME, "A fault of the interpreter: " + ours));
        }
    }

    /** The first event of a history, which is kept with the start of its execution. */
    static Event started(Execution execution) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        Details.data(details, "input", execution.given()).put("roleArn", execution.roleArn());
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        named.set("executionStartedEventDetails", details);
        return new Event(1, 0, execution.startedAt(), "ExecutionStarted", named);
    }
}
