package tg.ecom.local.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import tg.ecom.local.template.ResourceNames;

/** What Secrets Manager tells of a secret without its values. */
final class SecretDescription {

    private SecretDescription() {}

    /**
     * The same at each start, as templates are read before Secrets Manager runs; AWS ends it with random characters.
     */
    static String newArn(String name) {
        return ResourceNames.secretArn(name);
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
