package tg.ecom.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import tg.ecom.local.aws.Account;
import tg.ecom.local.parts.ObjectStore;
import tg.ecom.local.parts.PostgresServer;
import tg.ecom.local.queues.QueueProvision;
import tg.ecom.local.queues.QueueService;
import tg.ecom.local.template.Database;
import tg.ecom.local.template.EventSource;
import tg.ecom.local.template.FunctionDefinition;
import tg.ecom.local.template.RotationSchedule;
import tg.ecom.local.template.Secret;
import tg.ecom.local.template.Stack;
import tg.ecom.local.template.Subscription;
import tg.ecom.local.template.Table;

/** Makes what the templates have and the one-machine cloud does not have yet. What is there stays as it is. */
final class Provisioner {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Stack stack;
    private final AwsServices services;

    Provisioner(Stack stack, AwsServices services) {
        this.stack = stack;
        this.services = services;
    }

    /**
     * The master user of each database, and the secret that RDS keeps of it. PostgreSQL here asks nobody for a
     * password.
     */
    void provisionDatabases(PostgresServer postgres) {
        for (Database database : stack.all(Stack::databases)) {
            String user = database.masterUser().orElse(PostgresServer.ADMINISTRATOR);
            postgres.ensureAdministrator(user);
            services.secrets()
                    .ensureSecret(
                            "rds!" + database.name(),
                            database.logicalPath(),
                            JSON.objectNode()
                                    .put("username", user)
                                    .put("password", "none")
                                    .toString());
        }
    }

    /** Keys and secrets, those that no function has to make. */
    void provisionKeysAndSecrets() {
        stack.all(Stack::keys).forEach(key -> services.keys().ensureKey(UUID.fromString(key.id()), key.logicalPath()));
        stack.all(Stack::keyAliases).forEach(alias -> services.keys().ensureAlias(alias.name(), alias.key()));
        stack.all(Stack::secrets).forEach(this::provision);
    }

    /** Secrets whose value a function makes. */
    void provisionRotations() {
        for (RotationSchedule rotation : stack.all(Stack::rotations)) {
            ObjectNode rules = JSON.objectNode();
            rotation.everyDays().ifPresent(days -> rules.put("AutomaticallyAfterDays", days));
            rotation.expression().ifPresent(expression -> rules.put("ScheduleExpression", expression));
            services.secrets().ensureRotation(rotation.secretArn(), rotation.functionArn(), rules);
        }
    }

    /** Queues, and the topics that fill them. */
    void provisionQueuesAndTopics(QueueService queues) {
        new QueueProvision(queues).make(stack.all(Stack::queues));
        stack.all(Stack::topics).forEach(topic -> services.topics().ensureTopic(topic.arn()));
        for (Subscription subscription : stack.all(Stack::subscriptions)) {
            if (subscription.protocol().equals("sqs")) {
                services.topics()
                        .ensureSubscription(
                                subscription.topicArn(),
                                subscription.endpoint(),
                                subscription.rawDelivery(),
                                subscription.filterPolicy());
            }
        }
    }

    /** What Scheduler calls. */
    void provisionSchedules() {
        for (FunctionDefinition function : stack.all(Stack::functions)) {
            for (EventSource event : function.events()) {
                if (event instanceof EventSource.Schedule schedule) {
                    provision(function, schedule);
                }
            }
        }
    }

