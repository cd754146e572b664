package tg.ecom.states.definition;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** Why a text is no JSON. */
public final class JsonFaults {
    private JsonFaults() {}

    /** What is wrong and where, without a word of the text itself, which may be secret. */
    public static String told(JsonProcessingException notJson) {
        String message = notJson.getOriginalMessage().replaceAll("\\s*\\(start marker at \\[[^\\]]*\\]\\)", "");
        JsonLocation location = notJson.getLocation();
        return location == null
                ? message
                : message + " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
