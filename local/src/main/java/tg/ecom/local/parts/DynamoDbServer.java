package tg.ecom.local.parts;

import java.nio.file.Path;
import java.time.InstantSource;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteLibraryLoader;

/**
 * DynamoDB Local on 127.0.0.1, with one data file for all regions and access keys. It stands in a Jetty of ours because
 * its own listens on every interface and reports its use to AWS. Items whose time to live is over are removed by
 * {@link TimeToLiveSweep}, since DynamoDB Local's own takes the machine's time.
 */
public final class DynamoDbServer implements AutoCloseable {
    private static final String PART = "DynamoDB Local";
    private static final int THREAD_COUNT_MAX = 32;

    /** Any number: it says whose requests these are, and there is only one. */
    private static final int AUTHORITY_LEVEL = 0;

    private final Server server;
    private final LocalDynamoDBRequestHandler requests;
    private final TimeToLiveSweep sweep;
    private final DirectoryLock lock;
    private final int port;

    private DynamoDbServer(
            Server server, LocalDynamoDBRequestHandler requests, TimeToLiveSweep sweep, DirectoryLock lock, int port) {
        this.server = server;
        this.requests = requests;
        this.sweep = sweep;
        this.lock = lock;
        this.port = port;
    }

    /**
     * Starts it.
     *
     * @param directory where its data file is, made when missing
     * @param port where to listen, 0 for any free port
     * @param clock the time that decides which items are over
     * @throws PartFailure when the directory is in use or unreadable, or the port is taken
     */
    public static DynamoDbServer start(Path directory, int port, InstantSource clock) {
        Path root = directory.toAbsolutePath();
        DirectoryLock lock = DirectoryLock.take(root, PART);
        try {
            SQLiteLibraryLoader.initialize();
            LocalDynamoDBRequestHandler requests =
                    new LocalDynamoDBRequestHandler(AUTHORITY_LEVEL, false, root.toString(), true, false);
            Server server = new Server(new QueuedThreadPool(THREAD_COUNT_MAX));
            ServerConnector connector = new ServerConnector(server, 1, 1);
            connector.setHost(Loopback.HOST);
            connector.setPort(port);
            server.addConnector(connector);
            server.setHandler(new LocalDynamoDBServerHandler(requests, null));
            server.start();
            TimeToLiveSweep sweep = TimeToLiveSweep.start(requests, clock);
            return new DynamoDbServer(server, requests, sweep, lock, connector.getLocalPort());
        } catch (Exception failure) {
            lock.close();
            throw new PartFailure("DynamoDB Local can't start in " + root + ": " + failure.getMessage() + ".", failure);
        }
    }

    /** Where it listens. */
    public String host() {
        return Loopback.HOST;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Removes at once what is over by the clock; to be called when the clock was moved. */
    public void removeExpiredItems() {
        sweep.removeExpiredItems();
    }

    @Override
    public void close() {
        sweep.close();
        try {
            server.stop();
        } catch (Exception failure) {
            throw new PartFailure("DynamoDB Local could not be stopped: " + failure.getMessage() + ".", failure);
        } finally {
            requests.shutdown();
            lock.close();
        }
    }
}
