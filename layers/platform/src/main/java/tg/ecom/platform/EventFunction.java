package tg.ecom.platform;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A function that something other than the API calls: a schedule, a rotation. It answers nothing; what it throws makes
 * the invocation fail, and who called tries again.
 *
 * @param <E> the event; what it does not name is passed over
 */
public abstract non-sealed class EventFunction<E extends Record> extends LambdaFunction {
    private static final int OK = 200;

    private final Class<E> eventType;
    private final Telemetry telemetry;

    /** With the settings that the class needs beside the stage. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    protected EventFunction(Class<? extends Record>... settings) {
        super(List.of(settings), List.of(StageSettings.class));
        telemetry = new Telemetry(getClass().getSimpleName());
        eventType = calledWith();
    }

    /** Does what the event asks for; twice does no harm. */
    protected abstract void handle(E event);

    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode event = Json.mapper().readTree(input);
        telemetry.observed(context, () -> handled(event), done -> OK);
        output.write("{}".getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode handled(JsonNode event) {
        try {
            handle(typed(event));
            return event;
        } catch (RuntimeException fault) {
            telemetry.fault(fault);
            // Lambda logs it once more.
            throw QuotedJson.withheld(fault);
        }
    }

    private E typed(JsonNode event) {
        try {
            return Json.mapper().treeToValue(event, eventType);
        } catch (JsonProcessingException unfit) {
            throw new IllegalArgumentException("the event does not fit " + eventType.getSimpleName(), unfit);
        }
    }
}
