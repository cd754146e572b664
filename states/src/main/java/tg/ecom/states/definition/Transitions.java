package tg.ecom.states.definition;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whether every transition of a machine, or of a branch, leads to a state of its own, and every state can be reached.
 */
final class Transitions {
    private final StateMachine machine;
    private final Fields fields;
    private final boolean complete;

    /** {@code complete} says whether all states could be read: of half a machine nothing is said about reaching. */
    Transitions(StateMachine machine, Fields fields, boolean complete) {
        this.machine = machine;
        this.fields = fields;
        this.complete = complete;
    }

    void check() {
        if (!complete || machine.states().isEmpty()) {
            return;
        }
        boolean led = lead("StartAt", machine.startAt(), fields.location() + "/StartAt");
        for (State state : machine.states().values()) {
            String location = fields.location() + "/States/" + Diagnostic.escaped(state.name());
            for (Map.Entry<String, String> target : targets(state).entrySet()) {
                led &= lead("Next", target.getValue(), location + "/" + target.getKey());
            }
        }
        if (led) {
            Set<String> reached = reached();
            machine.states().keySet().stream()
                    .sorted()
                    .filter(name -> !reached.contains(name))
                    .forEach(name -> wrong(
                            "State \"" + name + "\" is not reachable.",
                            fields.location() + "/States/" + Diagnostic.escaped(name)));
        }
    }

    private boolean lead(String field, String target, String location) {
        boolean leads = machine.states().containsKey(target);
        if (!leads) {
            wrong("Missing '" + field + "' target: " + target, location);
        }
        return leads;
    }

    private Set<String> reached() {
        Set<String> reached = new HashSet<>();
        Deque<String> ahead = new ArrayDeque<>(Set.of(machine.startAt()));
        while (!ahead.isEmpty()) {
            String name = ahead.remove();
            if (reached.add(name)) {
                ahead.addAll(targets(machine.state(name)).values());
            }
        }
        return reached;
    }

    /** Where a state leads, by the place where it says so. */
    private static Map<String, String> targets(State state) {
        Map<String, String> targets = new LinkedHashMap<>();
        switch (state) {
            case PassState pass -> pass.next().ifPresent(next -> targets.put("Next", next));
            case WaitState wait -> wait.next().ifPresent(next -> targets.put("Next", next));
            case State.Fallible fallible -> {
                fallible.next().ifPresent(next -> targets.put("Next", next));
                for (int index = 0; index < fallible.catchers().size(); index++) {
                    targets.put(
                            "Catch/" + index + "/Next",
                            fallible.catchers().get(index).next());
                }
            }
            case ChoiceState choice -> {
                for (int index = 0; index < choice.choices().size(); index++) {
                    targets.put(
                            "Choices/" + index + "/Next",
                            choice.choices().get(index).next());
                }
                choice.otherwise().ifPresent(next -> targets.put("Default", next));
            }
            case SucceedState succeed -> {}
            case FailState fail -> {}
        }
        return targets;
    }

    private void wrong(String message, String location) {
        fields.diagnostics().add(new Diagnostic(Diagnostic.TRANSITION, message, location));
    }
}
