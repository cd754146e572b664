package tg.ecom.states.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tg.ecom.states.LambdaFault;
import tg.ecom.states.LambdaFunctions;
import tg.ecom.states.definition.ErrorNames;
import tg.ecom.states.definition.Resource;
import tg.ecom.states.definition.Resource.Completion;

/** Makes the calls of Tasks, each on a thread of its own, and tells their executions what came of them. */
final class Calls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;

    private final LambdaFunctions functions;
    private final Engine engine;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final Waiters<Waiter> waiters = new Waiters<>();

    /** What has been called and has not answered. */
    private final Set<Attempt> underway = ConcurrentHashMap.newKeySet();

    private record Attempt(long execution, int number) {}

    private record Waiter(long execution, Call call) {}

    Calls(LambdaFunctions functions, Engine engine) {
        this.functions = functions;
        this.engine = engine;
    }

    /** Makes a call, unless it is being made: then what comes of that counts. */
    void make(Execution execution, Call call) {
        Attempt attempt = new Attempt(execution.id(), call.attempt());
        if (underway.add(attempt)) {
            onThread(() -> {
                try {
                    answer(execution, call);
                } finally {
                    underway.remove(attempt);
                }
            });
        }
    }

    /** Stops an execution that nobody waits for any more. */
    void stop(String arn) {
        onThread(() -> engine.store()
                .find(arn)
                .ifPresent(child -> engine.tell(
                        child.execution().id(),
                        new Signal.Stop(
                                Optional.empty(),
                                Optional.of("The execution that started it does not wait for it any more.")))));
    }

    /** An execution has ended: who waits for it is told. */
    void ended(Stored child) {
        waiters.take(child.execution().arn()).forEach(waiter -> finish(waiter.execution(), waiter.call(), child));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void onThread(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException closing) {
            LOG.debug("closing: a call is made at the next start", closing);
        }
    }

    private void answer(Execution execution, Call call) {
        try {
            switch (call.resource()) {
                case Resource.LambdaFunction function ->
                    tellAnswer(execution, call, invoke(function.arn(), call.request()));
                case Resource.Integration integration -> {
                    switch (integration.called()) {
                        case INVOKE -> {
                            if (!call.started()) {
                                tellAnswer(execution, call, invokeIntegration(call.request()));
                            }
                        }
                        case START_EXECUTION -> startExecution(execution, call);
                    }
                }
            }
        } catch (StateFault fault) {
            tell(execution, call, new Signal.CallFailed(call.scope(), call.attempt(), fault.error(), fault.cause()));
        } catch (RuntimeException | Error failure) {
            if (!engine.isClosing()) {
                LOG.warn("a call of {} failed", execution.arn(), failure);
                tell(
                        execution,
                        call,
                        new Signal.CallFailed(
                                call.scope(), call.attempt(), "Lambda.SdkClientException", failure.toString()));
            }
        }
    }

    private void tellAnswer(Execution execution, Call call, JsonNode answer) {
        tell(execution, call, new Signal.Answered(call.scope(), call.attempt(), answer));
    }

    private void tell(Execution execution, Call call, Signal outcome) {
        // First: if the outcome can't be kept, the call is made again.
        underway.remove(new Attempt(execution.id(), call.attempt()));
        engine.tell(execution.id(), outcome);
    }

    private JsonNode invoke(String function, JsonNode payload) throws StateFault {
        LambdaFunctions.Answer answer = ask(function, payload);
        return parsed(answer);
    }

    private JsonNode invokeIntegration(JsonNode request) throws StateFault {
        String name = request.path("FunctionName").textValue();
        String qualified = request.hasNonNull("Qualifier")
                ? name + ":" + request.path("Qualifier").asText()
                : name;
        JsonNode payload = request.has("Payload") ? request.get("Payload") : JsonNodeFactory.instance.objectNode();
        LambdaFunctions.Answer answer = ask(qualified, payload);
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("ExecutedVersion", answer.executedVersion());
        result.set("Payload", parsed(answer));
        return Details.sdkMetadata(result).put("StatusCode", OK);
    }

    private LambdaFunctions.Answer ask(String function, JsonNode payload) throws StateFault {
        LambdaFunctions.Answer answer;
        try {
            answer = functions.invoke(function, payload.toString().getBytes(StandardCharsets.UTF_8));
        } catch (LambdaFault fault) {
            throw new StateFault(fault.error(), fault.getMessage());
        }
        if (answer.functionError().isPresent()) {
            throw failed(answer);
        }
        return answer;
    }

    /** A function's own error reaches Retry and Catch by the type that it gave. */
    private static StateFault failed(LambdaFunctions.Answer answer) {
        String text = new String(answer.payload(), StandardCharsets.UTF_8);
        try {
            JsonNode error = JSON.readTree(text);
            return new StateFault(error.path("errorType").asText("Lambda.Unknown"), text);
        } catch (JsonProcessingException notJson) {
            return new StateFault("Lambda.Unknown", text);
        }
    }

    private static JsonNode parsed(LambdaFunctions.Answer answer) throws StateFault {
        try {
            JsonNode json = JSON.readTree(answer.payload());
            return json.isMissingNode() ? JsonNodeFactory.instance.nullNode() : json;
        } catch (IOException notJson) {
            throw new StateFault(ErrorNames.RUNTIME, "The function answered what is no JSON.");
        }
    }

    private void startExecution(Execution execution, Call call) throws StateFault {
        String arn = TaskStep.executionArn(call.request());
        Completion completion = call.resource().completion();
        boolean isWaitedFor = completion == Completion.SYNC || completion == Completion.SYNC_2;
        if (call.started() && !isWaitedFor) {
            return;
        }
        if (!call.started()) {
            tellAnswer(execution, call, NestedExecutions.started(start(call, arn)));
        }
        if (isWaitedFor) {
            awaitEnd(execution, call, arn);
        }
    }

    private Stored start(Call call, String arn) throws StateFault {
        JsonNode request = call.request();
        String machineArn = request.path("StateMachineArn").asText();
        Machine machine = engine.machines()
                .find(machineArn)
                .orElseThrow(() -> new StateFault(
                        "StepFunctions.StateMachineDoesNotExistException",
                        "State Machine Does Not Exist: '" + machineArn + "'"));
        JsonNode input = request.get("Input");
        boolean isNew = engine.start(machine, arn, request.path("Name").asText(), input, input.toString())
                .isPresent();
        Stored child = engine.store().find(arn).orElseThrow();
        // A call that is repeated finds the execution that it has started, which may have ended meanwhile.
        boolean isSame = (child.isRunning() || call.repeated())
                && child.execution().input().equals(input);
        if (!isNew && !isSame) {
            throw new StateFault(
                    "StepFunctions.ExecutionAlreadyExistsException", "Execution Already Exists: '" + arn + "'");
        }
        return child;
    }

    private void awaitEnd(Execution execution, Call call, String arn) {
        waiters.add(arn, new Waiter(execution.id(), call));
        // It may have ended before anybody waited.
        engine.store().find(arn).filter(child -> !child.isRunning()).ifPresent(this::ended);
    }

    private void finish(long execution, Call call, Stored child) {
        boolean asJson = call.resource().completion() == Completion.SYNC_2;
        JsonNode described = NestedExecutions.ended(child, asJson);
        engine.tell(
                execution,
                child.status().equals(Ending.Status.SUCCEEDED.name())
                        ? new Signal.Finished(call.scope(), call.attempt(), described)
                        : new Signal.CallFailed(
                                call.scope(), call.attempt(), ErrorNames.TASK_FAILED, described.toString()));
    }
}
