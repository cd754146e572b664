package tg.ecom.local.parts;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * S3Proxy on 127.0.0.1 over a directory: buckets are folders, addressed by path, and every request's SigV4 signature is
 * checked, presigned URLs' too. Links expire by the machine's time, which the signer does not see moved.
 */
public final class ObjectStore implements AutoCloseable {
    /** The access key id that clients sign with. */
    public static final String ACCESS_KEY = "local";

    /** The secret access key that clients sign with. */
    public static final String SECRET_KEY = "local";

    private static final String PART = "S3Proxy";
    private static final int THREAD_COUNT_MAX = 32;
    private static final long STOP_TIMEOUT_MS = 1_000;

    private final S3Proxy proxy;
    private final DirectoryLock lock;

    private ObjectStore(S3Proxy proxy, DirectoryLock lock) {
        this.proxy = proxy;
        this.lock = lock;
    }

    /**
     * Starts it.
     *
     * @param directory where the objects are, made when missing
     * @param port where to listen, 0 for any free port
     * @param basePath with what every path begins, as clients sign it: {@code /_aws}, or empty
     * @throws PartFailure when the directory is in use or unreadable, or the port is taken
     */
    public static ObjectStore start(Path directory, int port, String basePath) {
        Path root = directory.toAbsolutePath();
        DirectoryLock lock = DirectoryLock.take(root, PART);
        try {
            Path buckets = Files.createDirectories(root.resolve("buckets"));
            S3Proxy proxy = S3Proxy.builder()
                    .blobStore(new FilesystemNio2BlobStore(buckets.toString()))
                    .endpoint(URI.create("http://" + Loopback.HOST + ":" + port))
                    .servicePath(basePath)
                    .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                    .ignoreUnknownHeaders(true)
                    .jettyMaxThreads(THREAD_COUNT_MAX)
                    .stopTimeout(STOP_TIMEOUT_MS)
                    .build();
            proxy.start();
            return new ObjectStore(proxy, lock);
        } catch (Exception failure) {
            lock.close();
            throw new PartFailure("S3Proxy can't start in " + root + ": " + failure.getMessage() + ".", failure);
        }
    }

    /** Where it listens. */
    public String host() {
        return Loopback.HOST;
    }

    /** Where it listens. */
    public int port() {
        return proxy.getPort();
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception failure) {
            throw new PartFailure("S3Proxy could not be stopped: " + failure.getMessage() + ".", failure);
        } finally {
            lock.close();
        }
    }
}
