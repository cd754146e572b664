package tg.ecom.platform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * HMAC-SHA-256 of what must be found again, or compared, without being stored: phones, codes, refresh tokens. Each
 * purpose has a key of its own, derived from one secret by HKDF (RFC 5869), so that a hash of one kind says nothing
 * about another.
 */
public final class KeyedHash {
    private static final String MAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final Secrets secrets;
    private final String secret;
    private final Map<String, SecretKey> keys = new HashMap<>();

    KeyedHash(Secrets secrets, String secret) {
        this.secrets = secrets;
        this.secret = secret;
    }

    /**
     * The hash of a value for one purpose.
     *
     * @param purpose what the hash is for, such as {@code phone}
     * @param value the value, in UTF-8
     * @return 32 bytes
     */
    public byte[] of(String purpose, String value) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(keys.computeIfAbsent(purpose, this::derive));
            return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private SecretKey derive(String purpose) {
        try {
            byte[] material = secrets.value(secret).getBytes(StandardCharsets.UTF_8);
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            MAC,
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(material)
                                    .thenExpand(("ecom " + purpose).getBytes(StandardCharsets.UTF_8), KEY_BYTES));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
