package tg.ecom.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;

/** KMS with one key, as far as envelopes use it: it wraps a data key by turning it around. */
public final class KeyService {
    private static final int DATA_KEY_BYTES = 32;

    private KeyService() {}

    /**
     * Answers a request.
     *
     * @throws IllegalArgumentException for an action that envelopes do not use
     */
    public static ObjectNode answer(String action, JsonNode request) throws IOException {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("KeyId", "key");
        return switch (action) {
            case "GenerateDataKey" -> {
                byte[] key = new byte[DATA_KEY_BYTES];
                new SecureRandom().nextBytes(key);
                yield answer.put("Plaintext", base64(key)).put("CiphertextBlob", base64(turned(key)));
            }
            case "Decrypt" ->
                answer.put(
                        "Plaintext",
                        base64(turned(request.path("CiphertextBlob").binaryValue())));
            default -> throw new IllegalArgumentException(action);
        };
    }

    private static byte[] turned(byte[] bytes) {
        byte[] turned = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            turned[i] = bytes[bytes.length - 1 - i];
        }
        return turned;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
