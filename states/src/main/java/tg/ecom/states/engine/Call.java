package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import tg.ecom.states.definition.Resource;

/**
 * A call that a Task has decided on, to be made once that is kept.
 *
 * @param scope where its answer goes
 * @param attempt and to which attempt
 * @param repeated whether it may have been made before, by a run that has not kept what came of it
 * @param started whether the call was made before, and only what it started is waited for
 */
record Call(int scope, int attempt, Resource resource, JsonNode request, boolean repeated, boolean started) {}
