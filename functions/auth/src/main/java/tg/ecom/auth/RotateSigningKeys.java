package tg.ecom.auth;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import tg.ecom.platform.EventFunction;

/**
 * Secrets Manager's rotation of the signing keys, in its four steps, each of which may come twice. The new key signs;
 * those before stay until every token that they signed has expired. Public keys are published before the first
 * signature by the new one, so that nobody meets a token whose key is unknown.
 */
public final class RotateSigningKeys extends EventFunction<RotateSigningKeys.Step> {
    /**
     * How long a key is kept after another was made: far longer than a token lives and a function remembers keys (20
     * minutes together), so that a rotation that hangs between its steps loses none.
     */
    private static final Duration RETIRED_LIFE = Duration.ofDays(1);

    private static final int KEYS_MAX = 20;
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
        String version = event.clientRequestToken();
        Optional<String> current = currentVersion(secret);
        if (current.filter(version::equals).isPresent()) {
            return; // A step of a rotation that is done.
        }
        switch (event.step()) {
            case "createSecret" -> create(secret, version);
            case "setSecret" -> publish(pending(secret, version));
            case "testSecret" -> test(pending(secret, version), published());
            case "finishSecret" -> finish(secret, version, current);
            default -> throw new IllegalArgumentException("no step " + event.step());
        }
    }

    private void create(String secret, String version) {
        if (value(secret, Optional.of(version), PENDING).isPresent()) {
            return;
        }
        JWKSet next = next(value(secret, Optional.empty(), CURRENT), clock().instant());
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

    private JWKSet published() {
        String secret = surroundings().settings(Keys.class).publicKeysSecret();
        return parsed(value(secret, Optional.empty(), CURRENT)
                .orElseThrow(() -> new IllegalStateException("setSecret has not been done")));
    }

    /** Whether what the new key signs is verified by a published one. */
    static void test(JWKSet keys, JWKSet published) {
        try {
            ECKey signing = keys.getKeys().getFirst().toECKey();
            JWSObject signed = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload("rotation"));
            signed.sign(new ECDSASigner(signing));
            JWK verifying = published.getKeyByKeyId(signing.getKeyID());
            if (verifying == null || !signed.verify(new ECDSAVerifier(verifying.toECKey()))) {
                throw new IllegalStateException("the new key is not the published one");
            }
        } catch (JOSEException unusable) {
            throw new IllegalStateException("the new key can't sign", unusable);
        }
    }

    private void finish(String secret, String version, Optional<String> current) {
        client.updateSecretVersionStage(request -> {
            request.secretId(secret).versionStage(CURRENT).moveToVersionId(version);
            current.ifPresent(request::removeFromVersionId);
        });
    }

    private Optional<String> currentVersion(String secret) {
        Map<String, List<String>> stages =
                client.describeSecret(request -> request.secretId(secret)).versionIdsToStages();
        return stages.entrySet().stream()
                .filter(stage -> stage.getValue().contains(CURRENT))
                .map(Map.Entry::getKey)
                .findFirst();
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

    /**
     * A new key before those that are still needed, each of which says (member {@code exp}) until when.
     *
     * @throws IllegalStateException when so many are needed that somebody rotates by mistake
     */
    static JWKSet next(Optional<String> current, Instant now) {
        List<JWK> keys = new ArrayList<>(List.of(newKey(now)));
        for (JWK key :
                current.map(RotateSigningKeys::parsed).orElseGet(JWKSet::new).getKeys()) {
            Instant end = Optional.ofNullable(key.getExpirationTime())
                    .map(Date::toInstant)
                    .orElse(now.plus(RETIRED_LIFE));
            if (end.isAfter(now)) {
                keys.add(new ECKey.Builder(key.toECKey())
                        .expirationTime(Date.from(end))
                        .build());
            }
        }
        if (keys.size() > KEYS_MAX) {
            throw new IllegalStateException("rotated more than " + KEYS_MAX + " times in " + RETIRED_LIFE);
        }
        return new JWKSet(keys);
    }

    private static ECKey newKey(Instant now) {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyID(UUID.randomUUID().toString())
                    .issueTime(Date.from(now))
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
