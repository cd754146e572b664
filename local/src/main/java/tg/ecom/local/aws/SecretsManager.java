package tg.ecom.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import tg.ecom.local.lambda.Invoker;

/**
 * Secrets Manager. A rotation has run when RotateSecret answers, unlike in the cloud, where it has only begun: who
 * calls it here sees at once whether it worked.
 */
public final class SecretsManager extends JsonProtocol {
    private static final int RECOVERY_DAYS_MIN = 7;
    private static final int RECOVERY_DAYS_MAX = 30;
    private static final int PAGE_SIZE_MAX = 100;
    private static final String INVALID = "InvalidParameterException";

    private final SecretStore store;
    private final SecretValues values;
    private final SecretRotation rotation;
    private final InstantSource clock;

    /** Keeps its secrets in the database, and rotates them by the functions that the invoker calls. */
    public SecretsManager(CloudDatabase database, Invoker invoker, InstantSource clock) {
        super("secretsmanager", INVALID);
        this.store = new SecretStore(database, clock);
        this.values = new SecretValues(store);
        this.rotation = new SecretRotation(store, invoker, clock);
        this.clock = clock;
        offer("CreateSecret", this::createSecret);
        offer("GetSecretValue", input -> values.get(usable(input), input));
        offer("PutSecretValue", this::putSecretValue);
        offer("UpdateSecret", this::updateSecret);
        offer("DescribeSecret", input -> SecretDescription.of(required(input), stages(required(input))));
        offer("ListSecrets", this::listSecrets);
        offer("DeleteSecret", this::deleteSecret);
        offer("RestoreSecret", this::restoreSecret);
        offer("RotateSecret", this::rotateSecret);
        offer("UpdateSecretVersionStage", this::updateSecretVersionStage);
        offer("GetRandomPassword", input -> JsonInput.answer().put("RandomPassword", RandomPassword.from(input)));
    }

    /** The ARN of a secret without a value, made if there is none of that name: for a secret in a template. */
    public String ensureSecret(String name, String description) {
        store.add(newSecret(name, Optional.of(description), Optional.empty()), "", Optional.empty());
        return store.find(name).orElseThrow().arn();
    }

    /** The same, with a first value if it has none yet. */
    public String ensureSecret(String name, String description, String firstValue) {
        String arn = ensureSecret(name, description);
        if (!hasValue(arn)) {
            Optional<SecretValue> value = Optional.of(new SecretValue.OfText(firstValue));
            store.put(arn, UUID.randomUUID().toString(), value, List.of(SecretStore.CURRENT));
        }
        return arn;
    }

    /**
     * The same, its first value made as a template's GenerateSecretString says (PasswordLength, ExcludeCharacters,
     * SecretStringTemplate, GenerateStringKey…).
     *
     * @throws IllegalArgumentException when that property contradicts itself
     */
    public String ensureGeneratedSecret(String name, String description, JsonNode generateSecretString) {
        try {
            return ensureSecret(name, description, GeneratedSecret.from(generateSecretString));
        } catch (AwsFault fault) {
            throw new IllegalArgumentException(
                    "GenerateSecretString of the secret " + name + ": " + fault.getMessage(), fault);
        }
    }

    /**
     * The current text of a secret, for a template's dynamic reference.
     *
     * @param secretId name or ARN
     * @param key the member that is meant if the text is a JSON object, or empty for the whole text
     * @throws IllegalStateException when it has no such value
     */
    public String text(String secretId, String key) {
        Optional<SecretValue> value = store.find(secretId)
                .flatMap(secret -> store.version(secret.arn(), stages(secret).getOrDefault(SecretStore.CURRENT, "")))
                .flatMap(SecretStore.Version::value);
        if (value.orElse(null) instanceof SecretValue.OfText(String text)) {
            return key.isEmpty()
                    ? text
                    : JsonInput.parse(text.getBytes(StandardCharsets.UTF_8), INVALID)
                            .requiredText(key);
        }
        throw new IllegalStateException("The secret " + secretId + " has no text.");
    }

    /** Whether a secret, by name or ARN, has a current value. */
    public boolean hasValue(String secretId) {
        return store.find(secretId)
                .filter(secret -> stages(secret).containsKey(SecretStore.CURRENT))
                .isPresent();
    }

    /**
     * Gives a secret its rotating function, as a template's RotationSchedule does, and rotates it if it has no value.
     *
     * @param rotationRules that resource's RotationRules, saying how often it is rotated later on
     * @throws IllegalStateException when the function fails, with what it said
     */
    public void ensureRotation(String secretId, String functionArn, JsonNode rotationRules) {
        Optional<Integer> days = SecretRotation.days(new JsonInput(rotationRules, INVALID));
        Secret secret = store.find(secretId).orElseThrow().rotatedBy(functionArn, days);
        store.update(secret);
        if (!hasValue(secretId)) {
            rotateOrFail(secret);
        }
    }

    /**
     * Rotates the secrets whose time has come by the clock, each once.
     *
     * @throws IllegalStateException when a function fails, with what it said
     */
    public void rotateDueSecrets() {
        for (List<Secret> page = store.list("", PAGE_SIZE_MAX);
                !page.isEmpty();
                page = store.list(page.getLast().name(), PAGE_SIZE_MAX)) {
            page.stream().filter(this::isDue).forEach(this::rotateOrFail);
        }
    }

    private boolean isDue(Secret secret) {
        return secret.nextRotationAt()
                .filter(time -> !time.isAfter(clock.instant()))
                .isPresent();
    }

    private void rotateOrFail(Secret secret) {
        try {
            rotation.rotate(secret, UUID.randomUUID().toString());
        } catch (AwsFault fault) {
            throw new IllegalStateException(fault.getMessage(), fault);
        }
    }

