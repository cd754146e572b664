package tg.ecom.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tg.ecom.local.aws.Account;
import tg.ecom.local.aws.CloudDatabase;
import tg.ecom.local.aws.KeptConnections;
import tg.ecom.local.demo.Loaded;
import tg.ecom.local.gateway.Gateway;
import tg.ecom.local.gateway.Mounts;
import tg.ecom.local.gateway.ToolEndpoint;
import tg.ecom.local.lambda.CodeCache;
import tg.ecom.local.lambda.FunctionCode;
import tg.ecom.local.lambda.FunctionEnvironment;
import tg.ecom.local.lambda.LambdaService;
import tg.ecom.local.lambda.Quotas;
import tg.ecom.local.lambda.StateFunctions;
import tg.ecom.local.operators.Operators;
import tg.ecom.local.parts.DynamoDbServer;
import tg.ecom.local.parts.ObjectStore;
import tg.ecom.local.parts.PostgresServer;
import tg.ecom.local.parts.QueueServer;
import tg.ecom.local.queues.EventSources;
import tg.ecom.local.queues.QueueService;
import tg.ecom.local.template.Stack;
import tg.ecom.local.template.TemplateReader;
import tg.ecom.local.usage.Meter;
import tg.ecom.states.StepFunctions;

/**
 * The one-machine cloud: everything that the templates say, running in this JVM behind one address. Parts start side by
 * side; what they keep is in the data directory, and the next start finds it.
 */
public final class LocalCloud implements AutoCloseable {
    private static final Duration DRAINED_MAX = Duration.ofSeconds(1);
    private static final String STACK = "ecom";

    private final UpOptions options;
    private final Startup startup;
    private final Meter meter;
    private final Addresses addresses;
    private final CloudClock clock = new CloudClock();
    private final CompletableFuture<AwsServices> services = new CompletableFuture<>();
    private final CompletableFuture<StepFunctions> stepFunctions = new CompletableFuture<>();
    private final CompletableFuture<Operators> operators = new CompletableFuture<>();
    private final CompletableFuture<EventSources> eventSources = new CompletableFuture<>();
    private volatile CompletableFuture<DynamoDbServer> dynamoDb = new CompletableFuture<>();
    private final Stack stack;
    private final StateMachines stateMachines;
    private final FunctionCode code;
    private final LambdaService lambda;
    private final FunctionEnvironment environment;
    private final Gateway gateway;
    private final CustomResources customResources;
    private final Toolbox toolbox;
    private volatile boolean ready;

    private LocalCloud(UpOptions options, Startup startup, Meter meter) {
        this.options = options;
        this.startup = startup;
        this.meter = meter;
        this.addresses = Addresses.choose(options.port());
        this.stack = new TemplateReader(
                        Project.root().resolve("template.yaml"),
                        STACK,
                        addresses.parameters(),
                        new LocalValues(addresses))
                .read();
        this.stateMachines = new StateMachines(stack.all(Stack::stateMachines));
        stateMachines.requireValid();
        options.requireFunctions(stack);
        this.code =
                startup.remember(new FunctionCode(new CodeCache(options.data().resolve("code"))));
        this.environment = new FunctionEnvironment(
                Map.of("AWS_ENDPOINT_URL", addresses.aws()),
                secret -> services.join().secrets().text(secret.secret(), secret.key()),
                meter::settings);
        this.lambda = startup.remember(new LambdaService(
                stack.all(Stack::functions), code, environment, clock, Quotas.standard(), options.isolated()));
        lambda.observe(meter::invoked);
        this.customResources = new CustomResources(lambda, addresses.base());
        this.toolbox = new Toolbox(
                lambda,
                environment,
                meter,
                clock,
                addresses.base(),
                new Toolbox.Parts(() -> services.join().sms(), stepFunctions::join, operators::join));
        this.gateway = startup.remember(new Gateway(
                options.port(),
                stack,
                lambda,
                new Mounts(
                        AwsServices.whenStarted(services),
                        tools(),
                        request -> operators.join().handle(request),
                        Project.root().resolve("openapi.yaml"),
                        () -> services.join().secrets().text(OriginSecret.of(stack), ""))));
    }

    /**
     * Starts everything and waits until it is ready.
     *
     * @param told is told of each part as it is ready
     * @throws tg.ecom.local.template.TemplateFailure when a template is wrong
     * @throws tg.ecom.local.parts.PartFailure when a state machine's definition is wrong, or a part can't start
     * @throws tg.ecom.local.gateway.PortTakenException when another program has the port
     */
    public static LocalCloud start(UpOptions options, StartupListener told) {
        return start(options, told, new Meter());
    }

    /** As {@link #start(UpOptions, StartupListener)}, with a meter that counts more than what every one does. */
    public static LocalCloud start(UpOptions options, StartupListener told, Meter meter) {
        return start(options, new Startup(told), meter);
    }

