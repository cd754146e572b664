package tg.ecom.states.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.states.conformance.Asl.json;
import static tg.ecom.states.conformance.Asl.machine;
import static tg.ecom.states.conformance.Asl.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tg.ecom.states.StepFunctionsException;

/** The API around state machines and executions: describing, listing, updating. */
@WithInterpreter
class StateMachinesTest {
    private final Interpreter states;

    StateMachinesTest(Interpreter states) {
        this.states = states;
    }

    private static ObjectNode machineArn(String arn) {
        return object("{}").put("stateMachineArn", arn);
    }

    @Test
    void description_isWhatWasCreated() {
        String definition = machine("{A: {Type: 'Succeed'}}");
        String arn = states.create(definition);
        JsonNode described = states.call("DescribeStateMachine", machineArn(arn));
        assertEquals(arn, described.path("stateMachineArn").asText());
        assertEquals(definition, described.path("definition").asText());
        assertEquals(Interpreter.ROLE, described.path("roleArn").asText());
        assertEquals("STANDARD", described.path("type").asText());
        assertEquals("ACTIVE", described.path("status").asText());
        assertEquals(
                arn.substring(arn.lastIndexOf(':') + 1), described.path("name").asText());
        assertEquals(
                states.clock().instant().toEpochMilli() / 1000.0,
                described.path("creationDate").asDouble(),
                0.001);
        assertEquals(
                "StateMachineDoesNotExist",
                states.refusal("DescribeStateMachine", machineArn(Interpreter.ARN + "stateMachine:none")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{publish: true}",
                "{loggingConfiguration: {level: 'ALL'}}",
                "{tracingConfiguration: {enabled: true}}",
                "{encryptionConfiguration: {type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: 'k'}}",
                "{tags: [{key: 'a', value: 'b'}]}"
            })
    void whatIsNotDone_isRefusedByName(String asked) {
        String name = object(asked).fieldNames().next();
        ObjectNode request = Interpreter.creation(Interpreter.name(), machine("{A: {Type: 'Succeed'}}"));
        request.setAll(object(asked));
        StepFunctionsException refused = states.refused("CreateStateMachine", request);
        assertEquals("ValidationException", refused.type());
        assertTrue(refused.getMessage().contains(name), refused.getMessage());
    }

    @Test
    void whatIsOff_isNoMatter() {
        ObjectNode request = Interpreter.creation(Interpreter.name(), machine("{A: {Type: 'Succeed'}}"));
        request.setAll(
                object("{loggingConfiguration: {level: 'OFF'}, tracingConfiguration: {enabled: false}, tags: []}"));
        assertTrue(states.call("CreateStateMachine", request).has("stateMachineArn"));
    }

    @Test
    void express_isRefused() {
        ObjectNode request = Interpreter.creation(Interpreter.name(), machine("{A: {Type: 'Succeed'}}"))
                .put("type", "EXPRESS");
        assertEquals("StateMachineTypeNotSupported", states.refusal("CreateStateMachine", request));
    }

    @Test
    void update_countsForNewExecutionsAlone() {
        String arn = states.create(
                machine("{W: {Type: 'Wait', Seconds: 5, Next: 'A'}, A: {Type: 'Pass', Output: 'old', End: true}}"));
        Run old = states.startOf(arn, "{}").at("WaitStateEntered");
        JsonNode updated = states.call(
                "UpdateStateMachine",
                machineArn(arn).put("definition", machine("{A: {Type: 'Pass', Output: 'new', End: true}}")));
        assertTrue(updated.hasNonNull("updateDate"));
        assertEquals(json("'new'"), states.startOf(arn, "{}").output());
        states.advance(Duration.ofSeconds(5));
        assertEquals(json("'old'"), old.output());
    }

    @Test
    void updateToWhatItIs_changesNothing() {
        String definition = machine("{A: {Type: 'Succeed'}}");
        String arn = states.create(definition);
        ObjectNode same = object("{}")
                .put("stateMachineArn", arn)
                .put("definition", definition)
                .put("roleArn", Interpreter.ROLE);
        JsonNode before = states.call("DescribeStateMachine", object("{}").put("stateMachineArn", arn));
        states.clock().advance(Duration.ofMinutes(1));
        JsonNode updated = states.call("UpdateStateMachine", same);
        assertEquals(before.path("revisionId"), updated.path("revisionId"));
        assertNotEquals(
                before.path("revisionId"),
                states.call("UpdateStateMachine", same.put("roleArn", Interpreter.ROLE + "2"))
                        .path("revisionId"));
    }

    /** Every digit and every space of it. */
    @Test
    void input_isToldAsItWasGiven() {
        String arn = states.create(machine("{A: {Type: 'Succeed'}}"));
        String input = " {\"b\" : 1.50,\n \"a\":[1e3, \"\\u00e9\"]}";
        String execution = states.call(
                        "StartExecution",
                        object("{}").put("stateMachineArn", arn).put("input", input))
                .path("executionArn")
                .asText();
        Run run = new Run(states, execution).succeeded();
        assertEquals(input, run.described().path("input").asText());
        assertEquals(
                input,
                run.history()
                        .getFirst()
                        .path("executionStartedEventDetails")
                        .path("input")
                        .asText());
    }

    @Test
    void metadataOnly_leavesTheDataOut() {
        Run run = states.run(machine("{A: {Type: 'Succeed'}}"), "{secret: 1}").succeeded();
        ObjectNode request = object("{includedData: 'METADATA_ONLY'}").put("executionArn", run.arn());
        JsonNode described = states.call("DescribeExecution", request);
        assertFalse(described.toString().contains("secret"), described::toString);
        assertFalse(described.path("inputDetails").path("included").asBoolean());
        assertEquals("SUCCEEDED", described.path("status").asText());
        assertEquals(
                "Execution is SUCCEEDED and cannot be redriven",
                described.path("redriveStatusReason").asText());
        JsonNode machine = states.call("DescribeStateMachineForExecution", request);
        assertEquals("{}", machine.path("definition").asText());
        assertEquals(
                "{}",
                states.call(
                                "DescribeStateMachine",
                                request.put(
                                        "stateMachineArn",
                                        machine.path("stateMachineArn").asText()))
                        .path("definition")
                        .asText());
        assertEquals("ValidationException", states.refusal("DescribeExecution", request.put("includedData", "SOME")));
    }

    @Test
    void executionsOfNoMachine_areNotListed() {
        assertEquals("ValidationException", states.refusal("ListExecutions", "{}"));
    }

    @Test
    void updateOfNothing_isRefused() {
        String arn = states.create(machine("{A: {Type: 'Succeed'}}"));
        assertEquals("MissingRequiredParameter", states.refusal("UpdateStateMachine", machineArn(arn)));
        assertEquals(
                "StateMachineDoesNotExist",
                states.refusal(
                        "UpdateStateMachine",
                        machineArn(Interpreter.ARN + "stateMachine:none").put("roleArn", Interpreter.ROLE)));
    }

    @Test
    void stateMachinesAreListedPageByPage() {
        String one = states.create(machine("{A: {Type: 'Succeed'}}"));
        String two = states.create(machine("{A: {Type: 'Succeed'}}"));
        List<String> arns = new ArrayList<>();
        ObjectNode request = object("{maxResults: 3}");
        JsonNode page;
        do {
            page = states.call("ListStateMachines", request);
            assertTrue(page.path("stateMachines").size() <= 3);
            page.path("stateMachines")
                    .forEach(each -> arns.add(each.path("stateMachineArn").asText()));
            request.set("nextToken", page.get("nextToken"));
        } while (page.hasNonNull("nextToken"));
        assertTrue(arns.containsAll(List.of(one, two)));
        assertEquals(new HashSet<>(arns).size(), arns.size());
        assertEquals("InvalidToken", states.refusal("ListStateMachines", "{nextToken: 'nonsense'}"));
    }

    @Test
    void executionsAreListedNewestFirstAndByStatus() {
        String arn = states.create(
                machine(
                        "{C: {Type: 'Choice', Choices: [{Condition: '{% $states.input %}', Next: 'A'}], Default: 'F'}, A: {Type: 'Succeed'}, F: {Type: 'Fail'}}"));
        Run first = states.startOf(arn, "true").ended();
        states.advance(Duration.ofSeconds(1));
        Run second = states.startOf(arn, "false").ended();
        JsonNode all = states.call("ListExecutions", machineArn(arn));
        assertEquals(List.of(second.arn(), first.arn()), all.path("executions").findValuesAsText("executionArn"));
        assertEquals("FAILED", all.path("executions").path(0).path("status").asText());
        assertEquals(arn, all.path("executions").path(0).path("stateMachineArn").asText());
        assertTrue(all.path("executions").path(0).hasNonNull("stopDate"));
        JsonNode succeeded = states.call("ListExecutions", machineArn(arn).put("statusFilter", "SUCCEEDED"));
        assertEquals(List.of(first.arn()), succeeded.path("executions").findValuesAsText("executionArn"));
        assertEquals(
                "StateMachineDoesNotExist",
                states.refusal("ListExecutions", machineArn(Interpreter.ARN + "stateMachine:none")));
    }

    @Test
    void executionIsDescribed() {
        Run run = states.run(machine("{A: {Type: 'Pass', Output: 2, End: true}}"), "{x: 1}")
                .succeeded();
        JsonNode described = run.described();
        assertEquals(run.name(), described.path("name").asText());
        assertEquals("{\"x\":1}", described.path("input").asText());
        assertTrue(described.path("inputDetails").path("included").asBoolean());
        assertEquals("2", described.path("output").asText());
        assertTrue(described.path("startDate").isNumber());
        assertTrue(described.path("stopDate").isNumber());
        Run running = states.start(machine("{W: {Type: 'Wait', Seconds: 1000, End: true}}"), "{}")
                .at("WaitStateEntered");
        assertEquals("RUNNING", running.status());
        assertFalse(running.described().hasNonNull("stopDate"));
        assertEquals(
                "ExecutionDoesNotExist",
                states.refusal("DescribeExecution", "{executionArn: '" + Interpreter.ARN + "execution:a:b'}"));
    }

    @Test
    void deletedStateMachine_isGone() {
        String arn = states.create(machine("{A: {Type: 'Succeed'}}"));
        states.call("DeleteStateMachine", machineArn(arn));
        assertEquals("StateMachineDoesNotExist", states.refusal("StartExecution", machineArn(arn)));
    }

    @Test
    void whatIsMissing_isAValidationException() {
        assertEquals("ValidationException", states.refusal("CreateStateMachine", "{name: 'x'}"));
        assertEquals("ValidationException", states.refusal("StartExecution", "{}"));
        assertEquals("ValidationException", states.refusal("SendTaskSuccess", "{output: '1'}"));
    }

    @Test
    void whatIsNotOffered_isSaid() {
        assertEquals("UnknownOperationException", states.refusal("StartDancing", "{}"));
    }

    @Test
    void everythingIsThereAfterARestart() {
        Run run = states.run(machine("{A: {Type: 'Pass', Output: 2, End: true}}"), "{x: 1}")
                .succeeded();
        JsonNode described = run.described();
        List<JsonNode> history = run.history();
        states.restart();
        assertEquals(described, run.described());
        assertEquals(history, run.history());
    }
}
