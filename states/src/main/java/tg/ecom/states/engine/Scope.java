package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.HashMap;
import java.util.Map;

/** Where one line of an execution stands: the machine itself, a branch of a Parallel, or an iteration of a Map. */
final class Scope {
    static final int NO_PARENT = -1;

    int id;
    int parent = NO_PARENT;

    /** Which branch or iteration of the parent's state. */
    int index;

    String state = "";
    JsonNode input = NullNode.instance;
    Map<String, JsonNode> variables = new HashMap<>();

    /** How large the variables are together, as JSON. */
    long variablesBytes;

    Phase phase = new Phase.Working();

    /** When the state was entered, in milliseconds since 1970. */
    long enteredAt;

    /** The event that tells of the entering; 0 before. */
    long enteredEvent;

    /** The last event of the line before the state was entered. */
    long eventBefore;

    /** How often the state was tried again. */
    int retries;

    /** How often each of the state's retriers tried again. */
    Map<Integer, Integer> retriesByRetrier = new HashMap<>();

    /** The last event of this line: the next one names it. */
    long lastEvent;

    static Scope root() {
        return new Scope();
    }

    static Scope child(Scope parent, int id, int index) {
        Scope child = new Scope();
        child.id = id;
        child.parent = parent.id;
        child.index = index;
        child.lastEvent = parent.lastEvent;
        return child;
    }
}
