package tg.ecom.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import tg.ecom.local.aws.KeptConnections;
import tg.ecom.local.parts.PostgresServer;
import tg.ecom.states.Account;
import tg.ecom.states.LambdaFunctions;
import tg.ecom.states.StepFunctions;

/** Step Functions with two machines to measure it by, and one function, which answers what it is given. */
final class Interpreter implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double NANOS_PER_S = 1e9;
    private static final double NANOS_PER_MS = 1e6;

    /** As many as the one-machine cloud gives it. */
    private static final int CONNECTIONS_MAX = 16;

    private static final String PASS_CHOICE_PASS = """
            {"QueryLanguage": "JSONata", "StartAt": "First", "States": {
              "First": {"Type": "Pass", "Output": {"amount": "{% $states.input.amount + 1 %}"}, "Next": "Enough?"},
              "Enough?": {"Type": "Choice", "Default": "Last",
                "Choices": [{"Condition": "{% $states.input.amount > 100 %}", "Next": "Last"}]},
              "Last": {"Type": "Pass", "End": true}}}
            """;

    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    private final KeptConnections connections;
    private final StepFunctions states;
    private final String passing;
    private final String calling;
    private final int tasks;

    /** When the function began and ended, in nanoseconds. */
    private record Call(long beganNanos, long endedNanos) {}

    /**
     * Starts it.
     *
     * @param tasks how many lambda:invoke states follow each other in the machine that calls the function
     */
    Interpreter(PostgresServer server, int tasks) {
        connections = new KeptConnections(server.dataSource(PostgresServer.CLOUD_DATABASE), CONNECTIONS_MAX);
        states = StepFunctions.start(
                connections.jdbi(), InstantSource.system(), new Account("000000000000", "us-east-1"), this::echo);
        this.tasks = tasks;
        passing = create("passing", PASS_CHOICE_PASS);
        calling = create("calling", taskAfterTask(tasks));
    }

    /** Runs so many executions of Pass, Choice, Pass. @return how many end in a second */
    double executionsPerSecond(Callers callers, int each) {
        long began = System.nanoTime();
        long started = callers.sum(caller -> {
            for (int execution = 0; execution < each; execution++) {
                start(passing);
            }
            return each;
        });
        awaitAll();
        return started / ((System.nanoTime() - began) / NANOS_PER_S);
    }

    /** Runs the machine that calls the function. @return the time from each answer of it to the next call, in ms */
    double[] millisBetweenCalls() {
        calls.clear();
        start(calling);
        awaitAll();
        List<Call> made = List.copyOf(calls);
        if (made.size() != tasks) {
            throw new BenchmarkFailure("The function was called " + made.size() + " times, not " + tasks + ".");
        }
        double[] between = new double[tasks - 1];
        for (int next = 1; next < tasks; next++) {
            between[next - 1] =
                    (made.get(next).beganNanos() - made.get(next - 1).endedNanos()) / NANOS_PER_MS;
        }
        return between;
    }

    @Override
    public void close() {
        states.close();
        connections.close();
    }

    private LambdaFunctions.Answer echo(String function, byte[] payload) {
        long began = System.nanoTime();
        LambdaFunctions.Answer answer = new LambdaFunctions.Answer(payload, Optional.empty(), "$LATEST");
        calls.add(new Call(began, System.nanoTime()));
        return answer;
    }

    private String create(String name, String definition) {
        ObjectNode input = JSON.createObjectNode()
                .put("name", name)
                .put("roleArn", "arn:aws:iam::000000000000:role/any")
                .put("definition", definition);
        return states.call("CreateStateMachine", input).path("stateMachineArn").asText();
    }

    private void start(String machine) {
        states.call(
                "StartExecution",
                JSON.createObjectNode().put("stateMachineArn", machine).put("input", "{\"amount\": 99}"));
    }

    private void awaitAll() {
        for (String machine : List.of(passing, calling)) {
            Waiting.until("all executions ended", () -> running(machine).isEmpty());
        }
    }

    private JsonNode running(String machine) {
        ObjectNode input = JSON.createObjectNode()
                .put("stateMachineArn", machine)
                .put("statusFilter", "RUNNING")
                .put("maxResults", 1);
        return states.call("ListExecutions", input).path("executions");
    }

    private static String taskAfterTask(int count) {
        ObjectNode all = JSON.createObjectNode();
        for (int index = 0; index < count; index++) {
            ObjectNode task = all.putObject("Call " + index)
                    .put("Type", "Task")
                    .put("Resource", "arn:aws:states:::lambda:invoke")
                    .put("Output", "{% $states.result.Payload %}");
            task.putObject("Arguments").put("FunctionName", "echo").put("Payload", "{% $states.input %}");
            if (index == count - 1) {
                task.put("End", true);
            } else {
                task.put("Next", "Call " + (index + 1));
            }
        }
        ObjectNode definition =
                JSON.createObjectNode().put("QueryLanguage", "JSONata").put("StartAt", "Call 0");
        definition.set("States", all);
        return definition.toString();
    }
}
