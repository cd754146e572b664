package tg.ecom.auth;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import tg.ecom.platform.EventFunction;

/**
 * Secrets Manager's rotation of the signing keys, in its four steps, each of which may come twice. The new key signs,
 * the one before stays so that tokens signed by it can be verified. Public keys are published before a key signs with,
 * so that nobody meets a token whose key is unknown.
 */
public final class RotateSigningKeys extends EventFunction<RotateSigningKeys.Step> {
    private static final int KEYS_KEPT = 2;
    private static final String CURRENT = "AWSCURRENT";
    private static final String PENDING = "AWSPENDING";

    /**
     * A step of a rotation.
     *
     * @param step createSecret, setSecret, testSecret or finishSecret
     * @param secretId the ARN of the secret
     * @param clientRequestToken the id of the version that is being made
     */
    public record Step(
            @JsonProperty("Step") String step,
            @JsonProperty("SecretId") String secretId,
            @JsonProperty("ClientRequestToken") String clientRequestToken) {}

    /**
     * Where the keys are.
     *
     * @param signingKeysSecret private keys
     * @param publicKeysSecret public keys
     */
    public record Keys(String signingKeysSecret, String publicKeysSecret) {}

    private final SecretsManagerClient client =
            surroundings().aws().client("SECRETS_MANAGER", SecretsManagerClient.builder());

    /** Needs both secrets. */
    public RotateSigningKeys() {
        super(Keys.class);
    }

    @Override
    protected void handle(Step event) {
        String secret = surroundings().settings(Keys.class).signingKeysSecret();
        if (!event.secretId().equals(secret)) {
            throw new IllegalArgumentException("asked to rotate another secret");
        }
        switch (event.step()) {
            case "createSecret" -> create(secret, event.clientRequestToken());
            case "setSecret" -> publish(pending(secret, event.clientRequestToken()));
            case "testSecret" -> test(pending(secret, event.clientRequestToken()));
            case "finishSecret" -> finish(secret, event.clientRequestToken());
            default -> throw new IllegalArgumentException("no step " + event.step());
        }
    }

    private void create(String secret, String version) {
        if (value(secret, Optional.of(version), PENDING).isPresent()) {
            return;
        }
        JWKSet next = next(value(secret, Optional.empty(), CURRENT));
        client.putSecretValue(request -> request.secretId(secret)
                .clientRequestToken(version)
                .secretString(next.toString(false))
                .versionStages(PENDING));
    }

    private void publish(JWKSet keys) {
        client.putSecretValue(
                request -> request.secretId(surroundings().settings(Keys.class).publicKeysSecret())
                        .secretString(keys.toPublicJWKSet().toString()));
    }

    private static void test(JWKSet keys) {
        if (keys.getKeys().isEmpty() || !keys.getKeys().getFirst().isPrivate()) {
            throw new IllegalStateException("the first of the new keys can't sign");
        }
    }

    private void finish(String secret, String version) {
        Map<String, List<String>> stages =
                client.describeSecret(request -> request.secretId(secret)).versionIdsToStages();
        Optional<String> current = stages.entrySet().stream()
                .filter(stage -> stage.getValue().contains(CURRENT))
                .map(Map.Entry::getKey)
                .findFirst();
        if (current.filter(version::equals).isEmpty()) {
            client.updateSecretVersionStage(request -> {
                request.secretId(secret).versionStage(CURRENT).moveToVersionId(version);
                current.ifPresent(request::removeFromVersionId);
            });
        }
    }

    private JWKSet pending(String secret, String version) {
        return parsed(value(secret, Optional.of(version), PENDING)
                .orElseThrow(() -> new IllegalStateException("createSecret has not been done")));
    }

    private Optional<String> value(String secret, Optional<String> version, String stage) {
        try {
            return Optional.of(client.getSecretValue(request -> {
                        request.secretId(secret).versionStage(stage);
                        version.ifPresent(request::versionId);
                    })
                    .secretString());
        } catch (ResourceNotFoundException none) {
            return Optional.empty();
        }
    }

    /** A new key before those that are kept. */
    static JWKSet next(Optional<String> current) {
        List<JWK> keys = new ArrayList<>(List.of(newKey()));
        current.ifPresent(set -> keys.addAll(parsed(set).getKeys()));
        return new JWKSet(keys.subList(0, Math.min(KEYS_KEPT, keys.size())));
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JWKSet parsed(String set) {
        try {
            return JWKSet.parse(set);
        } catch (ParseException broken) {
            throw new IllegalStateException("the signing keys can't be read", broken);
        }
    }
}
