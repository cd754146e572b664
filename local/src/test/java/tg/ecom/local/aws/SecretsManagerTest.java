package tg.ecom.local.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import tg.ecom.local.lambda.Invoker;

@WithLocalCloud
class SecretsManagerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:rotate";

    private final LocalCloud cloud;
    private final SecretsManager service;
    private final SecretsManagerClient secrets;
    private final String name = "test/" + UUID.randomUUID();

    SecretsManagerTest(LocalCloud cloud) {
        this.cloud = cloud;
        this.service = cloud.offer(new SecretsManager(cloud.database, cloud.invoker, cloud.clock));
        this.secrets = cloud.client(SecretsManagerClient.builder());
    }

    @BeforeEach
    void letTheFunctionRotate() {
        cloud.invoker.behave(this::rotate);
    }

    @Test
    void secret_isFoundByNameAndByArn() {
        CreateSecretResponse made = create("one");

        assertTrue(
                made.arn().matches("arn:aws:secretsmanager:us-east-1:000000000000:secret:" + name + "-[A-Za-z0-9]{6}"));
        assertEquals("one", value(name));
        assertEquals("one", value(made.arn()));
    }

    @Test
    void unknownSecret_isNotFound() {
        assertThrows(ResourceNotFoundException.class, () -> value(name));
        assertThrows(ResourceNotFoundException.class, () -> secrets.describeSecret(request -> request.secretId(name)));
    }

    @Test
    void secondSecretOfTheSameName_isRefused() {
        create("one");
        assertThrows(ResourceExistsException.class, () -> create("two"));
        assertEquals("one", value(name));
    }

    @Test
    void nulCharacter_isRefusedInWordsAndLeavesNothing() {
        assertThrows(InvalidParameterException.class, () -> create("a\0b"));
        assertThrows(ResourceNotFoundException.class, () -> secrets.describeSecret(request -> request.secretId(name)));
        create("one");
        assertThrows(
                InvalidParameterException.class,
                () -> secrets.putSecretValue(request -> request.secretId(name).secretString("\0")));
        assertThrows(
                InvalidParameterException.class,
                () -> secrets.putSecretValue(
                        request -> request.secretId(name).secretString("two").versionStages("\0")));
        assertThrows(InvalidParameterException.class, () -> value("\0"));
        assertThrows(InvalidParameterException.class, () -> secrets.describeSecret(request -> request.secretId("\0")));
        assertThrows(InvalidParameterException.class, () -> secrets.restoreSecret(request -> request.secretId("\0")));
        assertEquals("one", value(name));
    }

    @Test
    void newValue_leavesTheOneBeforeAsPrevious() {
        create("one");
        secrets.putSecretValue(request -> request.secretId(name).secretString("two"));

        assertEquals("two", value(name));
        assertEquals(
                "one",
                secrets.getSecretValue(request -> request.secretId(name).versionStage("AWSPREVIOUS"))
                        .secretString());
    }

    @Test
    void sameTokenTwice_isOneVersion() {
        create("one");
        String token = UUID.randomUUID().toString();
        for (int count = 0; count < 2; count++) {
            secrets.putSecretValue(
                    request -> request.secretId(name).clientRequestToken(token).secretString("two"));
        }
        assertThrows(
                ResourceExistsException.class,
                () -> secrets.putSecretValue(request ->
                        request.secretId(name).clientRequestToken(token).secretString("three")));
        assertEquals("two", value(name));
    }

    @Test
    void secretWithoutValue_isNotFoundUntilItHasOne() {
        secrets.createSecret(request -> request.name(name));
        assertThrows(ResourceNotFoundException.class, () -> value(name));
        secrets.updateSecret(
                request -> request.secretId(name).description("keys").secretString("one"));
        assertEquals("one", value(name));
        assertEquals(
                "keys",
                secrets.describeSecret(request -> request.secretId(name)).description());
    }

    @Test
    void deletedSecret_isRefusedThenGone() {
        create("one");
        secrets.deleteSecret(request -> request.secretId(name).recoveryWindowInDays(7L));

        assertThrows(InvalidRequestException.class, () -> value(name));
        cloud.clock.advance(Duration.ofDays(8));
        assertThrows(ResourceNotFoundException.class, () -> value(name));
        create("two");
        assertEquals("two", value(name));
    }

    @Test
    void deletionIsUndone_byRestoring() {
        create("one");
        secrets.deleteSecret(request -> request.secretId(name));
        secrets.restoreSecret(request -> request.secretId(name));
        assertEquals("one", value(name));
    }

    @Test
    void recoveryWindowOfADay_isRefused() {
        create("one");
        assertThrows(
                InvalidParameterException.class,
                () -> secrets.deleteSecret(request -> request.secretId(name).recoveryWindowInDays(1L)));
    }

    @Test
    void listedSecrets_comePageByPage() {
        create("one");
        List<String> names = secrets.listSecretsPaginator(request -> request.maxResults(1)).stream()
                .flatMap(page -> page.secretList().stream())
                .map(secret -> secret.name())
                .toList();
        assertTrue(names.contains(name));
        assertEquals(names.stream().distinct().count(), names.size());
    }

    @Test
    void rotation_callsTheFourStepsAndMakesThePendingVersionCurrent() {
        create("one");
        String version = secrets.rotateSecret(request -> request.secretId(name)
                        .rotationLambdaARN(FUNCTION)
                        .rotationRules(rules -> rules.automaticallyAfterDays(30L)))
                .versionId();

        assertEquals("rotated " + version, value(name));
        assertEquals(
                List.of("createSecret", "setSecret", "testSecret", "finishSecret"),
                cloud.invoker.invocations().stream()
                        .map(call -> read(call.payload()).get("Step").asText())
                        .toList());
        DescribeSecretResponse description = secrets.describeSecret(request -> request.secretId(name));
        assertTrue(description.rotationEnabled());
        assertTrue(description.versionIdsToStages().get(version).contains("AWSCURRENT"));
    }

    @Test
    void failedRotation_keepsTheValueAndIsTakenUpAgain() {
        create("one");
        cloud.invoker.behave(payload -> payload.contains("testSecret")
                ? RecordingInvoker.failed("{\"errorMessage\":\"no\"}")
                : rotate(payload));
        assertThrows(
                SecretsManagerException.class,
                () -> secrets.rotateSecret(request -> request.secretId(name).rotationLambdaARN(FUNCTION)));
        assertEquals("one", value(name));

        letTheFunctionRotate();
        String version = secrets.rotateSecret(request -> request.secretId(name)).versionId();
        assertEquals("rotated " + version, value(name));
        assertEquals(
                1,
                cloud.invoker.invocations().stream()
                        .map(call ->
                                read(call.payload()).get("ClientRequestToken").asText())
                        .distinct()
                        .count());
    }

    @Test
    void rotationWithoutFunction_isRefused() {
        create("one");
        assertThrows(InvalidRequestException.class, () -> secrets.rotateSecret(request -> request.secretId(name)));
    }

    @Test
    void templatesRotation_runsOnceForASecretWithoutValueAndAgainWhenDue() {
        service.ensureSecret(name, "signing keys");
        JsonNode rules = read("{\"ScheduleExpression\": \"rate(30 days)\"}");
        service.ensureRotation(name, FUNCTION, rules);
        String first = value(name);
        service.ensureRotation(name, FUNCTION, rules);
        service.rotateDueSecrets();
        assertEquals(first, value(name));

        cloud.clock.advance(Duration.ofDays(31));
        service.rotateDueSecrets();
        assertNotEquals(first, value(name));
    }

    @Test
    void templatesGeneratedSecret_isMadeOnce() {
        JsonNode generate = read("""
                {"SecretStringTemplate": "{\\"username\\": \\"admin\\"}", "GenerateStringKey": "password",
                 "PasswordLength": 40, "ExcludePunctuation": true}
                """);
        String arn = service.ensureGeneratedSecret(name, "", generate);
        String made = value(arn);

        assertEquals("admin", read(made).get("username").asText());
        assertTrue(read(made).get("password").asText().matches("[A-Za-z0-9]{40}"));
        assertEquals(arn, service.ensureGeneratedSecret(name, "", generate));
        assertEquals(made, value(name));
        assertTrue(service.hasValue(name));
    }

    @Test
    void templatesContradiction_isNamed() {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> service.ensureGeneratedSecret(name, "", read("{\"PasswordLength\": 0}")));
        assertTrue(refusal.getMessage().contains(name));
    }

    @Test
    void randomPassword_hasWhatWasAsked() {
        String password = secrets.getRandomPassword(request ->
                        request.passwordLength(20L).excludePunctuation(true).excludeCharacters("abc"))
                .randomPassword();
        assertTrue(password.matches("[A-Zd-z0-9]{20}"));
        assertThrows(
                InvalidParameterException.class,
                () -> secrets.getRandomPassword(request -> request.passwordLength(2L)));
        assertFalse(password.isBlank());
    }

    @Test
    void currentStage_movesOnlyFromTheVersionThatHasIt() {
        String first = create("one").versionId();
        String second = secrets.putSecretValue(
                        request -> request.secretId(name).secretString("two").versionStages("CANDIDATE"))
                .versionId();
        assertEquals("one", value(name));
        assertThrows(
                InvalidParameterException.class,
                () -> secrets.updateSecretVersionStage(request ->
                        request.secretId(name).versionStage("AWSCURRENT").moveToVersionId(second)));

        secrets.updateSecretVersionStage(request -> request.secretId(name)
                .versionStage("AWSCURRENT")
                .removeFromVersionId(first)
                .moveToVersionId(second));
        assertEquals("two", value(name));
    }

    /** What a rotating function does in its steps. */
    private Invoker.Result rotate(String payload) {
        JsonNode event = read(payload);
        String id = event.get("SecretId").asText();
        String token = event.get("ClientRequestToken").asText();
        switch (event.get("Step").asText()) {
            case "createSecret" ->
                secrets.putSecretValue(request -> request.secretId(id)
                        .clientRequestToken(token)
                        .secretString("rotated " + token)
                        .versionStages("AWSPENDING"));
            case "finishSecret" -> finish(id, token);
            default -> assertEquals("rotated " + token, pending(id));
        }
        return RecordingInvoker.succeeded("null");
    }

    private void finish(String id, String token) {
        var current = secrets.describeSecret(request -> request.secretId(id)).versionIdsToStages().entrySet().stream()
                .filter(entry -> entry.getValue().contains("AWSCURRENT"))
                .map(entry -> entry.getKey())
                .findFirst();
        secrets.updateSecretVersionStage(request -> request.secretId(id)
                .versionStage("AWSCURRENT")
                .moveToVersionId(token)
                .removeFromVersionId(current.orElse(null)));
    }

    private String pending(String id) {
        return secrets.getSecretValue(request -> request.secretId(id).versionStage("AWSPENDING"))
                .secretString();
    }

    private CreateSecretResponse create(String value) {
        return secrets.createSecret(request -> request.name(name).secretString(value));
    }

    private String value(String id) {
        return secrets.getSecretValue(request -> request.secretId(id)).secretString();
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(malformed);
        }
    }
}
