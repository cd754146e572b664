package tg.ecom.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What Secrets Manager keeps: versions of secrets, and which stages they are at. */
final class SecretVersions {
    private static final String CURRENT = "AWSCURRENT";

    private final Map<String, Map<String, Version>> secrets = new HashMap<>();

    private record Version(Optional<String> value, Set<String> stages) {}

    synchronized void set(String secret, String value) {
        put(secret, UUID.randomUUID().toString(), Optional.of(value), CURRENT);
    }

    /** A version without a value, as the service makes it before the first step of a rotation. */
    synchronized void pending(String secret, String version) {
        put(secret, version, Optional.empty(), "AWSPENDING");
    }

    synchronized void clear(String secret) {
        versions(secret).clear();
    }

    synchronized String current(String secret) {
        return at(secret, CURRENT).orElseThrow();
    }

    synchronized ObjectNode answer(String action, JsonNode request) {
        String secret = request.path("SecretId").textValue();
        return switch (action) {
            case "GetSecretValue" -> value(secret, request);
            case "PutSecretValue" -> {
                String version = request.path("ClientRequestToken").textValue();
                String stage = request.path("VersionStages").path(0).asText(CURRENT);
                put(secret, version, Optional.of(request.path("SecretString").textValue()), stage);
                yield object();
            }
            case "DescribeSecret" -> {
                ObjectNode answer = object();
                ObjectNode stages = answer.putObject("VersionIdsToStages");
                versions(secret)
                        .forEach((id, version) -> version.stages.forEach(
                                stage -> stages.withArray("/" + id).add(stage)));
                yield answer;
            }
            case "UpdateSecretVersionStage" -> move(secret, request);
            default -> throw new IllegalArgumentException(action);
        };
    }

    private ObjectNode value(String secret, JsonNode request) {
        String stage = request.path("VersionStage").asText(CURRENT);
        Optional<String> value = request.has("VersionId")
                ? Optional.ofNullable(
                                versions(secret).get(request.path("VersionId").textValue()))
                        .filter(version -> version.stages.contains(stage))
                        .flatMap(Version::value)
                : at(secret, stage);
        return value.map(text -> object().put("SecretString", text))
                .orElseGet(() -> object().put("__type", "ResourceNotFoundException"));
    }

    private ObjectNode move(String secret, JsonNode request) {
        String stage = request.path("VersionStage").textValue();
        Optional<String> holder = versions(secret).entrySet().stream()
                .filter(version -> version.getValue().stages.contains(stage))
                .map(Map.Entry::getKey)
                .findFirst();
        String removed = request.path("RemoveFromVersionId").asText("");
        if (holder.isPresent() && !holder.get().equals(removed)) {
            return object().put("__type", "InvalidParameterException");
        }
        holder.ifPresent(id -> versions(secret).get(id).stages.remove(stage));
        versions(secret).get(request.path("MoveToVersionId").textValue()).stages.add(stage);
        return object();
    }

    private void put(String secret, String id, Optional<String> value, String stage) {
        versions(secret).values().forEach(version -> version.stages.remove(stage));
        versions(secret).put(id, new Version(value, new LinkedHashSet<>(Set.of(stage))));
    }

    private Optional<String> at(String secret, String stage) {
        return versions(secret).values().stream()
                .filter(version -> version.stages.contains(stage))
                .findFirst()
                .flatMap(Version::value);
    }

    private Map<String, Version> versions(String secret) {
        return secrets.computeIfAbsent(secret, name -> new LinkedHashMap<>());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
