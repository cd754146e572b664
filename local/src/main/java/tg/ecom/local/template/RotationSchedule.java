package tg.ecom.local.template;

import java.util.Optional;

/**
 * The rotation of a secret by a function.
 *
 * @param secretArn the secret's ARN
 * @param functionArn the ARN of the function that takes the four steps
 * @param everyDays days between two rotations, if that is how the rule is written
 * @param expression {@code rate(…)} or {@code cron(…)}, if the rule is written so
 */
public record RotationSchedule(
        String logicalPath,
        String secretArn,
        String functionArn,
        Optional<Integer> everyDays,
        Optional<String> expression) {}
