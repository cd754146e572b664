package tg.ecom.console;

import java.util.Map;
import java.util.UUID;

/**
 * A state machine of a test's own, and one execution of it.
 *
 * @param execution its name
 */
record StateMachine(String execution) {
    /** Makes it and starts it. */
    static StateMachine started(Machine machine, String definition, String input) {
        String name = "test-" + UUID.randomUUID();
        String arn = machine.states(
                        "CreateStateMachine",
                        Map.of(
                                "name", name,
                                "definition", definition,
                                "roleArn", "arn:aws:iam::000000000000:role/test"))
                .path("stateMachineArn")
                .textValue();
        machine.states("StartExecution", Map.of("stateMachineArn", arn, "name", name, "input", input));
        return new StateMachine(name);
    }

    /** Where the console shows it. */
    String hash() {
        return "#/executions/" + execution;
    }
}
