package tg.ecom.platform;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A consumer of a queue. Each message of a batch is handled by itself: one that fails is reported, so that it alone
 * comes again and, after some times, goes to the dead letters.
 *
 * @param <M> a message's body
 */
public abstract class QueueFunction<M extends Record> implements RequestStreamHandler, AutoCloseable {
    private static final int OK = 200;

    private final Surroundings surroundings;
    private final Class<M> messageType;
    private final Telemetry telemetry;

    /** With the settings that the class needs beside stage and database. */
    @SafeVarargs
    @SuppressWarnings({"unchecked", "varargs"})
    protected QueueFunction(Class<? extends Record>... settings) {
        List<Class<? extends Record>> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of(StageSettings.class, DatabaseSettings.class));
        surroundings = new Surroundings(all);
        telemetry = new Telemetry(getClass().getSimpleName());
        ParameterizedType parent = (ParameterizedType) getClass().getGenericSuperclass();
        messageType = (Class<M>) parent.getActualTypeArguments()[0];
    }

    /** Does what a message asks for; twice does no harm. */
    protected abstract void handle(M message);

    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode event = Json.mapper().readTree(input);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode failures = answer.putArray("batchItemFailures");
        telemetry.observed(context, () -> handleAll(event, failures), done -> OK);
        output.write(answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Drops the connection: a host that ends an instance calls this. */
    @Override
    public final void close() {
        surroundings.disconnect();
    }

    /** What this instance has around it. */
    protected final Surroundings surroundings() {
        return surroundings;
    }

    /** This instance's connection to PostgreSQL. */
    protected final Database database() {
        return surroundings.database();
    }

    /** Starts of sagas, and news for their waiting tasks. */
    protected final Sagas sagas() {
        return surroundings.sagas();
    }

    /** The time that everything goes by. */
    protected final InstantSource clock() {
        return surroundings.clock();
    }

    private ArrayNode handleAll(JsonNode event, ArrayNode failures) {
        for (JsonNode message : event.path("Records")) {
            try {
                handle(Json.mapper().readValue(message.path("body").asText(), messageType));
            } catch (IOException | RuntimeException failed) {
                telemetry.fault(
                        failed instanceof RuntimeException fault ? fault : new IllegalArgumentException(failed));
                failures.addObject()
                        .put("itemIdentifier", message.path("messageId").asText());
            }
        }
        return failures;
    }
}
