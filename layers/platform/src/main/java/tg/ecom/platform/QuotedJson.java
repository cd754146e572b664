package tg.ecom.platform;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A fault of reading JSON, to be logged without what was read. The messages of Jackson's exceptions quote it, those of
 * the exceptions that they wrap (a value that refuses a text) may too, and it may be somebody's phone.
 */
final class QuotedJson extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private QuotedJson(String message, StackTraceElement[] trace) {
        super(message);
        setStackTrace(trace);
    }

    /** The fault as it is, unless JSON is at its bottom: then what happened and where, with no word of the JSON. */
    static RuntimeException withheld(RuntimeException fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonProcessingException unfit) {
                return new QuotedJson(
                        outerMessage(fault, unfit) + unfit.getClass().getSimpleName() + place(unfit),
                        fault.getStackTrace());
            }
        }
        return fault;
    }

    /** What our own code said, which quotes nothing unless it was made from the exception that does. */
    private static String outerMessage(RuntimeException fault, JsonProcessingException unfit) {
        String said = Objects.toString(fault.getMessage(), "");
        boolean quotes = said.isEmpty() || said.contains(unfit.getOriginalMessage());
        return (quotes ? fault.getClass().getSimpleName() : said) + ": ";
    }

    private static String place(JsonProcessingException unfit) {
        if (unfit instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return mapping.getPath().stream().map(QuotedJson::step).collect(Collectors.joining(".", " at ", ""));
        }
        JsonLocation location = unfit.getLocation();
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** A record's field has a name of ours; a map's key is content. */
    private static String step(JsonMappingException.Reference reference) {
        if (reference.getFieldName() == null) {
            return Integer.toString(reference.getIndex());
        }
        return reference.getFrom() instanceof Map ? "*" : reference.getFieldName();
    }
}
