package tg.ecom.platform;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * A consumer of a queue. Each message of a batch is handled by itself: one that fails is reported, so that it alone
 * comes again and, after as many times as the queue's redrive policy says, goes to the dead letters. One that can't be
 * read goes the same way, and what it holds is not logged. The queue is a standard one: behind a failed message of a
 * FIFO queue nothing may be handled, which this does not see to.
 *
 * <p>A queue delivers at least once, so a message may come twice, also to two instances at one time. What it causes in
 * the database is done once inside {@link #once}; what it causes elsewhere bears being done twice.
 *
 * @param <M> what a message says: an event's data, or the body of a message of its own
 */
public abstract non-sealed class QueueFunction<M extends Record> extends LambdaFunction {
    private static final int DONE = 200;
    private static final int FAILED = 500;

    private final Class<M> messageType;
    private final Telemetry telemetry;
    private final Consumed consumed;

    /** With the settings that the class needs beside stage and database. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    protected QueueFunction(Class<? extends Record>... settings) {
        super(List.of(settings), List.of(StageSettings.class, DatabaseSettings.class));
        telemetry = new Telemetry(getClass().getSimpleName());
        consumed = new Consumed(getClass().getName(), surroundings().clock());
        messageType = calledWith();
        surroundings().primeWith(this::rehearse);
    }

    /** Does what a message asks for. What it throws has the message come again. */
    protected abstract void handle(M message, Delivery delivery);

    /** The body of a message as it may come, as JSON: it is handled before a snapshot, writing and sending nothing. */
    protected abstract String example();

    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode event = Json.mapper().readTree(input);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode failures = answer.putArray("batchItemFailures");
        telemetry.observed(
                context, () -> handleAll(event.path("Records"), failures), all -> all.isEmpty() ? DONE : FAILED);
        output.write(answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Does the effect of a message in one transaction with the note that it was done, unless it was done before. The
     * note is of this class and {@link Delivery#messageId}: under another name the class would do everything anew that
     * is still in its queue.
     *
     * @param effect what is to be done, all of it in the transaction that it is given
     * @return what the effect gave; empty when it had been done before
     */
    protected final <T> Optional<T> once(Delivery delivery, Function<Handle, T> effect) {
        return database()
                .transact(transaction -> consumed.note(transaction, delivery)
                        ? Optional.of(effect.apply(transaction))
                        : Optional.empty());
    }

    /**
     * As {@link #once}, and passes over an event that is older than the newest that this class was told of the same
     * subject: a queue delivers in any order.
     *
     * @return what the effect gave; empty when it had been done before or is out of date
     * @throws IllegalStateException when the message tells of no event
     */
    protected final <T> Optional<T> onceUnlessOutdated(Delivery delivery, Function<Handle, T> effect) {
        EventMessage event = delivery.requireEvent();
        return once(
                        delivery,
                        transaction -> consumed.isNewest(transaction, event)
                                ? Optional.of(effect.apply(transaction))
                                : Optional.<T>empty())
                .flatMap(Function.identity());
    }

    private ArrayNode handleAll(JsonNode records, ArrayNode failures) {
        for (JsonNode record : records) {
            String sqsId = record.path("messageId").asText();
            try {
                handleOne(sqsId, record.path("body").asText());
            } catch (RuntimeException failed) {
                telemetry.fault(failed);
                failures.addObject().put("itemIdentifier", sqsId);
            }
        }
        return failures;
    }

    private void handleOne(String sqsId, String body) {
        Delivery delivery;
        M message;
        try {
            Delivery.Opened opened = Delivery.open(sqsId, body);
            delivery = opened.delivery();
            message = Delivery.read(opened.content(), messageType);
        } catch (JsonProcessingException unfit) {
            throw new IllegalArgumentException(
                    "message " + sqsId + " does not fit " + messageType.getSimpleName(), unfit);
        }
        handle(message, delivery);
    }

    private void rehearse() {
        handleOne("rehearsal", example());
    }
}
