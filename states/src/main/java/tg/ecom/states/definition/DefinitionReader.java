package tg.ecom.states.definition;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads definitions and says all that is wrong with one at once. What this interpreter does not do is wrong too. */
public final class DefinitionReader {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static final int NAME_LENGTH_MAX = 80;
    private static final int BYTES_MAX = 1024 * 1024;

    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private boolean isJsonata;

    private DefinitionReader() {}

    /**
     * Reads a definition.
     *
     * @throws InvalidDefinitionException with all that is wrong
     */
    public static StateMachine read(String definition) throws InvalidDefinitionException {
        DefinitionReader reader = new DefinitionReader();
        StateMachine machine = reader.machine(definition);
        if (!reader.diagnostics.isEmpty()) {
            throw new InvalidDefinitionException(reader.diagnostics);
        }
        return machine;
    }

    private StateMachine machine(String definition) {
        JsonNode json = json(definition);
        if (diagnostics.isEmpty() && !json.isObject()) {
            diagnostics.add(new Diagnostic(Diagnostic.SCHEMA, "Definition must be a valid JSON object", ""));
        }
        if (!diagnostics.isEmpty()) {
            return new StateMachine("", Map.of(), Optional.empty());
        }
        Fields fields = new Fields(json, "", diagnostics);
        fields.text("Comment");
        fields.text("Version").filter(version -> !version.equals("1.0")).ifPresent(version -> {
            fields.wrong("Version", "The version of the language must be 1.0");
        });
        String language = fields.text("QueryLanguage").orElse("JSONPath");
        isJsonata = language.equals("JSONata");
        if (!isJsonata && !isJsonataInAnyState(json)) {
            isJsonata = true;
            fields.wrong("QueryLanguage", "JSONPath, which is the default, is not supported: it must be JSONata");
        }
        return states(fields, fields.whole("TimeoutSeconds", 1, StateReader.SECONDS_MAX));
    }

    /** Whether states are in JSONata that don't say in which language they are. */
    boolean isJsonata() {
        return isJsonata;
    }

    private static boolean isJsonataInAnyState(JsonNode definition) {
        return definition.path("States").findValues("QueryLanguage").stream()
                .anyMatch(language -> language.asText().equals("JSONata"));
    }

    /** What a whole machine and a branch have in common. */
    StateMachine states(Fields fields, Optional<Long> timeoutSeconds) {
        String startAt = fields.requiredText("StartAt");
        Map<String, State> states = new LinkedHashMap<>();
        fields.required("States", fields.inner("States")).ifPresent(all -> {
            for (Map.Entry<String, JsonNode> each : members(fields)) {
                Fields state = new Fields(
                        each.getValue(), all.location() + "/" + Diagnostic.escaped(each.getKey()), diagnostics);
                checkName(each.getKey(), state);
                new StateReader(each.getKey(), state, this).read().ifPresent(read -> states.put(read.name(), read));
                state.end();
            }
            if (members(fields).isEmpty()) {
                all.wrong("A machine needs a state");
            }
        });
        fields.end();
        StateMachine machine = new StateMachine(startAt, states, timeoutSeconds);
        new Transitions(machine, fields, states.size() == members(fields).size()).check();
        return machine;
    }

    private static Set<Map.Entry<String, JsonNode>> members(Fields fields) {
        return fields.any("States")
                .filter(JsonNode::isObject)
                .map(JsonNode::properties)
                .orElse(Set.of());
    }

    private void checkName(String name, Fields state) {
        if (name.isEmpty() || name.length() > NAME_LENGTH_MAX) {
            state.wrong("The name of a state has 1 to " + NAME_LENGTH_MAX + " characters");
        }
        if (!names.add(name)) {
            diagnostics.add(new Diagnostic(Diagnostic.DUPLICATE, "Duplicate state name: " + name, state.location()));
        }
    }

    private JsonNode json(String definition) {
        if (definition.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            diagnostics.add(new Diagnostic(Diagnostic.SCHEMA, "A definition has at most 1 MiB", "/"));
        }
        try {
            return JSON.readTree(definition);
        } catch (JsonProcessingException notJson) {
            diagnostics.add(new Diagnostic(Diagnostic.JSON, JsonFaults.told(notJson), "/"));
            return JSON.missingNode();
        }
    }
}
