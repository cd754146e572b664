package tg.ecom.local.aws;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What Encrypt answers: a version byte, the key's id, a nonce, then AES-256-GCM ciphertext with its tag. The header and
 * the encryption context are authenticated, so that neither can be exchanged.
 */
final class CiphertextBlob {
    private static final byte VERSION = 1;
    private static final int ID_SIZE = 2 * Long.BYTES;
    private static final int NONCE_SIZE = 12;
    private static final int TAG_SIZE_BITS = 128;
    private static final int HEADER_SIZE = 1 + ID_SIZE + NONCE_SIZE;
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final SecureRandom RANDOM = new SecureRandom();

    private CiphertextBlob() {}

    static byte[] encrypt(KmsKey key, Map<String, String> context, byte[] plaintext) {
        byte[] nonce = new byte[NONCE_SIZE];
        RANDOM.nextBytes(nonce);
        byte[] header = ByteBuffer.allocate(HEADER_SIZE)
                .put(VERSION)
                .putLong(key.id().getMostSignificantBits())
                .putLong(key.id().getLeastSignificantBits())
                .put(nonce)
                .array();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, header, context).doFinal(plaintext);
            return ByteBuffer.allocate(HEADER_SIZE + sealed.length)
                    .put(header)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The key that a blob says it was made with. */
    static UUID keyId(byte[] blob) {
        if (blob.length < HEADER_SIZE || blob[0] != VERSION) {
            throw invalid();
        }
        ByteBuffer buffer = ByteBuffer.wrap(blob, 1, ID_SIZE);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    static byte[] decrypt(KmsKey key, Map<String, String> context, byte[] blob) {
        byte[] header = Arrays.copyOf(blob, HEADER_SIZE);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, header, context)
                    .doFinal(blob, HEADER_SIZE, blob.length - HEADER_SIZE);
        } catch (GeneralSecurityException tampered) {
            throw invalid();
        }
    }

    private static Cipher cipher(int mode, KmsKey key, byte[] header, Map<String, String> context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        GCMParameterSpec nonce = new GCMParameterSpec(TAG_SIZE_BITS, header, HEADER_SIZE - NONCE_SIZE, NONCE_SIZE);
        cipher.init(mode, new SecretKeySpec(key.material().bytes(), "AES"), nonce);
        cipher.updateAAD(header);
        cipher.updateAAD(canonical(context));
        return cipher;
    }

    /** Sorted and with lengths, so that no two contexts are the same bytes. */
    private static byte[] canonical(Map<String, String> context) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : new TreeMap<>(context).entrySet()) {
                for (String text : new String[] {entry.getKey(), entry.getValue()}) {
                    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                    out.writeInt(encoded.length);
                    out.write(encoded);
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static AwsFault invalid() {
        return new AwsFault(
                "InvalidCiphertextException",
                "The ciphertext was not made by this service, was altered, or has another encryption context.");
    }
}
