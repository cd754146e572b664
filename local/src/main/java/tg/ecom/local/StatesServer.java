package tg.ecom.local;

import java.time.InstantSource;
import java.util.List;
import tg.ecom.local.aws.Account;
import tg.ecom.local.aws.AwsEndpoint;
import tg.ecom.local.aws.KeptConnections;
import tg.ecom.local.aws.StatesService;
import tg.ecom.local.aws.Sts;
import tg.ecom.local.gateway.AwsGateway;
import tg.ecom.local.parts.PostgresServer;
import tg.ecom.states.StepFunctions;

/** Step Functions by itself: its API at one address, its state in a PostgreSQL of its own, functions elsewhere. */
public final class StatesServer implements AutoCloseable {
    /** Connections that the interpreter keeps open: one for each of its workers, and some for callers. */
    static final int CONNECTIONS_MAX = 16;

    /** Where state machines live, as their ARNs name it. */
    static final tg.ecom.states.Account ACCOUNT = new tg.ecom.states.Account(Account.ID, Account.REGION);

    private static final int ANY_PORT = 0;

    private final Startup startup;
    private final StepFunctions interpreter;
    private final AwsGateway gateway;

    private StatesServer(StatesOptions options, InstantSource clock, Startup startup) {
        this.startup = startup;
        PostgresServer postgres = Startup.await(startup.start(
                "PostgreSQL", () -> PostgresServer.start(options.data().resolve("postgresql"), ANY_PORT)));
        KeptConnections connections = startup.remember(
                new KeptConnections(postgres.dataSource(PostgresServer.CLOUD_DATABASE), CONNECTIONS_MAX));
        RemoteFunctions functions = startup.remember(new RemoteFunctions(options.lambdaEndpoint()));
        interpreter = Startup.await(startup.start(
                "Step Functions", () -> StepFunctions.start(connections.jdbi(), clock, ACCOUNT, functions)));
        AwsEndpoint endpoint = new AwsEndpoint(List.of(new StatesService(() -> interpreter), new Sts()));
        gateway = startup.remember(new AwsGateway(options.port(), endpoint::handle));
        startup.ready();
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param clock the time that waits and timeouts see; tell {@link #clockMoved} when it jumps
     * @throws tg.ecom.local.parts.PartFailure when PostgreSQL can't start
     * @throws tg.ecom.local.gateway.PortTakenException when another program has the port
     */
    public static StatesServer start(StatesOptions options, InstantSource clock) {
        return start(options, clock, new Startup((part, took) -> {}));
    }

    /** As {@link #start(StatesOptions, InstantSource)}, with all that is to be closed in the caller's hands too. */
    static StatesServer start(StatesOptions options, InstantSource clock, Startup startup) {
        try {
            return new StatesServer(options, clock, startup);
        } catch (RuntimeException failed) {
            startup.closeAll();
            throw failed;
        }
    }

    /** {@code http://127.0.0.1:PORT}. */
    public String address() {
        return gateway.address();
    }

    /** Has what is due by now done, after the clock jumped. */
    public void clockMoved() {
        interpreter.clockMoved();
    }

    /** Ends everything, the last first. Executions go on at the next start. */
    @Override
    public void close() {
        startup.closeAll();
    }
}
