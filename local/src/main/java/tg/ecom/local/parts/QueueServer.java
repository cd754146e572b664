package tg.ecom.local.parts;

import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntSupplier;

/** ElasticMQ on 127.0.0.1, speaking the SQS protocols, with queues and messages kept in one directory. */
public final class QueueServer implements AutoCloseable {
    private static final String PART = "ElasticMQ";
    private static final String ENGINE = "tg.ecom.local.parts.QueueEngine";
    private static final String CLOCK = "tg.ecom.local.parts.QueueClock";
    private static final List<String> OWN_PACKAGES = List.of("org.elasticmq.", "scalikejdbc.", ENGINE, CLOCK);

    private final AutoCloseable engine;
    private final DirectoryLock lock;
    private final int port;

    private QueueServer(AutoCloseable engine, DirectoryLock lock, int port) {
        this.engine = engine;
        this.lock = lock;
        this.port = port;
    }

    /**
     * Starts it and waits until everything kept is back in its queues.
     *
     * @param directory where its file is, made when missing
     * @param port where to listen, 0 for any free port
     * @param publicAddress with what the queue URLs in its answers begin, such as {@code http://127.0.0.1:8080/_aws};
     *     the path of each request it gets must begin with this address's path
     * @param region the AWS region that queue ARNs name
     * @param account the AWS account that queue ARNs and URLs name
     * @param clock the time that delays and visibility timeouts go by
     * @throws PartFailure when the directory is in use or unreadable, or the port is taken
     */
    public static QueueServer start(
            Path directory, int port, URI publicAddress, String region, String account, InstantSource clock) {
        Path root = directory.toAbsolutePath();
        DirectoryLock lock = DirectoryLock.take(root, PART);
        try {
            AutoCloseable engine = engine(root, port, publicAddress, region, account, clock);
            return new QueueServer(engine, lock, ((IntSupplier) engine).getAsInt());
        } catch (InvocationTargetException failure) {
            lock.close();
            throw failure(root, failure.getCause());
        } catch (ReflectiveOperationException failure) {
            lock.close();
            throw failure(root, failure);
        }
    }

    private static AutoCloseable engine(
            Path root, int port, URI publicAddress, String region, String account, InstantSource clock)
            throws ReflectiveOperationException {
        ClassLoader shared = QueueServer.class.getClassLoader();
        OwnClasses loader = new OwnClasses(shared, OWN_PACKAGES, new ClockCalls(shared, CLOCK));
        return (AutoCloseable) loader.loadClass(ENGINE)
                .getConstructor(
                        Path.class, String.class, int.class, URI.class, String.class, String.class, InstantSource.class)
                .newInstance(root, Loopback.HOST, port, publicAddress, region, account, clock);
    }

    private static PartFailure failure(Path root, Throwable cause) {
        return new PartFailure("ElasticMQ can't start in " + root + ": " + cause.getMessage() + ".", cause);
    }

    /** Where it listens. */
    public String host() {
        return Loopback.HOST;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        try {
            engine.close();
        } catch (Exception failure) {
            throw new PartFailure("ElasticMQ could not be stopped: " + failure.getMessage() + ".", failure);
        } finally {
            lock.close();
        }
    }
}
