package tg.ecom.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What one charge used.
 *
 * @param counts until everything that it caused had ended
 * @param polling what one question of the app took, how it stands
 * @param transitions of its state machine, see {@link #transitions(JsonNode)}
 */
record Charge(Counts counts, Counts polling, long transitions) {
    /**
     * What Step Functions bills of a history: each state that is executed, and each retry. Whether the start counts is
     * not documented; it is counted here.
     */
    static long transitions(JsonNode history) {
        long entered = 0;
        long tasks = 0;
        long attempts = 0;
        for (JsonNode event : history) {
            String type = event.path("type").asText();
            entered += type.endsWith("StateEntered") ? 1 : 0;
            tasks += type.equals("TaskStateEntered") ? 1 : 0;
            attempts += type.equals("TaskScheduled") ? 1 : 0;
        }
        return 1 + entered + (attempts - tasks);
    }
}
