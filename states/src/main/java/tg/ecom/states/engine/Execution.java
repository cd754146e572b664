package tg.ecom.states.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * What never changes of an execution.
 *
 * @param id ours
 * @param name unique in its machine
 * @param revision of the machine's definition, with which it runs to its end
 * @param given the input as its text was given
 */
public record Execution(
        long id,
        String arn,
        String name,
        String machineArn,
        String machineName,
        String roleArn,
        String revision,
        JsonNode input,
        String given,
        Instant startedAt) {}