    /** DynamoDB's tables, in the server at that port. */
    static void provisionTables(Stack stack, int port) {
        List<Table> tables = stack.all(Stack::tables);
        if (tables.isEmpty()) {
            return;
        }
        try (DynamoDbClient dynamo = DynamoDbClient.builder()
                .endpointOverride(URI.create("http://" + Addresses.HOST + ":" + port))
                .region(Region.of(Account.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(ObjectStore.ACCESS_KEY, ObjectStore.SECRET_KEY)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            List<String> existing = dynamo.listTables().tableNames();
            for (Table table : tables) {
                if (!existing.contains(table.name())) {
                    create(dynamo, table);
                }
                expire(dynamo, table);
            }
        }
    }

    private void provision(Secret secret) {
        if (secret.value().isPresent()) {
            services.secrets()
                    .ensureSecret(
                            secret.name(), secret.logicalPath(), secret.value().get());
        } else if (secret.generation().isPresent()) {
            services.secrets()
                    .ensureGeneratedSecret(
                            secret.name(),
                            secret.logicalPath(),
                            generation(secret.generation().get()));
        } else {
            services.secrets().ensureSecret(secret.name(), secret.logicalPath());
        }
    }

    private static ObjectNode generation(Secret.Generation generation) {
        ObjectNode json = JSON.objectNode()
                .put("PasswordLength", generation.length())
                .put("ExcludeCharacters", generation.excludedCharacters())
                .put("ExcludePunctuation", generation.excludesPunctuation())
                .put("ExcludeNumbers", generation.excludesNumbers())
                .put("ExcludeUppercase", generation.excludesUppercase())
                .put("ExcludeLowercase", generation.excludesLowercase())
                .put("IncludeSpace", generation.includesSpace())
                .put("RequireEachIncludedType", generation.requiresEachType());
        generation.template().ifPresent(template -> json.put("SecretStringTemplate", template));
        generation.key().ifPresent(key -> json.put("GenerateStringKey", key));
        return json;
    }

    private void provision(FunctionDefinition function, EventSource.Schedule schedule) {
        ObjectNode definition = JSON.objectNode()
                .put("ScheduleExpression", schedule.expression())
                .put("ScheduleExpressionTimezone", schedule.zone())
                .put("State", schedule.enabled() ? "ENABLED" : "DISABLED");
        definition.putObject("FlexibleTimeWindow").put("Mode", "OFF");
        ObjectNode target = definition.putObject("Target");
        target.put("Arn", function.arn()).put("RoleArn", "arn:aws:iam::" + Account.ID + ":role/scheduler");
        schedule.input().ifPresent(input -> target.put("Input", input));
        services.schedules().ensureSchedule(schedule.id().replace('/', '-'), definition);
    }

    private static void create(DynamoDbClient dynamo, Table table) {
        Map<String, String> attributes = new TreeMap<>();
        attributes(table.key(), attributes);
        table.indexes().forEach(index -> attributes(index.key(), attributes));
        dynamo.createTable(request -> {
            request.tableName(table.name())
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(schema(table.key()))
                    .attributeDefinitions(attributes.entrySet().stream()
                            .map(attribute -> AttributeDefinition.builder()
                                    .attributeName(attribute.getKey())
                                    .attributeType(attribute.getValue())
                                    .build())
                            .toList());
            if (!table.indexes().isEmpty()) {
                request.globalSecondaryIndexes(
                        table.indexes().stream().map(Provisioner::index).toList());
            }
        });
    }

    private static void expire(DynamoDbClient dynamo, Table table) {
        if (table.expiryAttribute().isEmpty()) {
            return;
        }
        TimeToLiveStatus status = dynamo.describeTimeToLive(request -> request.tableName(table.name()))
                .timeToLiveDescription()
                .timeToLiveStatus();
        if (status != TimeToLiveStatus.ENABLED) {
            dynamo.updateTimeToLive(request -> request.tableName(table.name())
                    .timeToLiveSpecification(expiry -> expiry.enabled(true)
                            .attributeName(table.expiryAttribute().get())));
        }
    }

    private static void attributes(Table.Key key, Map<String, String> attributes) {
        attributes.put(key.partition().name(), key.partition().type());
        key.sort().ifPresent(sort -> attributes.put(sort.name(), sort.type()));
    }

    private static List<KeySchemaElement> schema(Table.Key key) {
        List<KeySchemaElement> elements = new ArrayList<>();
        elements.add(element(key.partition().name(), KeyType.HASH));
        key.sort().ifPresent(sort -> elements.add(element(sort.name(), KeyType.RANGE)));
        return elements;
    }

    private static KeySchemaElement element(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static GlobalSecondaryIndex index(Table.Index index) {
        Projection.Builder projection = Projection.builder().projectionType(index.projection());
        if (!index.included().isEmpty()) {
            projection.nonKeyAttributes(index.included());
        }
        return GlobalSecondaryIndex.builder()
                .indexName(index.name())
                .keySchema(schema(index.key()))
                .projection(projection.build())
                .build();
    }
}
