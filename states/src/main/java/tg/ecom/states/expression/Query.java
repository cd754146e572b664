package tg.ecom.states.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;

/** One expression, parsed. It can be evaluated by several threads at a time. */
public final class Query {
    private static final String START = "{%";
    private static final String END = "%}";

    private final String text;
    private final Jsonata parsed;

    private Query(String text, Jsonata parsed) {
        this.text = text;
        this.parsed = parsed;
    }

    /** Whether a string of a definition is an expression: it begins with {@code {%} and ends with {@code %}}. */
    public static boolean isQuery(String text) {
        return text.length() >= START.length() + END.length() && text.startsWith(START) && text.endsWith(END);
    }

    /**
     * Parses an expression with its marks.
     *
     * @throws QueryException when it is not JSONata
     */
    public static Query parse(String marked) throws QueryException {
        String text =
                marked.substring(START.length(), marked.length() - END.length()).strip();
        if (text.isEmpty()) {
            throw new QueryException("The expression is empty.");
        }
        try {
            Jsonata parsed = Jsonata.jsonata(text);
            parsed.setValidateInput(false);
            parsed.setOutputConvertNulls(false);
            return new Query(text, parsed);
        } catch (JException notJsonata) {
            throw new QueryException("The JSONata expression '" + text + "' can't be read: " + notJsonata.getMessage());
        }
    }

    /**
     * Evaluates it.
     *
     * @param location the field that it stands in
     * @throws QueryException when it fails, comes to nothing, or to what is no JSON
     */
    public JsonNode evaluate(Bindings bindings, String location) throws QueryException {
        Jsonata.Frame frame = parsed.createFrame();
        Effort.bound(frame);
        Functions.bind(frame, bindings.clock());
        bindings.variables().forEach((name, value) -> frame.bind(name, Values.toQuery(value)));
        frame.bind("states", Values.toQuery(bindings.states()));
        Object value;
        try {
            value = parsed.evaluate(null, frame);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failed) {
            throw failure(location, "threw an error during evaluation. " + reason(failed));
        }
        if (value == null) {
            throw failure(location, "returned nothing (undefined).");
        }
        try {
            return Values.toJson(value);
        } catch (QueryException notJson) {
            throw failure(location, "returned an unsupported result type.");
        }
    }

    private static String reason(Throwable failed) {
        return switch (failed) {
            case StackOverflowError deep -> "It calls itself too often.";
            case OutOfMemoryError large -> "It takes more memory than there is.";
            default -> failed.getMessage();
        };
    }

    /** How to speak of it in a field. */
    public String specifiedFor(String location) {
        return "The JSONata expression '" + text + "' specified for the field '" + location + "'";
    }

    private QueryException failure(String location, String what) {
        return new QueryException(location, specifiedFor(location) + " " + what);
    }
}
