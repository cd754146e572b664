package tg.ecom.local.gateway;

import java.time.Duration;
import tg.ecom.local.lambda.Invoker;
import tg.ecom.local.template.Stack;

/**
 * The one address of the one-machine cloud: it plays CloudFront and the HTTP APIs of all templates, and carries the AWS
 * endpoints, the API's documentation and local's own tools.
 */
public final class Gateway implements AutoCloseable {
    private final HttpApis apis;
    private final LoopbackServer server;

    /**
     * Listens on 127.0.0.1 and answers at once.
     *
     * @param port the port, 0 for any that is free
     * @param root the templates, whose routes are served
     * @param invoker calls the routes' functions
     * @param mounts what is served beside them
     * @throws PortTakenException when another program has the port
     */
    public Gateway(int port, Stack root, Invoker invoker, Mounts mounts) {
        apis = new HttpApis(new Routes(root), invoker, new EdgeHeaders(mounts.originSecret()));
        try {
            server = new LoopbackServer(port, new GatewayHandler(apis, mounts));
        } catch (RuntimeException notStarted) {
            apis.close();
            throw notStarted;
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** {@code http://127.0.0.1:PORT}. */
    public String address() {
        return server.address();
    }

    /**
     * Refuses the routes' requests by 503 from now on, and waits for those underway. What functions need, such as AWS's
     * services, goes on.
     *
     * @param max how long it waits
     */
    public void drain(Duration max) {
        apis.drain(max);
    }

    /** Stops listening; requests underway have a moment to end. */
    @Override
    public void close() {
        try {
            server.close();
        } finally {
            apis.close();
        }
    }
}
