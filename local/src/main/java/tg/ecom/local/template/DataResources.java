package tg.ecom.local.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the resources of one template that hold data or keys; types that local doesn't run are passed over. */
final class DataResources {
    private static final int VISIBILITY_DEFAULT_S = 30;
    private static final int RETENTION_DEFAULT_S = 345_600;
    private static final int PASSWORD_LENGTH_DEFAULT = 32;
    private static final ObjectMapper JSON = new ObjectMapper();

    final List<Table> tables = new ArrayList<>();
    final List<Queue> queues = new ArrayList<>();
    final List<Topic> topics = new ArrayList<>();
    final List<Subscription> subscriptions = new ArrayList<>();
    final List<Bucket> buckets = new ArrayList<>();
    final List<Secret> secrets = new ArrayList<>();
    final List<RotationSchedule> rotations = new ArrayList<>();
    final List<EncryptionKey> keys = new ArrayList<>();
    final List<KeyAlias> keyAliases = new ArrayList<>();
    final List<Database> databases = new ArrayList<>();

    private final Scope scope;

    DataResources(Scope scope) {
        this.scope = scope;
    }

    void read(String logicalId, String type, Properties properties) {
        String path = scope.pathOf(logicalId);
        String name = scope.nameOf(new GeneratedResource(type, logicalId, named(logicalId), ResourceReference.REF));
        switch (type) {
            case "AWS::DynamoDB::Table" -> tables.add(table(path, name, properties));
            case "AWS::SQS::Queue" -> queues.add(queue(path, name, properties));
            case "AWS::SNS::Topic" -> addTopic(new Topic(path, name), properties);
            case "AWS::SNS::Subscription" ->
                subscriptions.add(subscription(path, properties.text("TopicArn"), properties));
            case "AWS::S3::Bucket" -> buckets.add(new Bucket(path, name));
            case "AWS::SecretsManager::Secret" -> secrets.add(secret(path, logicalId, name, properties));
            case "AWS::SecretsManager::RotationSchedule" -> rotations.add(rotation(path, properties));
            case "AWS::KMS::Key" -> keys.add(key(path, logicalId, properties));
            case "AWS::KMS::Alias" ->
                keyAliases.add(new KeyAlias(path, properties.text("AliasName"), properties.text("TargetKeyId")));
            case "AWS::RDS::DBCluster" -> databases.add(database(path, logicalId, name, properties));
            default -> {}
        }
    }

    private Map<?, ?> named(String logicalId) {
        return scope.resources().get(logicalId) instanceof Map<?, ?> definition
                        && definition.get("Properties") instanceof Map<?, ?> properties
                ? properties
                : Map.of();
    }

    private static Table table(String path, String name, Properties properties) {
        List<Properties> attributes = properties.mappings("AttributeDefinitions");
        List<Table.Index> indexes = properties.mappings("GlobalSecondaryIndexes").stream()
                .map(index -> new Table.Index(
                        index.text("IndexName"),
                        key(index, attributes),
                        index.inner("Projection").text("ProjectionType", "ALL"),
                        index.inner("Projection").texts("NonKeyAttributes")))
                .toList();
        Properties expiry = properties.inner("TimeToLiveSpecification");
        return new Table(
                path,
                name,
                key(properties, attributes),
                indexes,
                expiry.truth("Enabled", false) ? expiry.optional("AttributeName") : Optional.empty());
    }

    private static Table.Key key(Properties owner, List<Properties> attributes) {
        return new Table.Key(
                attribute(owner, "HASH", attributes)
                        .orElseThrow(() -> new UnresolvableException("KeySchema has no HASH key")),
                attribute(owner, "RANGE", attributes));
    }

    private static Optional<Table.Attribute> attribute(Properties owner, String role, List<Properties> attributes) {
        return owner.mappings("KeySchema").stream()
                .filter(element -> element.text("KeyType").equals(role))
                .map(element -> element.text("AttributeName"))
                .findFirst()
                .map(name -> attributes.stream()
                        .filter(attribute -> attribute.text("AttributeName").equals(name))
                        .findFirst()
                        .map(attribute -> new Table.Attribute(name, attribute.text("AttributeType")))
                        .orElseThrow(() -> new UnresolvableException("AttributeDefinitions lacks the key " + name)));
    }

