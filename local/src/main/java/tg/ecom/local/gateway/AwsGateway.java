package tg.ecom.local.gateway;

import java.util.Optional;
import java.util.function.Function;
import tg.ecom.local.aws.AwsRequest;
import tg.ecom.local.aws.AwsResponse;

/** An address at which there is nothing but AWS services. */
public final class AwsGateway implements AutoCloseable {
    private final LoopbackServer server;

    /**
     * Listens on 127.0.0.1 and answers at once.
     *
     * @param port the port, 0 for any that is free
     * @param services answers the requests
     * @throws PortTakenException when another program has the port
     */
    public AwsGateway(int port, Function<AwsRequest, AwsResponse> services) {
        server = new LoopbackServer(port, new AwsHandler(new AwsMount(services)));
    }

    /** {@code http://127.0.0.1:PORT}. */
    public String address() {
        return server.address();
    }

    /** Stops listening; requests underway have a moment to end. */
    @Override
    public void close() {
        server.close();
    }

    private static final class AwsHandler extends WholeRequestHandler {
        private final AwsMount aws;

        AwsHandler(AwsMount aws) {
            this.aws = aws;
        }

        @Override
        int bodyMaxBytes(String path, String authorization) {
            return AwsMount.BODY_MAX_BYTES;
        }

        @Override
        Optional<HttpAnswer> answer(HttpRequest request) {
            return Optional.of(BrowserGuard.refusal(request).orElseGet(() -> aws.answer(request)));
        }
    }
}
