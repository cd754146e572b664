package tg.ecom.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** The members of an action's input; what is missing or of the wrong type is a ValidationException. */
final class Input {
    private static final int PAGE_DEFAULT = 100;
    /** What tokens of pages begin with. */
    private static final String PAGE_MARK = "page:";

    private static final int PAGE_MAX = 1_000;
    private static final int ERROR_LENGTH_MAX = 256;
    private static final int CAUSE_LENGTH_MAX = 32_768;

    private final JsonNode json;

    Input(JsonNode json) {
        this.json = json;
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    Optional<String> optionalText(String name) {
        if (!json.hasNonNull(name)) {
            return Optional.empty();
        }
        if (!json.get(name).isTextual()) {
            throw new StepFunctionsException("SerializationException", "The member '" + name + "' must be a string");
        }
        return Optional.of(json.get(name).textValue());
    }

    /** One of at most so many characters. */
    Optional<String> optionalText(String name, int lengthMax) {
        Optional<String> text = optionalText(name);
        if (text.isPresent() && text.get().length() > lengthMax) {
            throw new StepFunctionsException(
                    "ValidationException",
                    "1 validation error detected: Value at '" + name + "' failed to satisfy constraint: Member must"
                            + " have length less than or equal to " + lengthMax);
        }
        return text;
    }

    /** The name of an error that a caller reports. */
    Optional<String> error() {
        return optionalText("error", ERROR_LENGTH_MAX);
    }

    /** The cause of an error that a caller reports. */
    Optional<String> cause() {
        return optionalText("cause", CAUSE_LENGTH_MAX);
    }

    /** A member as it came; missing when it did not. */
    JsonNode member(String name) {
        return json.path(name);
    }

    boolean truth(String name, boolean otherwise) {
        return json.hasNonNull(name) ? json.get(name).booleanValue() : otherwise;
    }

    /** Whether the answer shall have data in it, not only what is told of it. */
    boolean includesData() {
        String included = optionalText("includedData").orElse("ALL_DATA");
        if (!Set.of("ALL_DATA", "METADATA_ONLY").contains(included)) {
            throw new StepFunctionsException(
                    "ValidationException",
                    "1 validation error detected: Value '" + included + "' at 'includedData' failed to satisfy"
                            + " constraint: Member must satisfy enum value set: [ALL_DATA, METADATA_ONLY]");
        }
        return included.equals("ALL_DATA");
    }

    /** How many of a list to answer with. */
    int pageSize() {
        int asked = json.path("maxResults").asInt(0);
        if (asked < 0 || asked > PAGE_MAX) {
            throw new StepFunctionsException(
                    "ValidationException",
                    "1 validation error detected: Value '" + asked + "' at 'maxResults' failed to satisfy constraint: "
                            + (asked < 0
                                    ? "Member must have value greater than or equal to 0"
                                    : "Member must have value less than or equal to " + PAGE_MAX));
        }
        return asked == 0 ? PAGE_DEFAULT : asked;
    }

    /** Where a list goes on. */
    Optional<String> pageStart() {
        return optionalText("nextToken").map(token -> {
            try {
                String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
                if (text.startsWith(PAGE_MARK) && text.chars().noneMatch(Character::isISOControl)) {
                    return text.substring(PAGE_MARK.length());
                }
            } catch (IllegalArgumentException notOurs) {
                // Said below, as for a text that is Base64 by chance.
            }
            throw new StepFunctionsException("InvalidToken", "Invalid Token: 'Invalid token'");
        });
    }

    /** As {@link #pageStart()}, where lists go on at a number. */
    Optional<Long> pageStartNumber() {
        return pageStart().map(start -> {
            try {
                return Long.valueOf(start);
            } catch (NumberFormatException notOurs) {
                throw new StepFunctionsException("InvalidToken", "Invalid Token: 'Invalid token'");
            }
        });
    }

    static String pageToken(String start) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((PAGE_MARK + start).getBytes(StandardCharsets.UTF_8));
    }

    private static StepFunctionsException missing(String name) {
        return new StepFunctionsException(
                "ValidationException",
                "1 validation error detected: Value null at '" + name
                        + "' failed to satisfy constraint: Member must not be null");
    }
}
