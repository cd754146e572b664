package tg.ecom.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tg.ecom.local.parts.PartFailure;
import tg.ecom.local.template.StateMachineDefinition;

/** What is said of a wrong definition before anything starts: the file, the state, the field and the reason. */
class StateMachinesTest {
    @Test
    void faultOfAState_isToldWithItsName() {
        assertEquals(
                "x.asl.json, state A/b~c, Next: Missing 'Next' target: Z",
                fault("A/b~c", "\"A/b~c\": {\"Type\": \"Pass\", \"Next\": \"Z\"}"));
        assertEquals(
                "x.asl.json, state States, Next: Missing 'Next' target: Z",
                fault("States", "\"States\": {\"Type\": \"Pass\", \"Next\": \"Z\"}"));
    }

    @Test
    void faultWithinABranch_isItsStates() {
        assertEquals("x.asl.json, state In, Next: Missing 'Next' target: Z", fault("P", """
                "P": {"Type": "Parallel", "End": true, "Branches": [{"StartAt": "M", "States": {"M": {
                    "Type": "Map", "End": true, "ItemProcessor": {"StartAt": "In", "States": {
                        "In": {"Type": "Pass", "Next": "Z"}}}}}}]}
                """));
    }

    @Test
    void faultOfTheWholeDefinition_namesNoState() {
        assertEquals("x.asl.json: Missing 'StartAt' target: B", fault("B", "\"A\": {\"Type\": \"Succeed\"}"));
    }

    private static String fault(String startAt, String states) {
        String definition =
                "{\"QueryLanguage\": \"JSONata\", \"StartAt\": \"%s\", \"States\": {%s}}".formatted(startAt, states);
        StateMachineDefinition wrong = new StateMachineDefinition("X", "x", Path.of("x.asl.json"), definition, "role");
        return assertThrows(PartFailure.class, () -> new StateMachines(List.of(wrong)).requireValid())
                .getMessage();
    }
}
