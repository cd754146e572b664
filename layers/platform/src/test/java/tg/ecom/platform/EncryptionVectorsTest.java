package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class EncryptionVectorsTest {
    @TestFactory
    Stream<DynamicTest> aesGcm_decryptsWhatIsValidAndNothingElse() {
        return Vectors.of("aes_gcm_test.json", (group, vector, valid) -> {
            if (valid) {
                assertArrayEquals(Vectors.bytes(vector.path("msg")), decrypted(group, vector));
            } else {
                assertThrows(GeneralSecurityException.class, () -> decrypted(group, vector));
            }
        });
    }

    private static byte[] decrypted(JsonNode group, JsonNode vector) throws GeneralSecurityException {
        byte[] ciphertext = Vectors.bytes(vector.path("ct"));
        byte[] tag = Vectors.bytes(vector.path("tag"));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(Vectors.bytes(vector.path("key")), "AES"),
                new GCMParameterSpec(group.path("tagSize").asInt(), Vectors.bytes(vector.path("iv"))));
        cipher.updateAAD(Vectors.bytes(vector.path("aad")));
        return cipher.doFinal(ByteBuffer.allocate(ciphertext.length + tag.length)
                .put(ciphertext)
                .put(tag)
                .array());
    }
}
