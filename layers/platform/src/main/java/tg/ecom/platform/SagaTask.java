package tg.ecom.platform;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The steps of a domain's sagas, one function for all of them: the event's {@code step} and {@code version} choose. A
 * version is of the step's input, so that machines that run while the code is replaced go on.
 *
 * <p>What a domain refuses, a step answers, and a Choice in the machine looks at it; a parking step's task may fail by
 * {@link Outcome#failure}, under a name that the machine's Catch names. What a step throws is a fault: Lambda tells the
 * machine its class's full name, and the machine's Retry decides.
 */
public abstract non-sealed class SagaTask extends LambdaFunction {
    private static final int OK = 200;

    private final Telemetry telemetry;
    private final Map<String, Function<JsonNode, JsonNode>> steps = new HashMap<>();

    /** With the settings that the class needs beside stage and database. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    protected SagaTask(Class<? extends Record>... settings) {
        super(List.of(settings), List.of(StageSettings.class, DatabaseSettings.class));
        telemetry = new Telemetry(getClass().getSimpleName());
    }

    /** A step that does its work and answers. Doing it twice does no harm. */
    protected final <I extends Record, O extends Record> void step(
            String name, int version, Class<I> input, Function<I, O> work) {
        steps.put(key(name, version), event -> Json.mapper().valueToTree(work.apply(read(event, input))));
    }

    /**
     * A step that does its work and leaves the task waiting for news of a subject. The token is kept first, so that
     * news that come while the step works find the task; if they came before, it ends at once and does nothing.
     *
     * @param wait what the wait is called, see {@link Sagas#news}
     * @param subject of which the news are
     */
    protected final <I extends Record> void parkingStep(
            String name, int version, Class<I> input, String wait, Function<I, UUID> subject, Consumer<I> work) {
        steps.put(key(name, version), event -> {
            I read = read(event, input);
            Optional<Sagas.Wake> known = database()
                    .call(handle -> sagas().park(
                                    handle,
                                    subject.apply(read),
                                    wait,
                                    event.path("token").textValue()));
            known.ifPresentOrElse(sagas()::deliver, () -> work.accept(read));
            return NullNode.getInstance();
        });
    }

    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode event = Json.mapper().readTree(input);
        JsonNode answer = telemetry.observed(context, () -> taken(event), done -> OK);
        output.write(answer.toString().getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode taken(JsonNode event) {
        String key = key(event.path("step").asText(), event.path("version").asInt());
        Function<JsonNode, JsonNode> step = steps.get(key);
        if (step == null) {
            throw new UnknownStep(key);
        }
        try {
            return step.apply(event);
        } catch (RuntimeException fault) {
            telemetry.fault(fault);
            throw QuotedJson.withheld(fault);
        }
    }

    private static <I extends Record> I read(JsonNode event, Class<I> type) {
        try {
            return Json.mapper().treeToValue(event.path("input"), type);
        } catch (JsonProcessingException unfit) {
            throw new IllegalArgumentException("the step's input does not fit " + type.getSimpleName(), unfit);
        }
    }

    private static String key(String name, int version) {
        return name + " " + version;
    }
}
