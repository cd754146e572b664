package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import tg.ecom.states.definition.ChoiceState;
import tg.ecom.states.definition.ErrorNames;
import tg.ecom.states.expression.Bindings;

/** Runs a Choice: the first rule whose condition is true decides; without one, the default. */
final class ChoiceStep {
    private ChoiceStep() {}

    static void enter(Progress progress, Scope scope, ChoiceState state) throws StateFault {
        Bindings bindings = new Context(progress.run(), scope).bindings();
        for (int index = 0; index < state.choices().size(); index++) {
            ChoiceState.Rule rule = state.choices().get(index);
            String place = "Choices/" + index + "/";
            JsonNode holds = progress.evaluate(scope, rule.condition(), place + "Condition", bindings);
            if (!holds.isBoolean()) {
                throw progress.unexpected(scope, rule.condition(), place + "Condition", "boolean", holds);
            }
            if (holds.booleanValue()) {
                Progress.Exit exit = new Progress.Exit(rule.output(), rule.assign(), Optional.of(rule.next()), place);
                progress.leave(scope, exit, scope.input, bindings);
                return;
            }
        }
        if (state.otherwise().isEmpty()) {
            throw new StateFault(
                    ErrorNames.NO_CHOICE_MATCHED,
                    "No rule of the state '" + state.name() + "' matched, and it has no Default.");
        }
        progress.leave(scope, state, scope.input, bindings, state.otherwise());
    }
}