    private static Queue queue(String path, String name, Properties properties) {
        boolean fifo = properties.truth("FifoQueue", false);
        Properties redrive = properties.has("RedrivePolicy") ? redrive(properties) : new Properties(Map.of());
        return new Queue(
                path,
                fifo && !name.endsWith(".fifo") ? name + ".fifo" : name,
                properties.seconds("VisibilityTimeout", VISIBILITY_DEFAULT_S),
                properties.seconds("DelaySeconds", 0),
                properties.seconds("MessageRetentionPeriod", RETENTION_DEFAULT_S),
                redrive.optional("deadLetterTargetArn")
                        .map(arn -> new Queue.Redrive(arn, redrive.number("maxReceiveCount", 1))));
    }

    /** CloudFormation takes the policy as a mapping or as its JSON. */
    private static Properties redrive(Properties properties) {
        if (!(properties.values().get("RedrivePolicy") instanceof String json)) {
            return properties.inner("RedrivePolicy");
        }
        try {
            JsonNode policy = JSON.readTree(json);
            return new Properties(JSON.convertValue(policy, Map.class));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new UnresolvableException("RedrivePolicy is not a JSON object");
        }
    }

    private void addTopic(Topic topic, Properties properties) {
        topics.add(topic);
        for (Properties each : properties.mappings("Subscription")) {
            subscriptions.add(subscription(topic.logicalPath(), topic.arn(), each));
        }
    }

    private static Subscription subscription(String path, String topicArn, Properties properties) {
        if (!properties.text("FilterPolicyScope", "MessageAttributes").equals("MessageAttributes")) {
            throw new UnresolvableException("local filters by FilterPolicyScope MessageAttributes only");
        }
        return new Subscription(
                path,
                topicArn,
                properties.text("Protocol"),
                properties.text("Endpoint"),
                properties.truth("RawMessageDelivery", false),
                properties.has("FilterPolicy")
                        ? Optional.of(json(properties.values().get("FilterPolicy")))
                        : Optional.empty());
    }

    /** CloudFormation takes such a document as a mapping or as its JSON. */
    private static String json(Object document) {
        return document instanceof String text
                ? text
                : JSON.valueToTree(document).toString();
    }

    private Secret secret(String path, String logicalId, String name, Properties properties) {
        Optional<Secret.Generation> generation = properties.has("GenerateSecretString")
                ? Optional.of(generation(properties.inner("GenerateSecretString")))
                : Optional.empty();
        String arn = scope.reference(logicalId).toString();
        return new Secret(path, name, arn, properties.optional("SecretString"), generation);
    }

    private static Secret.Generation generation(Properties rules) {
        return new Secret.Generation(
                rules.number("PasswordLength", PASSWORD_LENGTH_DEFAULT),
                rules.text("ExcludeCharacters", ""),
                rules.truth("ExcludePunctuation", false),
                rules.truth("ExcludeNumbers", false),
                rules.truth("ExcludeUppercase", false),
                rules.truth("ExcludeLowercase", false),
                rules.truth("IncludeSpace", false),
                rules.truth("RequireEachIncludedType", true),
                rules.optional("SecretStringTemplate"),
                rules.optional("GenerateStringKey"));
    }

    private static RotationSchedule rotation(String path, Properties properties) {
        Properties rules = properties.inner("RotationRules");
        return new RotationSchedule(
                path,
                properties.text("SecretId"),
                properties.text("RotationLambdaARN"),
                rules.optionalNumber("AutomaticallyAfterDays"),
                rules.optional("ScheduleExpression"));
    }

    private EncryptionKey key(String path, String logicalId, Properties properties) {
        return new EncryptionKey(
                path,
                scope.reference(logicalId).toString(),
                scope.attribute(logicalId, "Arn").toString(),
                properties.text("KeyUsage", "ENCRYPT_DECRYPT"),
                properties.text("KeySpec", "SYMMETRIC_DEFAULT"));
    }

    private Database database(String path, String logicalId, String name, Properties properties) {
        return new Database(
                path,
                name,
                properties.text("Engine"),
                properties.optional("DatabaseName"),
                properties.optional("MasterUsername"),
                scope.attribute(logicalId, "MasterUserSecret.SecretArn").toString());
    }
}
