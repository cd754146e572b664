package tg.ecom.local.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The Key Management Service with symmetric keys: real AES-256-GCM, the encryption context authenticated. */
public final class Kms extends JsonProtocol {
    private static final String ALGORITHM = "SYMMETRIC_DEFAULT";
    private static final int KEY_SIZE = 32;
    private static final int PLAINTEXT_SIZE_MAX = 4096;
    private static final int DATA_KEY_SIZE_MAX = 1024;
    private static final int DELETION_DAYS_MIN = 7;
    private static final int DELETION_DAYS_MAX = 30;
    private static final Map<String, Integer> DATA_KEY_SIZES = Map.of("AES_256", 32, "AES_128", 16);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KmsKeyStore keys;
    private final InstantSource clock;

    /** Keeps its keys in the database. */
    public Kms(CloudDatabase database, InstantSource clock) {
        super("kms", "ValidationException");
        this.keys = new KmsKeyStore(database, clock);
        this.clock = clock;
        offer("CreateKey", this::createKey);
        offer("DescribeKey", input -> answer("KeyMetadata", metadata(key(input))));
        offer("ListKeys", input -> listKeys());
        offer("CreateAlias", this::createAlias);
        offer("ListAliases", this::listAliases);
        offer("EnableKey", input -> setEnabled(input, true));
        offer("DisableKey", input -> setEnabled(input, false));
        offer("ScheduleKeyDeletion", this::scheduleDeletion);
        offer("Encrypt", this::encrypt);
        offer("Decrypt", this::decrypt);
        offer("GenerateDataKey", input -> generateDataKey(input, true));
        offer("GenerateDataKeyWithoutPlaintext", input -> generateDataKey(input, false));
    }

    /**
     * Makes an alias for a key if there is none of that name: for an alias in a template.
     *
     * @param alias with its {@code alias/}
     * @param key an id or ARN
     * @throws IllegalArgumentException when there is no such key
     */
    public void ensureAlias(String alias, String key) {
        KmsKey target = keys.find(key).orElseThrow(() -> new IllegalArgumentException("There is no key " + key));
        keys.addAlias(alias, target.id());
    }

    /** Makes a key with that id if there is none: for a key in a template, whose id is known before. */
    public void ensureKey(UUID id, String description) {
        if (keys.find(id.toString()).isEmpty()) {
            addKey(id, description);
        }
    }

    private KmsKey newKey(String description) {
        return addKey(UUID.randomUUID(), description);
    }

    private KmsKey addKey(UUID id, String description) {
        KmsKey key = new KmsKey(
                id, description, new SecretBytes(randomBytes(KEY_SIZE)), true, clock.instant(), Optional.empty());
        keys.add(key);
        return key;
    }

    private ObjectNode createKey(JsonInput input) {
        String spec = input.text("KeySpec").orElse(ALGORITHM);
        if (!spec.equals(ALGORITHM)) {
            throw new AwsFault("UnsupportedOperationException", "Only keys of the spec " + ALGORITHM + " are offered.");
        }
        return answer("KeyMetadata", metadata(newKey(input.text("Description").orElse(""))));
    }

    private ObjectNode listKeys() {
        ObjectNode answer = JsonInput.answer().put("Truncated", false);
        ArrayNode list = answer.putArray("Keys");
        keys.list()
                .forEach(key ->
                        list.addObject().put("KeyId", key.id().toString()).put("KeyArn", key.arn()));
        return answer;
    }

    private ObjectNode createAlias(JsonInput input) {
        String name = input.requiredText("AliasName");
        if (!name.matches("alias/[a-zA-Z0-9/_-]{1,250}") || name.startsWith("alias/aws/")) {
            throw new AwsFault("InvalidAliasNameException", "'" + name + "' is not an alias name.");
        }
        KmsKey key = required(input.requiredText("TargetKeyId"));
        if (!keys.addAlias(name, key.id())) {
            throw new AwsFault("AlreadyExistsException", "An alias with the name " + name + " already exists.");
        }
        return JsonInput.answer();
    }

    private ObjectNode listAliases(JsonInput input) {
        Optional<UUID> only = input.text("KeyId").map(id -> required(id).id());
        ObjectNode answer = JsonInput.answer().put("Truncated", false);
        ArrayNode list = answer.putArray("Aliases");
        keys.aliases().stream()
                .filter(alias -> only.isEmpty() || alias.keyId().equals(only.get()))
                .forEach(alias -> list.addObject()
                        .put("AliasName", alias.name())
                        .put("AliasArn", Account.arn("kms", alias.name()))
                        .put("TargetKeyId", alias.keyId().toString())
                        .put("CreationDate", JsonInput.seconds(alias.createdAt())));
        return answer;
    }

    private ObjectNode setEnabled(JsonInput input, boolean enabled) {
        KmsKey key = key(input);
        if (key.deletionAt().isPresent()) {
            throw new AwsFault("KMSInvalidStateException", key.arn() + " is pending deletion.");
        }
        keys.setEnabled(key.id(), enabled);
        return JsonInput.answer();
    }

