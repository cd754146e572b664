package tg.ecom.local.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The operations of Secrets Manager on the versions of a secret. */
final class SecretValues {
    private static final int VERSION_ID_LENGTH_MIN = 32;
    private static final int VERSION_ID_LENGTH_MAX = 64;

    private final SecretStore store;

    SecretValues(SecretStore store) {
        this.store = store;
    }

    ObjectNode get(Secret secret, JsonInput input) {
        Map<String, String> stages = store.stages(secret.arn());
        String stage = input.text("VersionStage").orElse(SecretStore.CURRENT);
        String versionId = input.text("VersionId").orElseGet(() -> stages.getOrDefault(stage, ""));
        boolean contradiction = input.has("VersionStage") && !versionId.equals(stages.get(stage));
        Optional<SecretStore.Version> version = contradiction
                ? Optional.empty()
                : store.version(secret.arn(), versionId)
                        .filter(found -> found.value().isPresent());
        SecretStore.Version found = version.orElseThrow(() -> new AwsFault(
                "ResourceNotFoundException",
                "Secrets Manager can't find the specified secret value for "
                        + input.text("VersionId").map(id -> "VersionId: " + id).orElse("staging label: " + stage)));
        ObjectNode answer = JsonInput.answer()
                .put("ARN", secret.arn())
                .put("Name", secret.name())
                .put("VersionId", found.id())
                .put("CreatedDate", JsonInput.seconds(found.createdAt()));
        found.value().orElseThrow().addTo(answer);
        stages.forEach((name, id) -> {
            if (id.equals(found.id())) {
                answer.withArray("VersionStages").add(name);
            }
        });
        return answer;
    }

    /** Puts the value of a request as a new version; the same request again changes nothing. */
    String put(Secret secret, JsonInput input, List<String> stages) {
        String versionId = versionId(input);
        SecretValue value = SecretValue.of(input)
                .orElseThrow(() -> new AwsFault(
                        "InvalidRequestException", "You must provide either SecretString or SecretBinary."));
        Optional<SecretValue> before = store.version(secret.arn(), versionId).flatMap(SecretStore.Version::value);
        if (before.filter(old -> !old.equals(value)).isPresent()) {
            throw new AwsFault(
                    "ResourceExistsException",
                    "You can't use ClientRequestToken " + versionId + " because that value is already in use.");
        }
        if (before.isEmpty()) {
            boolean first = !store.stages(secret.arn()).containsKey(SecretStore.CURRENT)
                    && !stages.contains(SecretStore.PENDING);
            List<String> all = first && !stages.contains(SecretStore.CURRENT) ? List.of(SecretStore.CURRENT) : stages;
            store.put(secret.arn(), versionId, Optional.of(value), all);
        }
        return versionId;
    }

    /** The client's token, which becomes the version's id, or a new one. */
    static String versionId(JsonInput input) {
        String token = input.text("ClientRequestToken")
                .orElseGet(() -> UUID.randomUUID().toString());
        if (token.length() < VERSION_ID_LENGTH_MIN || token.length() > VERSION_ID_LENGTH_MAX) {
            throw new AwsFault("InvalidParameterException", "ClientRequestToken must have 32 to 64 characters.");
        }
        return token;
    }

    /** UpdateSecretVersionStage: moves a stage, adds it, or takes it away. */
    void updateStage(Secret secret, JsonInput input) {
        String stage = input.requiredText("VersionStage");
        Optional<String> from = input.text("RemoveFromVersionId");
        Optional<String> to = input.text("MoveToVersionId");
        Optional<String> holder = Optional.ofNullable(store.stages(secret.arn()).get(stage));
        if (from.isPresent() && !from.equals(holder)) {
            throw new AwsFault(
                    "InvalidParameterException",
                    "The staging label " + stage + " is not attached to version " + from.get() + ".");
        }
        if (to.isPresent() && holder.isPresent() && from.isEmpty() && !holder.equals(to)) {
            throw new AwsFault(
                    "InvalidParameterException",
                    "The parameter RemoveFromVersionId can't be empty. Staging label " + stage
                            + " is currently attached to version " + holder.get() + ".");
        }
        to.ifPresentOrElse(versionId -> move(secret, stage, versionId), () -> remove(secret, stage, from));
    }

    private void move(Secret secret, String stage, String versionId) {
        if (store.version(secret.arn(), versionId).isEmpty()) {
            throw new AwsFault("ResourceNotFoundException", "Secrets Manager can't find version " + versionId + ".");
        }
        store.moveStage(secret.arn(), stage, versionId);
    }

    private void remove(Secret secret, String stage, Optional<String> from) {
        if (from.isEmpty() || stage.equals(SecretStore.CURRENT)) {
            throw new AwsFault("InvalidParameterException", "The staging label " + stage + " needs a version.");
        }
        store.removeStage(secret.arn(), stage);
    }
}
