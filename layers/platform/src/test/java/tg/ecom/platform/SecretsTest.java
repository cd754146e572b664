package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

class SecretsTest {
    private final SettableClock clock = new SettableClock();
    private AwsServer aws;
    private Secrets secrets;

    @BeforeEach
    void start() throws IOException {
        aws = new AwsServer((action, request) ->
                AwsServer.object().put("SecretString", request.path("SecretId").asText() + " at " + clock.instant()));
        secrets = new Secrets(new Aws(aws.environment()), clock);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void secret_isRememberedForFiveMinutesByTheClock() {
        String first = secrets.value("one");
        clock.advance(Duration.ofMinutes(5));
        assertEquals(first, secrets.value("one"));
        assertEquals(1, aws.received().size());
        clock.advance(Duration.ofMillis(1));
        assertEquals("one at " + clock.instant(), secrets.value("one"));
        assertEquals(2, aws.received().size());
    }

    @Test
    void secrets_areToldApart() {
        assertEquals("one at " + clock.instant(), secrets.value("one"));
        assertEquals("two at " + clock.instant(), secrets.value("two"));
    }

    @Test
    void secretReadAnew_isReadAtMostOnceInTenSeconds() {
        secrets.value("one");
        clock.advance(Duration.ofSeconds(10));
        secrets.refreshed("one");
        assertEquals(1, aws.received().size());
        clock.advance(Duration.ofMillis(1));
        assertEquals("one at " + clock.instant(), secrets.refreshed("one"));
        secrets.refreshed("one");
        assertEquals("one at " + clock.instant(), secrets.value("one"));
        assertEquals(2, aws.received().size());
    }

    @Test
    void restoredSnapshot_readsAllAnew() {
        secrets.value("one");
        secrets.forget();
        secrets.value("one");
        assertEquals(2, aws.received().size());
    }

    @Test
    void failure_isNotRemembered() {
        aws.answering((action, request) -> AwsServer.object().put("__type", "ResourceNotFoundException"));
        assertThrows(ResourceNotFoundException.class, () -> secrets.value("one"));
        aws.answering((action, request) -> AwsServer.object().put("SecretString", "here"));
        assertEquals("here", secrets.value("one"));
    }
}
