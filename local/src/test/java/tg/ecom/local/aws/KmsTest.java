package tg.ecom.local.aws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AlreadyExistsException;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

@WithLocalCloud
class KmsTest {
    private static final SdkBytes PLAINTEXT = SdkBytes.fromUtf8String("kossi@example.tg");
    private static final Map<String, String> CONTEXT = Map.of("user", "1", "field", "email");

    private final LocalCloud cloud;
    private final Kms service;
    private final KmsClient kms;

    KmsTest(LocalCloud cloud) {
        this.cloud = cloud;
        this.service = cloud.offer(new Kms(cloud.database, cloud.clock));
        this.kms = cloud.client(KmsClient.builder());
    }

    @Test
    void whatWasEncrypted_isDecryptedWithoutNamingTheKey() {
        String key = newKey();
        SdkBytes blob = encrypt(key);

        var decrypted = kms.decrypt(request -> request.ciphertextBlob(blob).encryptionContext(CONTEXT));

        assertEquals(PLAINTEXT, decrypted.plaintext());
        assertTrue(decrypted.keyId().endsWith(key));
    }

    @Test
    void samePlaintextTwice_givesDifferentCiphertexts() {
        String key = newKey();
        assertNotEquals(encrypt(key), encrypt(key));
    }

    @Test
    void eachAlteredByte_isRefused() {
        byte[] blob = encrypt(newKey()).asByteArray();
        for (int index = 0; index < blob.length; index++) {
            byte[] altered = blob.clone();
            altered[index] ^= 1;
            assertThrows(
                    InvalidCiphertextException.class,
                    () -> kms.decrypt(request -> request.ciphertextBlob(SdkBytes.fromByteArray(altered))
                            .encryptionContext(CONTEXT)));
        }
    }

    @Test
    void shortCiphertext_isRefused() {
        assertThrows(
                InvalidCiphertextException.class,
                () -> kms.decrypt(request -> request.ciphertextBlob(SdkBytes.fromUtf8String("no blob"))));
    }

    @Test
    void anotherEncryptionContext_isRefused() {
        SdkBytes blob = encrypt(newKey());
        assertThrows(InvalidCiphertextException.class, () -> kms.decrypt(request -> request.ciphertextBlob(blob)));
        assertThrows(
                InvalidCiphertextException.class,
                () -> kms.decrypt(request ->
                        request.ciphertextBlob(blob).encryptionContext(Map.of("user", "2", "field", "email"))));
    }

    @Test
    void decryptingUnderAnotherKey_isRefused() {
        SdkBytes blob = encrypt(newKey());
        String other = newKey();
        assertThrows(
                IncorrectKeyException.class,
                () -> kms.decrypt(request ->
                        request.ciphertextBlob(blob).encryptionContext(CONTEXT).keyId(other)));
    }

    @Test
    void unknownKey_isNotFound() {
        String unknown = UUID.randomUUID().toString();
        assertThrows(NotFoundException.class, () -> encrypt(unknown));
        assertThrows(NotFoundException.class, () -> encrypt("alias/none"));
        assertThrows(NotFoundException.class, () -> encrypt("not a key"));
    }

    @Test
    void dataKey_isTheOneInItsCiphertext() {
        String key = newKey();
        GenerateDataKeyResponse dataKey =
                kms.generateDataKey(request -> request.keyId(key).keySpec(DataKeySpec.AES_256));

        assertEquals(32, dataKey.plaintext().asByteArray().length);
        assertArrayEquals(
                dataKey.plaintext().asByteArray(),
                kms.decrypt(request -> request.ciphertextBlob(dataKey.ciphertextBlob()))
                        .plaintext()
                        .asByteArray());
    }

    @Test
    void dataKeyWithoutPlaintext_hasTheAskedLength() {
        String key = newKey();
        SdkBytes blob = kms.generateDataKeyWithoutPlaintext(
                        request -> request.keyId(key).numberOfBytes(24))
                .ciphertextBlob();
        assertEquals(
                24,
                kms.decrypt(request -> request.ciphertextBlob(blob)).plaintext().asByteArray().length);
    }

    @Test
    void dataKeyWithoutSize_isRefused() {
        String key = newKey();
        KmsException refusal =
                assertThrows(KmsException.class, () -> kms.generateDataKey(request -> request.keyId(key)));
        assertEquals("ValidationException", refusal.awsErrorDetails().errorCode());
    }

    @Test
    void alias_standsForItsKey() {
        String key = newKey();
        String alias = "alias/" + UUID.randomUUID();
        kms.createAlias(request -> request.aliasName(alias).targetKeyId(key));

        assertEquals(
                key,
                kms.describeKey(request -> request.keyId(alias)).keyMetadata().keyId());
        assertTrue(kms.listAliases(request -> request.keyId(key)).aliases().stream()
                .anyMatch(found -> found.aliasName().equals(alias)));
        assertThrows(
                AlreadyExistsException.class,
                () -> kms.createAlias(request -> request.aliasName(alias).targetKeyId(key)));
    }

    @Test
    void disabledKey_isRefusedUntilItIsEnabled() {
        String key = newKey();
        SdkBytes blob = encrypt(key);
        kms.disableKey(request -> request.keyId(key));

        assertThrows(DisabledException.class, () -> encrypt(key));
        assertThrows(
                DisabledException.class,
                () -> kms.decrypt(request -> request.ciphertextBlob(blob).encryptionContext(CONTEXT)));
        kms.enableKey(request -> request.keyId(key));
        assertEquals(
                PLAINTEXT,
                kms.decrypt(request -> request.ciphertextBlob(blob).encryptionContext(CONTEXT))
                        .plaintext());
    }

    @Test
    void keyPendingDeletion_isRefusedAndGoneWhenItsTimeHasCome() {
        String key = newKey();
        kms.scheduleKeyDeletion(request -> request.keyId(key).pendingWindowInDays(7));

        assertThrows(KmsInvalidStateException.class, () -> encrypt(key));
        assertEquals(
                KeyState.PENDING_DELETION,
                kms.describeKey(request -> request.keyId(key)).keyMetadata().keyState());
        cloud.clock.advance(Duration.ofDays(8));
        assertThrows(NotFoundException.class, () -> kms.describeKey(request -> request.keyId(key)));
    }

    @Test
    void keyOfATemplate_isMadeOnce() {
        UUID id = UUID.randomUUID();
        String alias = "alias/" + UUID.randomUUID();
        service.ensureKey(id, "columns");
        service.ensureAlias(alias, id.toString());
        byte[] sealed = kms.encrypt(request -> request.keyId(alias).plaintext(SdkBytes.fromUtf8String("kept")))
                .ciphertextBlob()
                .asByteArray();
        service.ensureKey(id, "columns");
        assertEquals(
                "kept",
                kms.decrypt(request -> request.keyId(id.toString()).ciphertextBlob(SdkBytes.fromByteArray(sealed)))
                        .plaintext()
                        .asUtf8String());
    }

    private String newKey() {
        return kms.createKey(request -> request.description("a test's"))
                .keyMetadata()
                .keyId();
    }

    private SdkBytes encrypt(String key) {
        return kms.encrypt(request -> request.keyId(key).plaintext(PLAINTEXT).encryptionContext(CONTEXT))
                .ciphertextBlob();
    }
}
