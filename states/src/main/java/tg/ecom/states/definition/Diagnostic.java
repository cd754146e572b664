package tg.ecom.states.definition;

/**
 * Something that is wrong with a definition.
 *
 * @param code what kind of thing, such as {@code MISSING_TRANSITION_TARGET}
 * @param message what exactly, for people
 * @param location where, as a JSON pointer: {@code /States/Pay/Next}
 */
public record Diagnostic(String code, String message, String location) {
    /** A field of the whole definition lies at {@code /}. */
    public Diagnostic {
        location = location.isEmpty() ? "/" : location;
    }

    /** A name as it stands in a JSON pointer (RFC 6901). */
    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** A field is missing, unknown, or not what it must be. */
    public static final String SCHEMA = "SCHEMA_VALIDATION_FAILED";

    /** A transition leads nowhere, or none leads to a state. */
    public static final String TRANSITION = "MISSING_TRANSITION_TARGET";

    /** Two states have one name. */
    public static final String DUPLICATE = "DUPLICATE_STATE_NAME";

    /** The definition is no JSON object. */
    public static final String JSON = "INVALID_JSON_DESCRIPTION";

    @Override
    public String toString() {
        return code + ": " + message + " at " + location;
    }
}
