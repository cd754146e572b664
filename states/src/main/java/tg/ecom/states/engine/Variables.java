package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tg.ecom.states.definition.ErrorNames;

/** How large variables may be (developer guide, "Passing data between states with variables"). */
final class Variables {
    private static final int MIB = 1024 * 1024;
    private static final int EXECUTION_BYTES_MAX = 10 * MIB;

    private Variables() {}

    /** @throws StateFault States.DataLimitExceeded, when what an Assign gives a scope is too much */
    static void requireSizes(Run run, Scope scope, Map<String, JsonNode> assigned) throws StateFault {
        for (Map.Entry<String, JsonNode> variable : assigned.entrySet()) {
            Progress.requireSize(variable.getValue(), "The variable '" + variable.getKey() + "'");
        }
        if (bytes(assigned) > Progress.DATA_BYTES_MAX) {
            throw new StateFault(
                    ErrorNames.DATA_LIMIT_EXCEEDED,
                    "The variables that the state '" + scope.state + "' assigns are together over the maximum of "
                            + Progress.DATA_BYTES_MAX + " bytes.");
        }
        long all = growth(scope, assigned);
        for (Scope each : run.scopes()) {
            all += each.variablesBytes;
        }
        if (all > EXECUTION_BYTES_MAX) {
            throw new StateFault(
                    ErrorNames.DATA_LIMIT_EXCEEDED,
                    "The variables of the execution are together over the maximum of " + EXECUTION_BYTES_MAX
                            + " bytes.");
        }
    }

    /** Gives a scope what was found to be small enough. */
    static void assign(Scope scope, Map<String, JsonNode> assigned) {
        scope.variablesBytes += growth(scope, assigned);
        scope.variables.putAll(assigned);
    }

    private static long growth(Scope scope, Map<String, JsonNode> assigned) {
        long before = assigned.keySet().stream()
                .filter(scope.variables::containsKey)
                .mapToLong(name -> bytes(scope.variables.get(name)))
                .sum();
        return bytes(assigned) - before;
    }

    private static long bytes(Map<String, JsonNode> variables) {
        return variables.values().stream().mapToLong(Variables::bytes).sum();
    }

    private static long bytes(JsonNode value) {
        return value.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
