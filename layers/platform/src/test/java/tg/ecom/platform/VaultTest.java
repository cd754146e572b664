package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
    private static final String KEY = "arn:aws:kms:us-east-1:000000000000:key/of-the-test";
    private static final String ROW = "users.email/01980000-0000-7000-8000-000000000000";

    private final Map<String, byte[]> dataKeys = new HashMap<>();
    private final Random random = new Random(1);
    private AwsServer kms;
    private Vault vault;

    @BeforeEach
    void start() throws IOException {
        kms = new AwsServer(this::answer);
        vault = vault();
    }

    @AfterEach
    void stop() {
        kms.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "afi@example.tg", "é😀", "1990-02-28"})
    void whatIsEncrypted_isDecryptedToTheSame(String value) {
        byte[] stored = vault.encrypt(value, ROW);
        assertEquals(value, vault.decrypt(stored, ROW));
        assertEquals(List.of("GenerateDataKey"), kms.received());
    }

    @Test
    void whatOneInstanceEncrypts_anotherDecryptsAskingForTheKeyOnce() {
        byte[] email = vault.encrypt("afi@example.tg", ROW);
        byte[] date = vault.encrypt("1990-02-28", "users.date_of_birth/1");
        Vault other = vault();
        assertEquals("afi@example.tg", other.decrypt(email, ROW));
        assertEquals("1990-02-28", other.decrypt(date, "users.date_of_birth/1"));
        assertEquals(List.of("GenerateDataKey", "Decrypt"), kms.received());
    }

    @Test
    void whatIsStored_showsNothingAndIsNeverTheSameTwice() {
        Set<String> stored = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            byte[] one = vault.encrypt("afi@example.tg", ROW);
            assertFalse(new String(one, StandardCharsets.ISO_8859_1).contains("afi"));
            stored.add(Base64.getEncoder().encodeToString(one));
        }
        assertEquals(1_000, stored.size());
    }

    @Test
    void valueMovedToAnotherRowOrColumn_isRefused() {
        byte[] stored = vault.encrypt("afi@example.tg", ROW);
        refused(stored, "users.email/other");
        refused(stored, ROW.replace("email", "phone"));
        refused(stored, "");
    }

    @Test
    void everyAlteredByte_isNoticed() {
        byte[] stored = vault.encrypt("afi@example.tg", ROW);
        for (int i = 0; i < stored.length; i++) {
            for (int bit : List.of(1, 0x80)) {
                byte[] altered = stored.clone();
                altered[i] = (byte) (altered[i] ^ bit);
                refused(altered, ROW);
            }
        }
    }

    @Test
    void everyShorterOrLongerValue_isRefused() {
        byte[] stored = vault.encrypt("afi@example.tg", ROW);
        for (int length = 0; length < stored.length; length++) {
            refused(Arrays.copyOf(stored, length), ROW);
        }
        refused(Arrays.copyOf(stored, stored.length + 1), ROW);
    }

    @Test
    void dataKey_isReplacedBeforeItsNoncesCouldMeet() {
        vault = new Vault(aws(), new VaultSettings(KEY), 3);
        byte[] first = vault.encrypt("x", ROW);
        vault.encrypt("x", ROW);
        vault.encrypt("x", ROW);
        assertEquals(List.of("GenerateDataKey"), kms.received());
        byte[] next = vault.encrypt("x", ROW);
        assertEquals(List.of("GenerateDataKey", "GenerateDataKey"), kms.received());
        assertEquals("x", vault.decrypt(first, ROW));
        assertEquals("x", vault.decrypt(next, ROW));
        assertEquals(2, kms.received().size());
    }

    private Vault vault() {
        return new Vault(aws(), new VaultSettings(KEY));
    }

    private Aws aws() {
        return new Aws(Map.of("AWS_ENDPOINT_URL_KMS", kms.url()));
    }

    private void refused(byte[] stored, String row) {
        assertThrows(IllegalArgumentException.class, () -> vault.decrypt(stored, row));
    }

    private ObjectNode answer(String action, JsonNode request) {
        assertEquals(KEY, request.path("KeyId").asText());
        if (action.equals("GenerateDataKey")) {
            assertEquals("AES_256", request.path("KeySpec").asText());
            byte[] key = new byte[32];
            random.nextBytes(key);
            String blob =
                    Base64.getEncoder().encodeToString(("wrapped-" + dataKeys.size()).getBytes(StandardCharsets.UTF_8));
            dataKeys.put(blob, key);
            return AwsServer.object()
                    .put("CiphertextBlob", blob)
                    .put("Plaintext", key)
                    .put("KeyId", KEY);
        }
        byte[] key = dataKeys.get(request.path("CiphertextBlob").asText());
        return key == null
                ? AwsServer.object().put("__type", "InvalidCiphertextException")
                : AwsServer.object().put("Plaintext", key).put("KeyId", KEY);
    }
}
