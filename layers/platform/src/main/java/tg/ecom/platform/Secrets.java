package tg.ecom.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Secrets of Secrets Manager, remembered for 5 minutes, so that a rotation needs no deployment. */
public final class Secrets {
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(5);
    private static final Duration REFRESHED_AT_MOST_EVERY = Duration.ofSeconds(10);

    private final Lazy<SecretsManagerClient> client;
    private final InstantSource clock;
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    Secrets(Aws aws, InstantSource clock) {
        this.client = new Lazy<>(() -> aws.client("SECRETS_MANAGER", SecretsManagerClient.builder()));
        this.clock = clock;
    }

    /** The current value of the secret with that ARN or name. */
    public String value(String secret) {
        return value(secret, REMEMBERED_FOR);
    }

    /**
     * The value read anew, though no more than once in 10 s: for who has seen that the remembered one is out of date.
     */
    public String refreshed(String secret) {
        return value(secret, REFRESHED_AT_MOST_EVERY);
    }

    void forget() {
        remembered.clear();
    }

    private String value(String secret, Duration ageMax) {
        Instant now = clock.instant();
        Remembered known = remembered.get(secret);
        if (known == null || known.at.plus(ageMax).isBefore(now)) {
            known = new Remembered(
                    client.get()
                            .getSecretValue(request -> request.secretId(secret))
                            .secretString(),
                    now);
            remembered.put(secret, known);
        }
        return known.value;
    }

    private record Remembered(String value, Instant at) {}
}
