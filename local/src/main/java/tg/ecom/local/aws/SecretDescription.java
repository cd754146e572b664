package tg.ecom.local.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.Map;

/** What Secrets Manager tells of a secret without its values. */
final class SecretDescription {
    private static final String SUFFIX_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int SUFFIX_LENGTH = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SecretDescription() {}

    /** The ARN of a new secret: six random characters tell it from a deleted one of the same name. */
    static String newArn(String name) {
        StringBuilder suffix = new StringBuilder("-");
        for (int index = 0; index < SUFFIX_LENGTH; index++) {
            suffix.append(SUFFIX_ALPHABET.charAt(RANDOM.nextInt(SUFFIX_ALPHABET.length())));
        }
        return Account.arn("secretsmanager", "secret:" + name + suffix);
    }

    /** As DescribeSecret answers, given which version has which stage. */
    static ObjectNode of(Secret secret, Map<String, String> stages) {
        ObjectNode answer = JsonInput.answer()
                .put("ARN", secret.arn())
                .put("Name", secret.name())
                .put("CreatedDate", JsonInput.seconds(secret.createdAt()))
                .put("LastChangedDate", JsonInput.seconds(secret.changedAt()));
        secret.description().ifPresent(text -> answer.put("Description", text));
        secret.keyId().ifPresent(id -> answer.put("KmsKeyId", id));
        secret.deletionAt().ifPresent(time -> answer.put("DeletedDate", JsonInput.seconds(time)));
        secret.rotationFunction()
                .ifPresent(function -> answer.put("RotationEnabled", true).put("RotationLambdaARN", function));
        secret.rotationDays()
                .ifPresent(days -> answer.putObject("RotationRules").put("AutomaticallyAfterDays", days));
        secret.rotatedAt().ifPresent(time -> answer.put("LastRotatedDate", JsonInput.seconds(time)));
        secret.nextRotationAt().ifPresent(time -> answer.put("NextRotationDate", JsonInput.seconds(time)));
        stages.forEach((stage, versionId) -> answer.withObjectProperty("VersionIdsToStages")
                .withArray(versionId)
                .add(stage));
        return answer;
    }
}
