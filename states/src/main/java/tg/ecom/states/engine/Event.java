package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One event of an execution's history.
 *
 * @param id from 1
 * @param previousId the event before it on the same line; 0 for the first
 * @param type as the API reference names it, such as {@code PassStateEntered}
 * @param details what the type has to tell, under its own name: {@code {"stateEnteredEventDetails": …}}
 */
public record Event(long id, long previousId, Instant at, String type, ObjectNode details) {}
