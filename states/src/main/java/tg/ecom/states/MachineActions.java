package tg.ecom.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tg.ecom.states.definition.DefinitionReader;
import tg.ecom.states.definition.Diagnostic;
import tg.ecom.states.definition.InvalidDefinitionException;
import tg.ecom.states.engine.Machine;
import tg.ecom.states.engine.MachineStore;

/** The actions on state machines. */
final class MachineActions {
    private static final String STANDARD = "STANDARD";
    private static final String AWS_OWNED_KEY = "AWS_OWNED_KEY";

    private final MachineStore machines;
    private final Account account;
    private final InstantSource clock;

    MachineActions(MachineStore machines, Account account, InstantSource clock) {
        this.machines = machines;
        this.account = account;
        this.clock = clock;
    }

    ObjectNode create(Input input) {
        String name = Names.checked(input.text("name"));
        String definition = input.text("definition");
        String roleArn = Names.roleArn(input.text("roleArn"));
        if (!input.optionalText("type").orElse(STANDARD).equals(STANDARD)) {
            throw new StepFunctionsException(
                    "StateMachineTypeNotSupported", "State Machine Type Not Supported: only STANDARD is");
        }
        refuseWhatIsNotDone(input);
        checked(definition);
        String arn = account.machineArn(name);
        Machine there =
                machines.find(arn).orElseGet(() -> machines.insert(arn, name, definition, roleArn, clock.instant()));
        if (!there.definition().equals(definition)) {
            throw new StepFunctionsException(
                    "StateMachineAlreadyExists", "State Machine Already Exists: '" + arn + "'");
        }
        return Answers.object().put("stateMachineArn", arn).put("creationDate", Answers.time(there.createdAt()));
    }

    ObjectNode update(Input input) {
        Machine machine = machine(input.text("stateMachineArn"));
        Optional<String> definition = input.optionalText("definition");
        Optional<String> roleArn = input.optionalText("roleArn").map(Names::roleArn);
        if (definition.isEmpty() && roleArn.isEmpty()) {
            throw new StepFunctionsException(
                    "MissingRequiredParameter", "Either the definition, the role ARN, or both, must be specified");
        }
        refuseWhatIsNotDone(input);
        definition.ifPresent(MachineActions::checked);
        Machine updated = machines.update(
                        machine.arn(),
                        definition.orElse(machine.definition()),
                        roleArn.orElse(machine.roleArn()),
                        clock.instant())
                .orElseThrow(() -> unknown(machine.arn()));
        return Answers.object()
                .put("updateDate", Answers.time(updated.updatedAt()))
                .put("revisionId", updated.revision());
    }

    ObjectNode describe(Input input) {
        return described(machine(input.text("stateMachineArn")), input.includesData())
                .put("status", "ACTIVE")
                .put("type", STANDARD);
    }

    /** What a machine is told by, and an execution's too. */
    static ObjectNode described(Machine machine, boolean withDefinition) {
        ObjectNode told = Answers.object()
                .put("stateMachineArn", machine.arn())
                .put("name", machine.name())
                .put("definition", withDefinition ? machine.definition() : "{}")
                .put("roleArn", machine.roleArn())
                .put("creationDate", Answers.time(machine.createdAt()))
                .put("revisionId", machine.revision());
        told.putObject("loggingConfiguration").put("level", "OFF").put("includeExecutionData", false);
        told.putObject("tracingConfiguration").put("enabled", false);
        return told;
    }

    ObjectNode delete(Input input) {
        machines.delete(Names.machineArn(input.text("stateMachineArn")));
        return Answers.object();
    }

    ObjectNode list(Input input) {
        int size = input.pageSize();
        List<Machine> found = machines.list(input.pageStart().orElse(""), size + 1);
        ObjectNode answer = Answers.object();
        ArrayNode told = answer.putArray("stateMachines");
        found.stream()
                .limit(size)
                .forEach(machine -> told.addObject()
                        .put("stateMachineArn", machine.arn())
                        .put("name", machine.name())
                        .put("type", STANDARD)
                        .put("creationDate", Answers.time(machine.createdAt())));
        if (found.size() > size) {
            answer.put("nextToken", Input.pageToken(found.get(size - 1).name()));
        }
        return answer;
    }

    ObjectNode validate(Input input) {
        ObjectNode answer = Answers.object();
        ArrayNode diagnostics = Answers.object().arrayNode();
        int most = input.pageSize();
        try {
            DefinitionReader.read(input.text("definition"));
            answer.put("result", "OK").put("truncated", false);
        } catch (InvalidDefinitionException wrong) {
            answer.put("result", "FAIL");
            wrong.diagnostics().stream().limit(most).forEach(each -> diagnostics.add(diagnosed(each)));
            answer.put("truncated", wrong.diagnostics().size() > most);
        }
        answer.set("diagnostics", diagnostics);
        return answer;
    }

    Machine machine(String arn) {
        return machines.find(Names.machineArn(arn)).orElseThrow(() -> unknown(arn));
    }

    private static JsonNode diagnosed(Diagnostic diagnostic) {
        return Answers.object()
                .put("severity", "ERROR")
                .put("code", diagnostic.code())
                .put("message", diagnostic.message())
                .put("location", diagnostic.location());
    }

    private static void checked(String definition) {
        try {
            DefinitionReader.read(definition);
        } catch (InvalidDefinitionException wrong) {
            throw new StepFunctionsException(
                    "InvalidDefinition", "Invalid State Machine Definition: '" + wrong.getMessage() + "'");
        }
    }

    /** What is asked for and would not be done, by name. To ask for it to be off is no matter. */
    private static void refuseWhatIsNotDone(Input input) {
        if (input.truth("publish", false)) {
            throw notDone("versions of state machines (publish)");
        } else if (!input.member("loggingConfiguration")
                .path("level")
                .asText("OFF")
                .equals("OFF")) {
            throw notDone("logs of executions (loggingConfiguration)");
        } else if (input.member("tracingConfiguration").path("enabled").asBoolean(false)) {
            throw notDone("traces of executions (tracingConfiguration)");
        } else if (!input.member("encryptionConfiguration")
                .path("type")
                .asText(AWS_OWNED_KEY)
                .equals(AWS_OWNED_KEY)) {
            throw notDone("keys of your own (encryptionConfiguration)");
        } else if (!input.member("tags").isEmpty()) {
            throw notDone("tags");
        }
    }

    private static StepFunctionsException notDone(String what) {
        return new StepFunctionsException("ValidationException", "Not supported here: " + what);
    }

    private static StepFunctionsException unknown(String arn) {
        return new StepFunctionsException("StateMachineDoesNotExist", "State Machine Does Not Exist: '" + arn + "'");
    }
}
