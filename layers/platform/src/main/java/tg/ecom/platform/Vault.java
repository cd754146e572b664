package tg.ecom.platform;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/**
 * Encrypts sensitive columns: AES-256-GCM (NIST SP 800-38D) under a data key that KMS wraps. What is stored is
 * self-contained: a version byte, the wrapped key, a nonce of 12 bytes, the ciphertext with its tag. What a value
 * belongs to (its column and row) is authenticated with it, so that it can't be moved to another row.
 */
public final class Vault {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** Far below the 2^32 after which random nonces of one key may meet (SP 800-38D §8.3). */
    private static final int ENCRYPTIONS_PER_KEY_MAX = 1 << 20;

    private static final int KEYS_REMEMBERED_MAX = 256;

    private final Lazy<KmsClient> kms;
    private final String key;
    private final int encryptionsPerKeyMax;
    private final SecureRandom random = new SecureRandom();
    private final Map<ByteBuffer, SecretKey> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, SecretKey> eldest) {
            return size() > KEYS_REMEMBERED_MAX;
        }
    };
    private byte[] wrapped = {};
    private int encryptions;

    Vault(Aws aws, VaultSettings settings) {
        this(aws, settings, ENCRYPTIONS_PER_KEY_MAX);
    }

    Vault(Aws aws, VaultSettings settings, int encryptionsPerKeyMax) {
        this.kms = new Lazy<>(() -> aws.client("KMS", KmsClient.builder()));
        this.key = settings.encryptionKey();
        this.encryptionsPerKeyMax = encryptionsPerKeyMax;
    }

    /**
     * Encrypts a value.
     *
     * @param belongsTo what the value is and whose, such as {@code users.email/<id>}; decryption needs the same
     */
    public synchronized byte[] encrypt(String value, String belongsTo) {
        SecretKey dataKey = currentKey();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, dataKey, nonce, belongsTo)
                    .doFinal(value.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(1 + Short.BYTES + wrapped.length + NONCE_BYTES + sealed.length)
                    .put(VERSION)
                    .putShort((short) wrapped.length)
                    .put(wrapped)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Decrypts what {@link #encrypt} made.
     *
     * @throws IllegalArgumentException when it was altered, or belongs to something else
     */
    public synchronized String decrypt(byte[] stored, String belongsTo) {
        ByteBuffer in = ByteBuffer.wrap(stored);
        if (in.remaining() < 1 + Short.BYTES || in.get() != VERSION) {
            throw new IllegalArgumentException("not encrypted by this vault");
        }
        int wrappedBytes = Short.toUnsignedInt(in.getShort());
        if (wrappedBytes == 0 || in.remaining() < wrappedBytes + NONCE_BYTES) {
            throw new IllegalArgumentException("shorter than what this vault encrypts");
        }
        byte[] wrappedKey = new byte[wrappedBytes];
        byte[] nonce = new byte[NONCE_BYTES];
        in.get(wrappedKey).get(nonce);
        byte[] sealed = new byte[in.remaining()];
        in.get(sealed);
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, unwrapped(wrappedKey), nonce, belongsTo)
                    .doFinal(sealed);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (AEADBadTagException | InvalidCiphertextException altered) {
            throw new IllegalArgumentException("altered, or of another row", altered);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private SecretKey currentKey() {
        if (wrapped.length == 0 || encryptions >= encryptionsPerKeyMax) {
            GenerateDataKeyResponse made =
                    kms.get().generateDataKey(request -> request.keyId(key).keySpec(DataKeySpec.AES_256));
            wrapped = made.ciphertextBlob().asByteArray();
            remembered.put(ByteBuffer.wrap(wrapped), aes(made.plaintext()));
            encryptions = 0;
        }
        encryptions++;
        return unwrapped(wrapped);
    }

    private SecretKey unwrapped(byte[] wrappedKey) {
        return remembered.computeIfAbsent(
                ByteBuffer.wrap(wrappedKey),
                blob -> aes(kms.get()
                        .decrypt(request -> request.keyId(key).ciphertextBlob(SdkBytes.fromByteArray(wrappedKey)))
                        .plaintext()));
    }

    private static SecretKey aes(SdkBytes bytes) {
        return new SecretKeySpec(bytes.asByteArray(), "AES");
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String belongsTo)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(belongsTo.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
