package tg.ecom.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tg.ecom.local.parts.PartFailure;
import tg.ecom.local.template.StateMachineDefinition;
import tg.ecom.states.StepFunctions;
import tg.ecom.states.StepFunctionsException;
import tg.ecom.states.definition.DefinitionReader;
import tg.ecom.states.definition.Diagnostic;
import tg.ecom.states.definition.InvalidDefinitionException;

/** The templates' state machines: checked before anything starts, then made or brought up to date. */
public final class StateMachines {
    private final List<StateMachineDefinition> definitions;

    /** Of those definitions. */
    public StateMachines(List<StateMachineDefinition> definitions) {
        this.definitions = definitions;
    }

    /**
     * Reads each definition as CreateStateMachine would.
     *
     * @throws PartFailure with every fault of every definition, one a line: the file, the state's name, the reason
     */
    public void requireValid() {
        List<String> faults = new ArrayList<>();
        for (StateMachineDefinition definition : definitions) {
            try {
                DefinitionReader.read(definition.definition());
            } catch (InvalidDefinitionException invalid) {
                invalid.diagnostics().forEach(diagnostic -> faults.add(sentence(definition, diagnostic)));
            }
        }
        if (!faults.isEmpty()) {
            throw new PartFailure(String.join("\n", faults));
        }
    }

    /** Makes those that are missing and updates the others; executions that run keep the definition they began with. */
    void provision(StepFunctions interpreter) {
        for (StateMachineDefinition definition : definitions) {
            ObjectNode wanted =
                    object().put("definition", definition.definition()).put("roleArn", definition.roleArn());
            if (isThere(interpreter, definition)) {
                interpreter.call("UpdateStateMachine", wanted.put("stateMachineArn", definition.arn()));
            } else {
                interpreter.call(
                        "CreateStateMachine",
                        wanted.put("name", definition.name()).put("type", "STANDARD"));
            }
        }
    }

    private static boolean isThere(StepFunctions interpreter, StateMachineDefinition definition) {
        try {
            interpreter.call("DescribeStateMachine", object().put("stateMachineArn", definition.arn()));
            return true;
        } catch (StepFunctionsException refused) {
            if (!refused.type().equals("StateMachineDoesNotExist")) {
                throw refused;
            }
            return false;
        }
    }

    private static String sentence(StateMachineDefinition definition, Diagnostic diagnostic) {
        Path root = Project.root();
        Path file = definition.file();
        String name = (file.startsWith(root) ? root.relativize(file) : file).toString();
        return name + state(diagnostic.location()) + ": " + diagnostic.message();
    }

    /**
     * The state that a fault lies in, and where in it: of {@code /States/Pay/Branches/0/States/Ask/Next} it is the
     * innermost, {@code state Ask, Next}.
     *
     * @param location a JSON pointer
     */
    private static String state(String location) {
        List<String> parts = List.of(location.substring(1).split("/", -1));
        String state = "";
        int next = 0;
        while (next + 1 < parts.size() && parts.get(next).equals("States")) {
            state = ", state " + parts.get(next + 1).replace("~1", "/").replace("~0", "~");
            next += 2;
            int inner = next < parts.size() ? next + innerMachine(parts.get(next)) : next;
            next = inner + 1 < parts.size() && parts.get(inner).equals("States") ? inner : next;
        }
        String rest = String.join("/", parts.subList(next, parts.size()));
        return state + (state.isEmpty() || rest.isEmpty() ? "" : ", " + rest);
    }

    /** How many parts of a pointer a state's field takes in which a machine of its own lies. */
    private static int innerMachine(String field) {
        return switch (field) {
            case "Branches" -> 2;
            case "ItemProcessor" -> 1;
            default -> 0;
        };
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
