package tg.ecom.local.operators;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import tg.ecom.local.aws.CloudDatabase;
import tg.ecom.local.gateway.OperatorEndpoint;
import tg.ecom.local.gateway.OperatorRequest;
import tg.ecom.local.gateway.ToolAnswer;

/** All payment operators of the one-machine cloud. */
public final class Operators implements OperatorEndpoint, AutoCloseable {
    private static final byte[] UNKNOWN =
            "{\"message\":\"There is no such operator.\"}".getBytes(StandardCharsets.UTF_8);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Operator> operators;
    private final InstantSource clock;

    /**
     * Opens their books.
     *
     * @param publicAddress PublicBaseUrl, below which our webhooks are
     * @param clock the time that payers and operators go by
     */
    public Operators(CloudDatabase database, String publicAddress, InstantSource clock) {
        this.clock = clock;
        this.operators = List.of(yas(database, publicAddress, clock, ended));
    }

    private static Operator yas(
            CloudDatabase database, String publicAddress, InstantSource clock, CountDownLatch ended) {
        OperatorBooks books = new OperatorBooks(database, YasOperator.NAME);
        URI webhook = URI.create(publicAddress + "/webhooks/yas");
        return new YasOperator(books, new Webhooks(YasOperator.NAME, books, webhook, clock), clock, ended);
    }

    /** Begins to tell our webhooks what is due, also what an earlier process has left. */
    public void start() {
        operators.forEach(operator -> operator.webhooks().start());
    }

    /** Looks at once for what is due, since the clock was moved. */
    public void look() {
        operators.forEach(operator -> operator.webhooks().look());
    }

    @Override
    public Optional<ToolAnswer> handle(OperatorRequest request) {
        return named(request.operator())
                .map(operator -> operator.answer(request))
                .orElseGet(() -> Optional.of(new ToolAnswer(404, "application/json", UNKNOWN)));
    }

    /** Answers that take long end now. */
    @Override
    public void close() {
        ended.countDown();
        operators.forEach(operator -> operator.webhooks().close());
    }

    List<String> names() {
        return operators.stream().map(Operator::name).toList();
    }

    Optional<Operator> named(String name) {
        return operators.stream()
                .filter(operator -> operator.name().equals(name))
                .findFirst();
    }

    InstantSource clock() {
        return clock;
    }
}
