package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.states.conformance.Asl.json;
import static tg.ecom.states.conformance.Asl.machine;
import static tg.ecom.states.conformance.Asl.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Definitions that are refused before they run. */
@WithInterpreter
class ValidationTest {
    private final Interpreter states;

    ValidationTest(Interpreter states) {
        this.states = states;
    }

    /** Refused at creation and by the validator, with what stands in the diagnostics' messages and locations. */
    private String refused(String definition) {
        assertEquals(
                "InvalidDefinition",
                states.refusal("CreateStateMachine", Interpreter.creation(Interpreter.name(), definition)),
                definition);
        JsonNode answer =
                states.call("ValidateStateMachineDefinition", object("{}").put("definition", definition));
        assertEquals("FAIL", answer.path("result").asText());
        assertFalse(answer.path("diagnostics").isEmpty());
        JsonNode first = answer.path("diagnostics").path(0);
        assertEquals("ERROR", first.path("severity").asText());
        assertFalse(first.path("code").asText().isEmpty());
        return answer.path("diagnostics").toString();
    }

    private void refusedNaming(String word, String definition) {
        String told = refused(definition);
        assertTrue(told.contains(word), () -> word + " is not in " + told);
    }

    @Test
    void goodDefinition_isFoundGood() {
        JsonNode answer = states.call(
                "ValidateStateMachineDefinition",
                object("{}").put("definition", machine("{A: {Type: 'Pass', End: true}}")));
        assertEquals("OK", answer.path("result").asText());
        assertEquals(0, answer.path("diagnostics").size());
    }

    @Test
    void whatIsNoMachine_isRefused() {
        refused("{");
        refused("[]");
        refused("{}");
        refused("{\"StartAt\": \"A\"}");
        refused("{\"StartAt\": \"A\", \"States\": {}}");
        refused("{\"States\": {\"A\": {\"Type\": \"Succeed\"}}}");
        refusedNaming("Nowhere", machine("{StartAt: 'Nowhere'}", "{A: {Type: 'Succeed'}}"));
        refusedNaming("Nonsense", machine("{Nonsense: 1}", "{A: {Type: 'Succeed'}}"));
        refused(machine("{TimeoutSeconds: 'soon'}", "{A: {Type: 'Succeed'}}"));
        refused(machine("{QueryLanguage: 'SQL'}", "{A: {Type: 'Succeed'}}"));
    }

    @Test
    void danglingTransition_isRefused() {
        refusedNaming("Nowhere", machine("{A: {Type: 'Pass', Next: 'Nowhere'}}"));
        refusedNaming("Nowhere", machine("{C: {Type: 'Choice', Choices: [{Condition: true, Next: 'Nowhere'}]}}"));
        refusedNaming(
                "Nowhere",
                machine(
                        "{C: {Type: 'Choice', Choices: [{Condition: true, Next: 'A'}], Default: 'Nowhere'}, A: {Type: 'Succeed'}}"));
        refusedNaming(
                "Nowhere",
                machine("{A: {Invoke: 'f', End: true, Catch: [{ErrorEquals: ['States.ALL'], Next: 'Nowhere'}]}}"));
    }

    @Test
    void transitionOutOfABranch_isRefused() {
        refused(machine("""
                {P: {Type: 'Parallel', End: true, Branches: [{StartAt: 'A', States: {A: {Type: 'Pass', Next: 'Z'}}}]},
                 Z: {Type: 'Succeed'}}
                """));
    }

    @Test
    void unreachableState_isRefused() {
        refusedNaming("Lost", machine("{A: {Type: 'Succeed'}, Lost: {Type: 'Succeed'}}"));
        refusedNaming("Lost", machine("""
                {P: {Type: 'Parallel', End: true, Branches: [
                    {StartAt: 'A', States: {A: {Type: 'Succeed'}, Lost: {Type: 'Succeed'}}}]}}
                """));
    }

    @Test
    void stateNames_areUniqueInTheWholeMachine() {
        refusedNaming("A", machine("""
                {A: {Type: 'Parallel', End: true, Branches: [{StartAt: 'B', States: {B: {Type: 'Pass', Next: 'A'},
                    A: {Type: 'Succeed'}}}]}}
                """));
    }