    private ObjectNode scheduleDeletion(JsonInput input) {
        KmsKey key = key(input);
        if (key.deletionAt().isPresent()) {
            throw new AwsFault("KMSInvalidStateException", key.arn() + " is pending deletion.");
        }
        int days = input.number("PendingWindowInDays", DELETION_DAYS_MAX, DELETION_DAYS_MIN, DELETION_DAYS_MAX);
        Instant time = clock.instant().plus(Duration.ofDays(days));
        keys.planDeletion(key.id(), time);
        return JsonInput.answer()
                .put("KeyId", key.arn())
                .put("DeletionDate", JsonInput.seconds(time))
                .put("KeyState", "PendingDeletion")
                .put("PendingWindowInDays", days);
    }

    private ObjectNode encrypt(JsonInput input) {
        KmsKey key = key(input).requireUsable();
        byte[] plaintext = required(input, "Plaintext");
        if (plaintext.length > PLAINTEXT_SIZE_MAX) {
            throw input.wrong("plaintext", "must have at most " + PLAINTEXT_SIZE_MAX + " bytes");
        }
        byte[] blob = CiphertextBlob.encrypt(key, input.textMap("EncryptionContext"), plaintext);
        return JsonInput.answer()
                .put("CiphertextBlob", base64(blob))
                .put("KeyId", key.arn())
                .put("EncryptionAlgorithm", ALGORITHM);
    }

    private ObjectNode decrypt(JsonInput input) {
        byte[] blob = required(input, "CiphertextBlob");
        KmsKey key = keys.find(CiphertextBlob.keyId(blob).toString())
                .orElseThrow(() -> new AwsFault("InvalidCiphertextException", "The ciphertext names no key of ours."));
        if (input.has("KeyId") && !key(input).id().equals(key.id())) {
            throw new AwsFault("IncorrectKeyException", "The ciphertext was made with another key.");
        }
        byte[] plaintext = CiphertextBlob.decrypt(key.requireUsable(), input.textMap("EncryptionContext"), blob);
        return JsonInput.answer()
                .put("Plaintext", base64(plaintext))
                .put("KeyId", key.arn())
                .put("EncryptionAlgorithm", ALGORITHM);
    }

    private ObjectNode generateDataKey(JsonInput input, boolean withPlaintext) {
        KmsKey key = key(input).requireUsable();
        byte[] plaintext = randomBytes(dataKeySize(input));
        byte[] blob = CiphertextBlob.encrypt(key, input.textMap("EncryptionContext"), plaintext);
        ObjectNode answer =
                JsonInput.answer().put("CiphertextBlob", base64(blob)).put("KeyId", key.arn());
        return withPlaintext ? answer.put("Plaintext", base64(plaintext)) : answer;
    }

    private static int dataKeySize(JsonInput input) {
        if (input.has("KeySpec") == input.has("NumberOfBytes")) {
            throw new AwsFault("ValidationException", "Please specify either number of bytes or key spec.");
        }
        return input.text("KeySpec")
                .map(spec -> Optional.ofNullable(DATA_KEY_SIZES.get(spec))
                        .orElseThrow(() -> input.wrong("keySpec", "must be AES_256 or AES_128")))
                .orElseGet(() -> input.number("NumberOfBytes", 0, 1, DATA_KEY_SIZE_MAX));
    }

    private KmsKey key(JsonInput input) {
        return required(input.requiredText("KeyId"));
    }

    private KmsKey required(String reference) {
        return keys.find(reference)
                .orElseThrow(() -> new AwsFault("NotFoundException", "Key '" + reference + "' does not exist"));
    }

    private static byte[] required(JsonInput input, String name) {
        return input.binary(name).filter(bytes -> bytes.length > 0).orElseThrow(() -> input.wrong(name, "is required"));
    }

    private static ObjectNode metadata(KmsKey key) {
        ObjectNode metadata = JsonInput.answer()
                .put("AWSAccountId", Account.ID)
                .put("KeyId", key.id().toString())
                .put("Arn", key.arn())
                .put("CreationDate", JsonInput.seconds(key.createdAt()))
                .put("Enabled", key.state().equals("Enabled"))
                .put("Description", key.description())
                .put("KeyUsage", "ENCRYPT_DECRYPT")
                .put("KeyState", key.state())
                .put("Origin", "AWS_KMS")
                .put("KeyManager", "CUSTOMER")
                .put("KeySpec", ALGORITHM)
                .put("MultiRegion", false);
        metadata.putArray("EncryptionAlgorithms").add(ALGORITHM);
        key.deletionAt().ifPresent(time -> metadata.put("DeletionDate", JsonInput.seconds(time)));
        return metadata;
    }

    private static ObjectNode answer(String name, ObjectNode value) {
        ObjectNode answer = JsonInput.answer();
        answer.set(name, value);
        return answer;
    }

    private static byte[] randomBytes(int size) {
        byte[] bytes = new byte[size];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
