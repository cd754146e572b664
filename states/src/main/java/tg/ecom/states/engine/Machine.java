package tg.ecom.states.engine;

import java.time.Instant;

/**
 * A state machine as it is kept.
 *
 * @param revision tells its definitions apart
 * @param updatedAt when it got this one
 */
public record Machine(
        String arn,
        String name,
        String revision,
        String definition,
        String roleArn,
        Instant createdAt,
        Instant updatedAt) {}
