package tg.ecom.states.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Times as the language writes them: RFC 3339, with a capital T and an offset or a capital Z. */
public final class Timestamps {
    private Timestamps() {}

    /** Reads one. @return empty when it is none */
    public static Optional<Instant> parse(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    static boolean isOne(JsonNode value) {
        return value.isTextual() && parse(value.textValue()).isPresent();
    }
}
