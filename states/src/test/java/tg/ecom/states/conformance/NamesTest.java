package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.states.conformance.Asl.machine;
import static tg.ecom.states.conformance.Asl.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and idempotency: StartExecution and CreateStateMachine of the API reference. */
@WithInterpreter
class NamesTest {
    private final Interpreter states;
    private final String machine;

    NamesTest(Interpreter states) {
        this.states = states;
        this.machine = states.create(machine("{W: {Type: 'Wait', Seconds: 1000, End: true}}"));
    }

    private ObjectNode start(String name, String input) {
        return object("{}").put("stateMachineArn", machine).put("name", name).put("input", input);
    }

    @Test
    void sameNameAndInput_answerTheRunningExecution() {
        String name = Interpreter.name();
        JsonNode first = states.call("StartExecution", start(name, "{\"x\": 1}"));
        states.advance(Duration.ofSeconds(5));
        assertEquals(first, states.call("StartExecution", start(name, "{\"x\": 1}")));
        assertEquals(
                machine.replace(":stateMachine:", ":execution:") + ":" + name,
                first.path("executionArn").asText());
    }

    @Test
    void sameNameAndAnotherInput_areRefused() {
        String name = Interpreter.name();
        states.call("StartExecution", start(name, "{\"x\": 1}"));
        assertEquals("ExecutionAlreadyExists", states.refusal("StartExecution", start(name, "{\"x\": 2}")));
    }

    @Test
    void nameOfAClosedExecution_isTaken() {
        String name = Interpreter.name();
        String arn = states.call("StartExecution", start(name, "{}"))
                .path("executionArn")
                .asText();
        states.call("StopExecution", object("{}").put("executionArn", arn));
        assertEquals("ExecutionAlreadyExists", states.refusal("StartExecution", start(name, "{}")));
    }

    @Test
    void manyStartsAtOnce_areOneExecution() {
        String name = Interpreter.name();
        Set<String> arns = Collections.synchronizedSet(new HashSet<>());
        IntStream.range(0, 16)
                .parallel()
                .forEach(count -> arns.add(
                        states.call("StartExecution", start(name, "{}")).toString()));
        assertEquals(1, arns.size(), arns::toString);
    }

    @Test
    void withoutName_executionsAreNamedByThemselves() {
        ObjectNode request = object("{}").put("stateMachineArn", machine);
        Run one = new Run(
                states,
                states.call("StartExecution", request).path("executionArn").asText());
        Run two = new Run(
                states,
                states.call("StartExecution", request).path("executionArn").asText());
        assertNotEquals(one.name(), two.name());
        assertEquals("{}", one.described().path("input").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a/b",
                "a?b",
                "a*b",
                "a<b",
                "a{b",
                "a[b",
                "a\"b",
                "a#b",
                "a%b",
                "a\\b",
                "a^b",
                "a|b",
                "a~b",
                "a`b",
                "a$b",
                "a&b",
                "a,b",
                "a;b",
                "a:b",
                "a\u0001b"
            })
    void nameWithAForbiddenCharacter_isRefused(String name) {
        assertEquals("InvalidName", states.refusal("StartExecution", start(name, "{}")));
        assertEquals(
                "InvalidName",
                states.refusal("CreateStateMachine", Interpreter.creation(name, machine("{A: {Type: 'Succeed'}}"))));
    }

    @Test
    void nameOfMoreThan80Characters_isRefused() {
        assertTrue(List.of("InvalidName", "ValidationException")
                .contains(states.refusal("StartExecution", start("n".repeat(81), "{}"))));
        states.call("StartExecution", start(Interpreter.name() + "-".repeat(60), "{}"));
    }

    @Test
    void inputThatIsNoJson_isRefused() {
        assertEquals("InvalidExecutionInput", states.refusal("StartExecution", start(Interpreter.name(), "{")));
        assertEquals("InvalidExecutionInput", states.refusal("StartExecution", start(Interpreter.name(), "")));
        assertEquals("InvalidExecutionInput", states.refusal("StartExecution", start(Interpreter.name(), "{} {}")));
    }

    @Test
    void unknownStateMachine_isRefused() {
        assertEquals(
                "StateMachineDoesNotExist",
                states.refusal("StartExecution", "{stateMachineArn: '" + Interpreter.ARN + "stateMachine:none'}"));
        assertEquals("InvalidArn", states.refusal("StartExecution", "{stateMachineArn: 'none'}"));
    }

    @Test
    void sameStateMachineTwice_isOne() {
        String name = Interpreter.name();
        String definition = machine("{A: {Type: 'Succeed'}}");
        JsonNode first = states.create(name, definition);
        states.advance(Duration.ofSeconds(1));
        assertEquals(first, states.create(name, definition));
        assertEquals(
                Interpreter.ARN + "stateMachine:" + name,
                first.path("stateMachineArn").asText());
    }

    @Test
    void stateMachineOfTheSameNameAndAnotherDefinition_isRefused() {
        String name = Interpreter.name();
        states.create(name, machine("{A: {Type: 'Succeed'}}"));
        assertEquals(
                "StateMachineAlreadyExists",
                states.refusal("CreateStateMachine", Interpreter.creation(name, machine("{B: {Type: 'Succeed'}}"))));
    }
}
