package tg.ecom.local.gateway;

import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP server on 127.0.0.1, each request on a virtual thread of its own. */
final class LoopbackServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopbackServer.class);
    private static final String HOST = "127.0.0.1";
    private static final int STOP_MAX_MS = 2_000;
    private static final int STOP_IDLE_MAX_MS = 100;
    private static final int IDLE_MAX_MS = 60_000;

    /** API Gateway's quota for the request line and all headers together. */
    private static final int HEADERS_MAX_BYTES = 10_240;

    private final Server server;
    private final ServerConnector connector;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("request-", 0).factory());

    /**
     * Listens and answers at once.
     *
     * @param port the port, 0 for any that is free
     * @throws PortTakenException when another program has the port
     */
    LoopbackServer(int port, WholeRequestHandler handler) {
        QueuedThreadPool pool = new QueuedThreadPool();
        pool.setName("gateway");
        pool.setDaemon(true);
        pool.setVirtualThreadsExecutor(threads);
        server = new Server(pool);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
        connector.setHost(HOST);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MAX_MS);
        // Connections that clients only keep alive don't hold up the end.
        connector.setShutdownIdleTimeout(STOP_IDLE_MAX_MS);
        server.addConnector(connector);
        server.setHandler(handler);
        server.setErrorHandler(new GatewayErrors());
        server.setStopTimeout(STOP_MAX_MS);
        start(port);
    }

    /** The port it listens on. */
    int port() {
        return connector.getLocalPort();
    }

    /** {@code http://127.0.0.1:PORT}. */
    String address() {
        return "http://" + HOST + ":" + port();
    }

    /** Stops listening; requests underway have a moment to end. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (TimeoutException e) {
            LOG.info("Requests that were still underway after {} ms are cut off", STOP_MAX_MS);
        } catch (Exception e) {
            throw new IllegalStateException("The server did not stop", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void start(int port) {
        try {
            server.start();
        } catch (Exception e) {
            close();
            if (e instanceof BindException || e.getCause() instanceof BindException || e instanceof IOException) {
                throw new PortTakenException(port);
            }
            throw new IllegalStateException("The server did not start", e);
        }
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(HEADERS_MAX_BYTES);
        configuration.setSendServerVersion(false);
        configuration.setSendXPoweredBy(false);
        // Paths go to functions as they came, encoded slashes and empty segments with them.
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        return configuration;
    }
}
