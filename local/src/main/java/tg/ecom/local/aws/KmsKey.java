package tg.ecom.local.aws;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A symmetric KMS key.
 *
 * @param material 32 bytes, in the clear: the one-machine cloud holds nothing worth hiding from its owner
 * @param deletionAt when it will be deleted, if that is planned
 */
record KmsKey(
        UUID id,
        String description,
        SecretBytes material,
        boolean enabled,
        Instant createdAt,
        Optional<Instant> deletionAt) {
    /** Its ARN. */
    String arn() {
        return Account.arn("kms", "key/" + id);
    }

    /** Its state in KMS's words. */
    String state() {
        if (deletionAt.isPresent()) {
            return "PendingDeletion";
        }
        return enabled ? "Enabled" : "Disabled";
    }

    /** Refuses a key that must not be used for cryptography now. */
    KmsKey requireUsable() {
        if (deletionAt.isPresent()) {
            throw new AwsFault("KMSInvalidStateException", arn() + " is pending deletion.");
        }
        if (!enabled) {
            throw new AwsFault("DisabledException", arn() + " is disabled.");
        }
        return this;
    }
}
