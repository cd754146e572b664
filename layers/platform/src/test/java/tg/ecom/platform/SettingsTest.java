package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {
    record Kinds(String plainText, int retryCountMax, URI publicAddress, Optional<String> nickname) {}

    record Bounded(int limit) {
        Bounded {
            if (limit < 1) {
                throw new IllegalArgumentException("limit is 1 or more");
            }
        }
    }

    @Test
    void eachKindOfComponent_isReadFromItsVariable() {
        Kinds kinds = Settings.read(
                        Map.of(
                                "ECOM_PLAIN_TEXT", "word",
                                "ECOM_RETRY_COUNT_MAX", "3",
                                "ECOM_PUBLIC_ADDRESS", "https://ecom.tg",
                                "AWS_REGION", "us-east-1"),
                        List.of(Kinds.class))
                .get(Kinds.class);
        assertEquals(new Kinds("word", 3, URI.create("https://ecom.tg"), Optional.empty()), kinds);
    }

    @Test
    void everyFault_isNamedInOneMessage() {
        String message = faults(
                Map.of(
                        "ECOM_RETRY_COUNT_MAX", "three",
                        "ECOM_PUBLIC_ADDRESS", "not an address",
                        "ECOM_LIMIT", "0",
                        "ECOM_TYPO", "x",
                        "ECOM_SURPLUS", ""),
                Kinds.class,
                Bounded.class);
        for (String fault : List.of(
                "ECOM_PLAIN_TEXT is missing",
                "ECOM_RETRY_COUNT_MAX is no int",
                "ECOM_PUBLIC_ADDRESS is no URI",
                "limit is 1 or more",
                "ECOM_SURPLUS is unknown",
                "ECOM_TYPO is unknown")) {
            assertTrue(message.contains(fault), message);
        }
        assertFalse(message.contains("NICKNAME"), message);
    }

    @Test
    void message_neverHoldsAValue() {
        String message = faults(Map.of("ECOM_LIMIT", "s3cr3t", "ECOM_TYPO", "hidden"), Bounded.class);
        assertFalse(message.contains("s3cr3t"), message);
        assertFalse(message.contains("hidden"), message);
    }

    @Test
    void blankVariable_isMissing() {
        assertTrue(faults(Map.of("ECOM_LIMIT", "  "), Bounded.class).contains("ECOM_LIMIT is missing"));
    }

    @Test
    void variablesOfOthers_areNotLookedAt() {
        Settings.read(Map.of("ECOM_LIMIT", "1", "POWERTOOLS_LOG_LEVEL", "INFO", "HOME", "/"), List.of(Bounded.class));
    }

    @Test
    void recordThatWasNotDeclared_isNotGiven() {
        Settings settings = Settings.read(Map.of("ECOM_LIMIT", "1"), List.of(Bounded.class));
        assertThrows(IllegalArgumentException.class, () -> settings.get(Kinds.class));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static String faults(Map<String, String> environment, Class<? extends Record>... declared) {
        return assertThrows(IllegalStateException.class, () -> Settings.read(environment, List.of(declared)))
                .getMessage();
    }
}