    /** As {@link #start(UpOptions, StartupListener)}, with all that is to be closed in the caller's hands too. */
    static LocalCloud start(UpOptions options, Startup startup, Meter meter) {
        // The SDK in functions takes credentials from here; in the cloud Lambda gives them.
        System.setProperty("aws.accessKeyId", ObjectStore.ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", ObjectStore.SECRET_KEY);
        try {
            LocalCloud cloud = new LocalCloud(options, startup, meter);
            cloud.startParts();
            return cloud;
        } catch (RuntimeException failed) {
            startup.closeAll();
            throw failed;
        }
    }

    /** {@code http://127.0.0.1:PORT}. */
    public String address() {
        return addresses.base();
    }

    /** Where the SDK, the CLI and boto3 find AWS's services. */
    public String awsAddress() {
        return addresses.aws();
    }

    /** What runs here. */
    public Stack stack() {
        return stack;
    }

    /** The settings that a function would start with. */
    public Map<String, String> environmentOf(tg.ecom.local.template.FunctionDefinition function) {
        return environment.of(function);
    }

    /** How long it took to start. */
    public Duration startupTime() {
        return startup.elapsedUntilReady();
    }

    /**
     * Loads a small Lomé, as far as it is missing.
     *
     * @param told once a person of it
     * @throws tg.ecom.local.tools.JsonAnswers.Refusal when something is refused, in a sentence
     */
    public Loaded loadDemo(Runnable told) {
        return toolbox.demo().load(told);
    }

    /** Ends everything, the last first. What is kept stays. */
    @Override
    public void close() {
        ready = false;
        gateway.drain(DRAINED_MAX);
        startup.closeAll();
    }

    private Map<String, ToolEndpoint> tools() {
        Map<String, ToolEndpoint> tools = new HashMap<>(toolbox.tools(this::advance, () -> ready));
        tools.put(CustomResources.TOOL, customResources);
        return tools;
    }

    private Instant advance(Duration by) {
        clock.setOffset(clock.offset().plus(by));
        services.join().savedClock().save(clock.offset());
        services.join().clockwork().callDue();
        services.join().secrets().rotateDueSecrets();
        stepFunctions.join().clockMoved();
        dynamoDb.join().removeExpiredItems();
        services.join().topics().look();
        eventSources.join().look();
        operators.join().look();
        return clock.instant();
    }

    private void startParts() {
        Path data = options.data();
        if (options.fresh()) {
            DataDirectory.startOver(data);
        }
        CompletableFuture<PostgresServer> postgres = startup.start(
                "PostgreSQL", () -> PostgresServer.start(data.resolve("postgresql"), addresses.postgres()));
        dynamoDb = startup.start(
                "DynamoDB", () -> DynamoDbServer.start(data.resolve("dynamodb"), addresses.dynamoDb(), clock));
        CompletableFuture<Void> tables = startup.start("tables", this::provisionTables);
        CompletableFuture<QueueServer> queues = startup.start(
                "SQS",
                () -> QueueServer.start(
                        data.resolve("sqs"),
                        addresses.queues(),
                        URI.create(addresses.aws()),
                        Account.REGION,
                        Account.ID,
                        clock));
        CompletableFuture<ObjectStore> objects =
                startup.start("S3", () -> ObjectStore.start(data.resolve("s3"), addresses.objects(), "/_aws"));
        CompletableFuture<Void> layers = startup.start("layers", () -> LayerClasses.load(stack, code));
        Provisioner provisioner = provisioned(Startup.await(postgres));
        Startup.await(tables);
        Startup.await(layers);
        Startup.await(queues);
        Startup.await(objects);
        // Last, since executions go on where they stopped, and their functions need the rest.
        Startup.await(startup.start("Step Functions", () -> startStepFunctions(postgres.join())));
        provisioner.provisionSchedules();
        eventSources.complete(startQueues(provisioner));
        services.join().clockwork().start(services.join().secrets()::rotateDueSecrets);
        startup.ready();
        ready = true;
    }

    /** What needs PostgreSQL: the services' state, keys and secrets, the migrations, the first signing key. */
    private Provisioner provisioned(PostgresServer postgres) {
        CloudDatabase database =
                startup.remember(CloudDatabase.open(postgres.dataSource(PostgresServer.CLOUD_DATABASE)));
        AwsServices started =
                AwsServices.of(database, lambda, () -> Startup.await(stepFunctions), addresses, clock, meter);
        startup.remember(started.clockwork());
        startup.remember(started.topics());
        clock.setOffset(started.savedClock().offset());
        services.complete(started);
        operators.complete(startup.remember(new Operators(database, addresses.base(), clock)));
        Provisioner provisioner = new Provisioner(stack, started);
        provisioner.provisionDatabases(postgres);
        provisioner.provisionKeysAndSecrets();
        Startup.await(startup.start("migrations", () -> {
            stack.all(Stack::customResources).forEach(customResources::make);
            return null;
        }));
        Startup.await(startup.start("signing keys", () -> {
            provisioner.provisionRotations();
            return null;
        }));
        return provisioner;
    }

    private Void startStepFunctions(PostgresServer postgres) {
        KeptConnections connections = startup.remember(
                new KeptConnections(postgres.dataSource(PostgresServer.CLOUD_DATABASE), StatesServer.CONNECTIONS_MAX));
        StepFunctions interpreter = startup.remember(StepFunctions.start(
                connections.jdbi(), clock, StatesServer.ACCOUNT, new StateFunctions(lambda), meter::transitioned));
        stateMachines.provision(interpreter);
        stepFunctions.complete(interpreter);
        return null;
    }

    /** Queues and topics, and the functions that they invoke. */
    private EventSources startQueues(Provisioner provisioner) {
        AwsServices started = services.join();
        QueueService queues = new QueueService(started.queues(), addresses.aws());
        provisioner.provisionQueuesAndTopics(queues);
        EventSources sources = startup.remember(new EventSources(stack, queues, lambda, clock));
        started.queues().observe(sources::look);
        started.topics().start();
        sources.start();
        operators.join().start();
        return sources;
    }

    private Void provisionTables() {
        Startup.await(dynamoDb);
        Provisioner.provisionTables(stack, addresses.dynamoDb());
        return null;
    }
}