    private ObjectNode createSecret(JsonInput input) {
        String name = input.requiredText("Name");
        if (!name.matches("[A-Za-z0-9/_+=.@-]{1,512}")) {
            throw new AwsFault("InvalidParameterException", "'" + name + "' is not a secret's name.");
        }
        Optional<SecretValue> value = SecretValue.of(input);
        String versionId = SecretValues.versionId(input);
        Secret secret = newSecret(name, input.text("Description"), input.text("KmsKeyId"));
        if (!store.add(secret, versionId, value)) {
            secret = usable(name);
            if (value.isEmpty() || store.version(secret.arn(), versionId).isEmpty()) {
                throw new AwsFault("ResourceExistsException", "The secret " + name + " already exists.");
            }
            values.put(secret, input, List.of(SecretStore.CURRENT));
        }
        ObjectNode answer = identity(secret);
        return value.isPresent() ? answer.put("VersionId", versionId) : answer;
    }

    private Secret newSecret(String name, Optional<String> description, Optional<String> keyId) {
        Instant now = clock.instant();
        Optional<String> none = Optional.empty();
        return new Secret(
                SecretDescription.newArn(name),
                name,
                description,
                keyId,
                none,
                Optional.empty(),
                Optional.empty(),
                now,
                now,
                Optional.empty());
    }

    private ObjectNode putSecretValue(JsonInput input) {
        Secret secret = usable(input);
        List<String> asked = input.texts("VersionStages");
        List<String> stages = asked.isEmpty() ? List.of(SecretStore.CURRENT) : asked;
        ObjectNode answer = identity(secret).put("VersionId", values.put(secret, input, stages));
        stages.forEach(answer.withArray("VersionStages")::add);
        return answer;
    }

    private ObjectNode updateSecret(JsonInput input) {
        Secret secret = usable(input).described(input.text("Description"), input.text("KmsKeyId"));
        store.update(secret);
        ObjectNode answer = identity(secret);
        return SecretValue.of(input).isPresent()
                ? answer.put("VersionId", values.put(secret, input, List.of(SecretStore.CURRENT)))
                : answer;
    }

    private ObjectNode listSecrets(JsonInput input) {
        if (input.has("Filters")) {
            throw new AwsFault("InvalidParameterException", "Filters are not offered here.");
        }
        int size = input.number("MaxResults", PAGE_SIZE_MAX, 1, PAGE_SIZE_MAX);
        List<Secret> secrets = store.list(input.text("NextToken").orElse(""), size);
        ObjectNode answer = JsonInput.answer();
        ArrayNode list = answer.putArray("SecretList");
        secrets.forEach(secret -> list.add(SecretDescription.of(secret, Map.of())));
        return secrets.size() == size
                ? answer.put("NextToken", secrets.getLast().name())
                : answer;
    }

    private ObjectNode deleteSecret(JsonInput input) {
        Secret secret = required(input);
        boolean force = input.flag("ForceDeleteWithoutRecovery", false);
        if (force && input.has("RecoveryWindowInDays")) {
            throw new AwsFault(
                    "InvalidParameterException",
                    "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
        }
        int days = input.number("RecoveryWindowInDays", RECOVERY_DAYS_MAX, RECOVERY_DAYS_MIN, RECOVERY_DAYS_MAX);
        Instant time = force ? clock.instant() : clock.instant().plus(Duration.ofDays(days));
        if (force) {
            store.delete(secret.arn());
        } else {
            store.update(requireUsable(secret).deletedAt(Optional.of(time)));
        }
        return identity(secret).put("DeletionDate", JsonInput.seconds(time));
    }

    private ObjectNode restoreSecret(JsonInput input) {
        Secret secret = required(input);
        store.update(secret.deletedAt(Optional.empty()));
        return identity(secret);
    }

    private ObjectNode rotateSecret(JsonInput input) {
        Secret secret = usable(input);
        Optional<Integer> days = input.object("RotationRules").flatMap(SecretRotation::days);
        String function = input.text("RotationLambdaARN")
                .or(secret::rotationFunction)
                .orElseThrow(() -> new AwsFault(
                        "InvalidRequestException", "No Lambda rotation function ARN is associated with this secret."));
        Secret rotating = secret.rotatedBy(function, days);
        String token = SecretValues.versionId(input);
        store.update(rotating);
        ObjectNode answer = identity(rotating);
        return input.flag("RotateImmediately", true)
                ? answer.put("VersionId", rotation.rotate(rotating, token))
                : answer;
    }

    private ObjectNode updateSecretVersionStage(JsonInput input) {
        Secret secret = usable(input);
        values.updateStage(secret, input);
        return identity(secret);
    }

    private Map<String, String> stages(Secret secret) {
        return new TreeMap<>(store.stages(secret.arn()));
    }

    private Secret required(JsonInput input) {
        return store.find(input.requiredText("SecretId"))
                .orElseThrow(() ->
                        new AwsFault("ResourceNotFoundException", "Secrets Manager can't find the specified secret."));
    }

    private Secret usable(JsonInput input) {
        return requireUsable(required(input));
    }

    private Secret usable(String name) {
        return requireUsable(store.find(name).orElseThrow());
    }

    private static Secret requireUsable(Secret secret) {
        if (secret.deletionAt().isPresent()) {
            throw new AwsFault(
                    "InvalidRequestException",
                    "You can't perform this operation on the secret because it was marked for deletion.");
        }
        return secret;
    }

    private static ObjectNode identity(Secret secret) {
        return JsonInput.answer().put("ARN", secret.arn()).put("Name", secret.name());
    }
}
