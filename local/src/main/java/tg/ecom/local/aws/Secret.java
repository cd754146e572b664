package tg.ecom.local.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A secret without its values.
 *
 * @param rotationFunction the ARN of the function that rotates it
 * @param rotationDays how often it is to be rotated
 * @param deletionAt when it will be deleted, if that is planned
 */
record Secret(
        String arn,
        String name,
        Optional<String> description,
        Optional<String> keyId,
        Optional<String> rotationFunction,
        Optional<Integer> rotationDays,
        Optional<Instant> rotatedAt,
        Instant createdAt,
        Instant changedAt,
        Optional<Instant> deletionAt) {
    /** When it is to be rotated next, if by time at all. */
    Optional<Instant> nextRotationAt() {
        return rotationFunction
                .flatMap(function -> rotationDays)
                .map(days -> rotatedAt.orElse(createdAt).plus(Duration.ofDays(days)));
    }

    /** The same, rotated at that time. */
    Secret rotated(Instant time) {
        return with(description, keyId, rotationFunction, rotationDays, Optional.of(time), deletionAt);
    }

    /** The same, with another function or interval for its rotation. */
    Secret rotatedBy(String function, Optional<Integer> days) {
        return with(description, keyId, Optional.of(function), days.or(() -> rotationDays), rotatedAt, deletionAt);
    }

    /** The same, described anew where something is given. */
    Secret described(Optional<String> newDescription, Optional<String> newKeyId) {
        return with(
                newDescription.or(() -> description),
                newKeyId.or(() -> keyId),
                rotationFunction,
                rotationDays,
                rotatedAt,
                deletionAt);
    }

    /** The same, to be deleted at that time, or not at all. */
    Secret deletedAt(Optional<Instant> time) {
        return with(description, keyId, rotationFunction, rotationDays, rotatedAt, time);
    }

    private Secret with(
            Optional<String> newDescription,
            Optional<String> newKeyId,
            Optional<String> newFunction,
            Optional<Integer> newDays,
            Optional<Instant> newRotatedAt,
            Optional<Instant> newDeletionAt) {
        return new Secret(
                arn,
                name,
                newDescription,
                newKeyId,
                newFunction,
                newDays,
                newRotatedAt,
                createdAt,
                changedAt,
                newDeletionAt);
    }
}
