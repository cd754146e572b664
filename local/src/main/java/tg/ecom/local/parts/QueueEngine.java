package tg.ecom.local.parts;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.NodeAddress;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import scala.Option;
import scala.collection.immutable.List$;
import scala.util.Either;
import scalikejdbc.ConnectionPool;

/**
 * ElasticMQ with its queues and messages in an H2 file. Constructed by {@link QueueServer} through a class loader of
 * its own, since ElasticMQ keeps its database in a static field: hence only JDK types in what others see.
 */
public final class QueueEngine implements AutoCloseable, IntSupplier {
    private static final Duration RESTORE_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final ActorSystem system;
    private final ActorRef store;
    private final SQSRestServer server;
    private final int port;

    /**
     * Restores what the directory holds, then listens.
     *
     * @param directory where the file is
     * @param host the address to listen at
     * @param port the port to listen at, 0 for any free one
     * @param publicAddress with what queue URLs begin; the path of requests must begin with its path
     * @param region the AWS region that queue ARNs name
     * @param account the AWS account that queue ARNs name
     * @param clock the time that delays and visibility timeouts go by
     */
    public QueueEngine(
            Path directory,
            String host,
            int port,
            URI publicAddress,
            String region,
            String account,
            InstantSource clock)
            throws Exception {
        QueueClock.use(clock);
        this.system = ActorSystem.create("queues", configuration(), QueueEngine.class.getClassLoader());
        this.store = system.actorOf(Props.create(
                SqlQueuePersistenceActor.class,
                () -> new SqlQueuePersistenceActor(storage(directory), List$.MODULE$.empty())));
        ActorRef queues = system.actorOf(Props.create(
                QueueManagerActor.class,
                () -> new QueueManagerActor(new NowProvider(), StrictSQSLimits$.MODULE$, Option.apply(store))));
        restore(store, queues);
        this.server = SQSRestServerBuilder.withActorSystem(system)
                .withQueueManagerActor(queues)
                .withQueueEventListener(store)
                .withInterface(host)
                .withPort(port)
                .withServerAddress(address(publicAddress))
                .withAWSRegion(region)
                .withAWSAccountId(account)
                .start();
        this.port = server.waitUntilStarted().localAddress().getPort();
    }

    private static Config configuration() {
        ClassLoader loader = QueueEngine.class.getClassLoader();
        return ConfigFactory.parseMap(Map.of("pekko.loglevel", "WARNING", "pekko.jvm-exit-on-fatal-error", "off"))
                .withFallback(ConfigFactory.load(loader));
    }

    private static SqlQueuePersistenceConfig storage(Path directory) {
        String file = directory.resolve("queues").toString();
        // H2 writes what is committed half a second later, unless it is told not to: SQS loses nothing it has answered.
        String url = "jdbc:h2:file:" + file + ";DB_CLOSE_DELAY=0;WRITE_DELAY=0";
        return new SqlQueuePersistenceConfig(true, "org.h2.Driver", url, "", "", false);
    }

    private static NodeAddress address(URI url) {
        String path = url.getPath().startsWith("/") ? url.getPath().substring(1) : url.getPath();
        return new NodeAddress(url.getScheme(), url.getHost(), url.getPort(), path);
    }

    private static void restore(ActorRef store, ActorRef queues) throws Exception {
        Object result = Patterns.ask(store, new QueueEvent.Restore(queues), RESTORE_TIMEOUT)
                .toCompletableFuture()
                .get(RESTORE_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        if (result instanceof Either<?, ?> either && either.isLeft()) {
            throw new IllegalStateException("its queues can't be restored: " + either);
        }
    }

    /** The port it listens at. */
    @Override
    public int getAsInt() {
        return port;
    }

    @Override
    public void close() {
        server.stopAndWait();
        // What the queues have told the store is written before it ends.
        Patterns.gracefulStop(store, STOP_TIMEOUT).toCompletableFuture().join();
        system.terminate();
        system.getWhenTerminated()
                .toCompletableFuture()
                .orTimeout(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
        ConnectionPool.closeAll();
    }
}
