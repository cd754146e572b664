package tg.ecom.local.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tg.ecom.local.lambda.Invoker;

/**
 * Rotates secrets as Secrets Manager does: a version without a value gets the stage AWSPENDING, then the function is
 * called with four steps, the last of which makes that version the current one. A rotation that failed midway is taken
 * up again with the same version.
 */
final class SecretRotation {
    private static final List<String> STEPS = List.of("createSecret", "setSecret", "testSecret", "finishSecret");

    private static final int DAYS_MAX = 1000;
    private static final Pattern RATE = Pattern.compile("rate\\((\\d{1,3}) days?\\)");

    private final SecretStore store;
    private final Invoker invoker;
    private final InstantSource clock;

    SecretRotation(SecretStore store, Invoker invoker, InstantSource clock) {
        this.store = store;
        this.invoker = invoker;
        this.clock = clock;
    }

    /**
     * Rotates and answers the version that it used.
     *
     * @throws AwsFault when the function fails in one of its steps
     */
    String rotate(Secret secret, String newVersionId) {
        String function = secret.rotationFunction()
                .orElseThrow(() -> new AwsFault(
                        "InvalidRequestException", "No Lambda rotation function ARN is associated with this secret."));
        String versionId = unfinished(secret).orElse(newVersionId);
        if (store.version(secret.arn(), versionId).isEmpty()) {
            store.put(secret.arn(), versionId, Optional.empty(), List.of(SecretStore.PENDING));
        }
        STEPS.forEach(step -> call(function, step, secret.arn(), versionId));
        store.find(secret.arn()).ifPresent(rotated -> store.update(rotated.rotated(clock.instant())));
        return versionId;
    }

    /** How often, by RotationRules: so many days, or a rate of days; other expressions are refused. */
    static Optional<Integer> days(JsonInput rules) {
        if (rules.has("AutomaticallyAfterDays")) {
            return Optional.of(rules.number("AutomaticallyAfterDays", 1, 1, DAYS_MAX));
        }
        return rules.text("ScheduleExpression").map(expression -> {
            Matcher matcher = RATE.matcher(expression);
            if (!matcher.matches()) {
                throw rules.wrong("ScheduleExpression", "must be a rate of days here, such as rate(30 days)");
            }
            return Integer.valueOf(matcher.group(1));
        });
    }

    private Optional<String> unfinished(Secret secret) {
        Map<String, String> stages = store.stages(secret.arn());
        return Optional.ofNullable(stages.get(SecretStore.PENDING))
                .filter(pending -> !pending.equals(stages.get(SecretStore.CURRENT)));
    }

    private void call(String function, String step, String arn, String versionId) {
        ObjectNode event =
                JsonInput.answer().put("Step", step).put("SecretId", arn).put("ClientRequestToken", versionId);
        Invoker.Result result = invoker.invoke(function, JsonInput.write(event));
        if (result.functionError().isPresent()) {
            throw new AwsFault(
                    "InternalServiceError",
                    "Rotating " + arn + " failed in " + step + ": "
                            + new String(result.payload(), StandardCharsets.UTF_8));
        }
    }
}
