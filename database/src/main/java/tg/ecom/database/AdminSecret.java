package tg.ecom.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;

/**
 * The database's master user, as the cluster keeps it in Secrets Manager.
 *
 * @param username the name
 * @param password the password
 */
record AdminSecret(String username, String password) {

    /** Reads the secret from the service that the environment names, AWS's own when it names none. */
    static AdminSecret read(Map<String, String> environment, String secret) {
        SecretsManagerClientBuilder builder = SecretsManagerClient.builder()
                .region(Region.of(environment.getOrDefault("AWS_REGION", "us-east-1")))
                .httpClientBuilder(UrlConnectionHttpClient.builder());
        Optional.ofNullable(environment.get("AWS_ENDPOINT_URL_SECRETS_MANAGER"))
                .or(() -> Optional.ofNullable(environment.get("AWS_ENDPOINT_URL")))
                .map(URI::create)
                .ifPresent(builder::endpointOverride);
        try (SecretsManagerClient secrets = builder.build()) {
            return parse(
                    secrets.getSecretValue(request -> request.secretId(secret)).secretString());
        }
    }

    private static AdminSecret parse(String text) {
        try {
            JsonNode value = new ObjectMapper().readTree(text);
            return new AdminSecret(
                    value.path("username").asText(), value.path("password").asText());
        } catch (JsonProcessingException malformed) {
            // Without the cause: it would quote the secret.
            throw new IllegalStateException("the database's master secret is not JSON");
        }
    }

    @Override
    public String toString() {
        return "AdminSecret[" + username + "]";
    }
}
