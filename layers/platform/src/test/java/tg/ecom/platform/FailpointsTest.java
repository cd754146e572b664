package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class FailpointsTest {
    private final List<String> reached = new ArrayList<>();
    private final Failpoints failpoints = new Failpoints(reached::add);

    @Test
    void callIsBetweenItsTwoPoints() {
        failpoints.around("http.yas.debit", () -> reached.add("the call"));
        assertEquals(List.of("http.yas.debit.before", "the call", "http.yas.debit.after"), reached);
    }

    @Test
    void hostOfTheRuntime_isToldOfItsPoints() throws Exception {
        FunctionRuntime.within(Map.of(), InstantSource.system(), reached::add, () -> {
            FunctionRuntime.current().failpoint().accept("commit.before");
            return null;
        });
        assertEquals(List.of("commit.before"), reached);
    }

    @Test
    void errorAtACallOfAws_endsItBeforeItIsSent() {
        Failpoints deadly = new Failpoints(point -> {
            reached.add(point);
            throw new AssertionError("dies here");
        });
        SecretsManagerClient client =
                new Aws(Map.of(), deadly).client("SECRETS_MANAGER", SecretsManagerClient.builder());
        assertThrows(AssertionError.class, client::listSecrets);
        assertEquals(List.of("aws.SecretsManager.ListSecrets.before"), reached);
    }
}
