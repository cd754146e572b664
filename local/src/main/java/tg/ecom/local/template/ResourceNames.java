package tg.ecom.local.template;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Names, ids and ARNs that resources have in the one-machine cloud when nobody supplies others. */
public final class ResourceNames {
    /** The region that local plays. */
    public static final String REGION = "us-east-1";

    /** The account that local plays. */
    public static final String ACCOUNT = "000000000000";

    private static final Map<String, String> NAME_PROPERTIES = Map.ofEntries(
            Map.entry("AWS::Serverless::Function", "FunctionName"),
            Map.entry("AWS::Serverless::LayerVersion", "LayerName"),
            Map.entry("AWS::DynamoDB::Table", "TableName"),
            Map.entry("AWS::SQS::Queue", "QueueName"),
            Map.entry("AWS::SNS::Topic", "TopicName"),
            Map.entry("AWS::S3::Bucket", "BucketName"),
            Map.entry("AWS::SecretsManager::Secret", "Name"),
            Map.entry("AWS::KMS::Alias", "AliasName"),
            Map.entry("AWS::RDS::DBCluster", "DBClusterIdentifier"),
            Map.entry("AWS::RDS::DBInstance", "DBInstanceIdentifier"),
            Map.entry("AWS::RDS::DBProxy", "DBProxyName"),
            Map.entry("AWS::IAM::Role", "RoleName"),
            Map.entry("AWS::Logs::LogGroup", "LogGroupName"),
            Map.entry("AWS::Serverless::StateMachine", "Name"));

    private ResourceNames() {}

    /** The property that names a resource of that type, if its type has one. */
    static Optional<String> nameProperty(String type) {
        return Optional.ofNullable(NAME_PROPERTIES.get(type));
    }

    /** {@code arn:aws:SERVICE:us-east-1:000000000000:RESOURCE}. */
    public static String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
    }

    /** A secret's ARN; Secrets Manager ends it with six characters of its own, here always the same. */
    public static String secretArn(String name) {
        return arn("secretsmanager", "secret:" + name + "-" + digest(name).substring(0, 6));
    }

    /** The id of a KMS key, the same at each start. */
    public static String keyId(String logicalPath) {
        return UUID.nameUUIDFromBytes(("kms:" + logicalPath).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** The ten characters of an HTTP API's id. */
    public static String apiId(String logicalPath) {
        return digest("api:" + logicalPath).substring(0, 10);
    }

    /** What {@code Ref} and {@code Fn::GetAtt} give by the rules of each type; a stable placeholder for the rest. */
    static String value(ResourceReference reference) {
        String name = reference.name();
        return switch (reference.type()) {
            case "AWS::Serverless::Function" -> function(reference);
            case "AWS::Serverless::LayerVersion" -> arn("lambda", "layer:" + name + ":1");
            case "AWS::DynamoDB::Table" -> named(reference, arn("dynamodb", "table/" + name));
            case "AWS::SQS::Queue" ->
                switch (reference.attribute()) {
                    case "Arn" -> arn("sqs", name);
                    case "QueueName" -> name;
                    default -> "https://sqs." + REGION + ".amazonaws.com/" + ACCOUNT + "/" + name;
                };
            case "AWS::SNS::Topic" -> reference.attribute().equals("TopicName") ? name : arn("sns", name);
            case "AWS::S3::Bucket" -> named(reference, "arn:aws:s3:::" + name);
            case "AWS::SecretsManager::Secret" -> secretArn(name);
            case "AWS::KMS::Key" -> named(reference, keyId(reference.logicalPath()), keyArn(reference));
            case "AWS::Serverless::HttpApi" -> apiId(reference.logicalPath());
            case "AWS::IAM::Role" -> named(reference, "arn:aws:iam::" + ACCOUNT + ":role/" + name);
            case "AWS::Logs::LogGroup" -> named(reference, arn("logs", "log-group:" + name));
            case "AWS::Serverless::StateMachine" ->
                reference.attribute().equals("Name") ? name : arn("states", "stateMachine:" + name);
            case "AWS::RDS::DBCluster" ->
                reference.attribute().equals("MasterUserSecret.SecretArn")
                        ? secretArn("rds!" + name)
                        : placeholder(reference);
            default -> placeholder(reference);
        };
    }

    private static String function(ResourceReference reference) {
        String arn = arn("lambda", "function:" + reference.name());
        return switch (reference.attribute()) {
            case ResourceReference.REF -> reference.name();
            case "Alias" -> arn + ":live";
            case "Version" -> arn + ":1";
            default -> arn;
        };
    }

    private static String keyArn(ResourceReference reference) {
        return arn("kms", "key/" + keyId(reference.logicalPath()));
    }

    private static String named(ResourceReference reference, String arn) {
        return named(reference, reference.name(), arn);
    }

    private static String named(ResourceReference reference, String id, String arn) {
        return switch (reference.attribute()) {
            case "Arn" -> arn;
            case ResourceReference.REF, "KeyId" -> id;
            default -> placeholder(reference);
        };
    }

    /** An attribute that ends in Arn has an ARN's seven parts, since templates take them apart. */
    private static String placeholder(ResourceReference reference) {
        String attribute = reference.attribute();
        if (attribute.endsWith("Arn")) {
            String[] type = reference.type().toLowerCase(Locale.ROOT).split("::", -1);
            return arn(type[1], type[type.length - 1] + ":" + reference.name());
        }
        return attribute.equals(ResourceReference.REF) ? reference.name() : reference.name() + "-" + attribute;
    }

    private static String digest(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }
}