    @Test
    void stateNameOfMoreThan80Characters_isRefused() {
        refused(machine("{" + "a".repeat(81) + ": {Type: 'Succeed'}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{A: {}}",
                "{A: {Type: 'Dance', End: true}}",
                "{A: {Type: 'Pass'}}",
                "{A: {Type: 'Pass', End: true, Next: 'A'}}",
                "{A: {Type: 'Pass', End: false}}",
                "{A: {Type: 'Pass', End: true, Nonsense: 1}}",
                "{A: {Type: 'Succeed', End: true}}",
                "{A: {Type: 'Fail', Next: 'A'}}",
                "{A: {Type: 'Wait', End: true}}",
                "{A: {Type: 'Wait', Seconds: 1, Timestamp: '2030-01-01T00:00:00Z', End: true}}",
                "{A: {Type: 'Wait', Seconds: -1, End: true}}",
                "{A: {Type: 'Wait', Timestamp: 'tomorrow', End: true}}",
                "{A: {Type: 'Choice', Choices: []}}",
                "{A: {Type: 'Choice'}}",
                "{A: {Type: 'Choice', Choices: [{Next: 'A'}]}}",
                "{A: {Type: 'Choice', Choices: [{Condition: '{% true %}'}]}}",
                "{A: {Type: 'Choice', End: true, Choices: [{Condition: true, Next: 'A'}]}}",
                "{A: {Type: 'Parallel', End: true}}",
                "{A: {Type: 'Parallel', End: true, Branches: [{StartAt: 'B'}]}}",
                "{A: {Type: 'Map', End: true}}",
                "{A: {Type: 'Map', End: true, ItemProcessor: {StartAt: 'B', States: {}}}}",
                "{A: {Type: 'Task', End: true}}",
                "{A: {Invoke: 'f', End: true, TimeoutSeconds: 0}}",
                "{A: {Park: 'f', End: true, TimeoutSeconds: 10, HeartbeatSeconds: 20}}",
                "{A: {Invoke: 'f', End: true, Retry: [{}]}}",
                "{A: {Invoke: 'f', End: true, Retry: [{ErrorEquals: []}]}}",
                "{A: {Invoke: 'f', End: true, Retry: [{ErrorEquals: ['E'], BackoffRate: 0.5}]}}",
                "{A: {Invoke: 'f', End: true, Retry: [{ErrorEquals: ['E'], MaxAttempts: -1}]}}",
                "{A: {Invoke: 'f', End: true, Retry: [{ErrorEquals: ['E'], MaxAttempts: 100000000}]}}",
                "{A: {Invoke: 'f', End: true, Retry: [{ErrorEquals: ['E'], MaxDelaySeconds: 31622400}]}}",
                "{A: {Invoke: 'f', End: true, Retry: [{ErrorEquals: ['E'], IntervalSeconds: 100000000}]}}",
                "{A: {Invoke: 'f', End: true, Retry: [{ErrorEquals: ['E'], IntervalSeconds: 0}]}}",
                "{A: {Invoke: 'f', End: true, Retry: [{ErrorEquals: ['E'], JitterStrategy: 'SOME'}]}}",
                "{A: {Invoke: 'f', End: true, Retry: [{ErrorEquals: ['States.ALL', 'E']}]}}",
                "{A: {Invoke: 'f', End: true, Retry: [{ErrorEquals: ['States.ALL']}, {ErrorEquals: ['E']}]}}",
                "{A: {Invoke: 'f', End: true, Catch: [{ErrorEquals: ['E']}]}}",
                "{A: {Invoke: 'f', End: true, Catch: [{ErrorEquals: ['States.ALL'], Next: 'A'}, {ErrorEquals: ['E'], Next: 'A'}]}}",
                "{A: {Type: 'Pass', End: true, Catch: [{ErrorEquals: ['E'], Next: 'A'}]}}",
                "{A: {Type: 'Wait', Seconds: 1, End: true, Retry: [{ErrorEquals: ['E']}]}}"
            })
    void wrongState_isRefused(String written) {
        assertTrue(refused(machine(written)).contains("A"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "InputPath: '$'",
                "OutputPath: '$.x'",
                "ResultPath: '$.x'",
                "Parameters: {}",
                "ResultSelector: {}",
                "Result: {}"
            })
    void fieldOfJsonPath_isRefusedInAJsonataState(String field) {
        String name = field.substring(0, field.indexOf(':'));
        refusedNaming(name, machine("{A: {Invoke: 'f', End: true, " + field + "}}"));
        refusedNaming(name, machine("{A: {Type: 'Pass', End: true, " + field + "}}"));
    }

    @Test
    void moreFieldsOfJsonPath_areRefused() {
        refused(machine("{A: {Invoke: 'f', End: true, TimeoutSecondsPath: '$.t'}}"));
        refused(machine("{A: {Type: 'Wait', SecondsPath: '$.t', End: true}}"));
        refused(
                machine(
                        "{A: {Type: 'Map', ItemsPath: '$.t', End: true, ItemProcessor: {StartAt: 'B', States: {B: {Type: 'Succeed'}}}}}"));
        refused(
                machine(
                        "{A: {Type: 'Choice', Choices: [{Variable: '$.x', BooleanEquals: true, Next: 'B'}]}, B: {Type: 'Succeed'}}"));
        refused(
                machine(
                        "{A: {Invoke: 'f', End: true, Catch: [{ErrorEquals: ['E'], Next: 'B', ResultPath: '$.e'}]}, B: {Type: 'Succeed'}}"));
    }

    /** What is not done here is refused by name, never run wrongly. */
    @Test
    void whatIsNotSupported_isRefusedByName() {
        refusedNaming("JSONPath", "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}");
        refusedNaming("JSONPath", machine("{A: {Type: 'Pass', QueryLanguage: 'JSONPath', End: true}}"));
        refusedNaming("distributed", machine("""
                {A: {Type: 'Map', End: true, ItemProcessor: {ProcessorConfig: {Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD'},
                    StartAt: 'B', States: {B: {Type: 'Succeed'}}}}}
                """));
        refusedNaming(
                "batch:submitJob",
                machine(
                        "{A: {Type: 'Task', Resource: 'arn:aws:states:::batch:submitJob.sync', End: true, Arguments: {}}}"));
        refusedNaming(
                "activity",
                machine(
                        "{A: {Type: 'Task', Resource: 'arn:aws:states:us-east-1:000000000000:activity:x', End: true}}"));
    }

    @Test
    void expressionThatDoesNotParse_isRefused() {
        refusedNaming("A", machine("{A: {Type: 'Pass', Output: '{% 1 + %}', End: true}}"));
        refusedNaming(
                "C",
                machine("{C: {Type: 'Choice', Choices: [{Condition: '{% ( %}', Next: 'A'}]}, A: {Type: 'Succeed'}}"));
    }

    @Test
    void diagnostics_sayWhere() {
        JsonNode answer = states.call(
                "ValidateStateMachineDefinition",
                object("{}").put("definition", machine("{A: {Type: 'Pass', Next: 'Nowhere'}}")));
        assertTrue(
                answer.path("diagnostics").findValuesAsText("location").stream()
                        .anyMatch(where -> where.startsWith("/States/A")),
                answer::toString);
    }

    @Test
    void locations_areJsonPointers() {
        String definition = machine("{'a/b~c': {Type: 'Pass', Next: 'Nowhere', Assign: {'x/y': 1}}}");
        List<String> places = states.call(
                        "ValidateStateMachineDefinition", object("{}").put("definition", definition))
                .path("diagnostics")
                .findValuesAsText("location");
        assertEquals(Set.of("/States/a~1b~0c/Next", "/States/a~1b~0c/Assign/x~1y"), Set.copyOf(places));
        JsonNode topLevel = states.call(
                "ValidateStateMachineDefinition", object("{}").put("definition", "{\"QueryLanguage\": \"JSONata\"}"));
        assertEquals(
                Set.of("/"), Set.copyOf(topLevel.path("diagnostics").findValuesAsText("location")), topLevel::toString);
    }

    @Test
    void textThatIsNoJsonObject_isToldOnce() {
        JsonNode notJson =
                states.call("ValidateStateMachineDefinition", object("{}").put("definition", "{\n\"a\": nope}"));
        assertEquals(
                List.of("INVALID_JSON_DESCRIPTION"), notJson.path("diagnostics").findValuesAsText("code"));
        String message = notJson.path("diagnostics").path(0).path("message").asText();
        assertTrue(message.endsWith("at line 2, column 10"), message);
        JsonNode text =
                states.call("ValidateStateMachineDefinition", object("{}").put("definition", "\"x\""));
        assertEquals(
                List.of("Definition must be a valid JSON object"),
                text.path("diagnostics").findValuesAsText("message"));
    }

    /** The language may be said of each state: without a word of the machine's it is JSONPath. */
    @Test
    void languageMayBeSaidOfEachState() {
        String states = "\"A\": {\"Type\": \"Pass\", \"Next\": \"B\", \"QueryLanguage\": \"JSONata\","
                + " \"Output\": \"{% 1 + 1 %}\"}, \"B\": {\"Type\": \"Succeed\" MORE}";
        String machine = "{\"StartAt\": \"A\", \"States\": {" + states + "}}";
        assertEquals(
                json("2"),
                this.states
                        .run(machine.replace("MORE", ", \"QueryLanguage\": \"JSONata\""), "{}")
                        .output());
        refusedNaming("/States/B/QueryLanguage", machine.replace("MORE", ""));
    }

    @Test
    void everyFaultIsTold_upToAsManyAsAreAskedFor() {
        ObjectNode request = object("{}").put("definition", machine("""
                {A: {Type: 'Pass', Next: 'No'}, B: {Type: 'Pass', Next: 'Nope'}, C: {Type: 'Pass', Next: 'Never'}}
                """));
        JsonNode all = states.call("ValidateStateMachineDefinition", request);
        assertTrue(all.path("diagnostics").size() >= 3, all::toString);
        assertFalse(all.path("truncated").asBoolean());
        JsonNode first = states.call("ValidateStateMachineDefinition", request.put("maxResults", 1));
        assertEquals(1, first.path("diagnostics").size());
        assertTrue(first.path("truncated").asBoolean());
    }

    @Test
    void updateIsValidatedToo() {
        String arn = states.create(machine("{A: {Type: 'Succeed'}}"));
        assertEquals(
                "InvalidDefinition",
                states.refusal(
                        "UpdateStateMachine",
                        object("{}").put("stateMachineArn", arn).put("definition", "{}")));
        Run run = states.startOf(arn, "{}");
        run.succeeded();
    }
}
