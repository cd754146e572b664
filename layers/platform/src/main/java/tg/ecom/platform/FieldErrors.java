package tg.ecom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.util.List;
import tg.ecom.kernel.Language;

/** Turns what the schema validator finds into errors that name fields as callers wrote them. */
final class FieldErrors {
    private static final int ERRORS_MAX = 20;

    private FieldErrors() {}

    static List<FieldError> of(Schema schema, JsonNode value, Language language) {
        List<Error> errors =
                schema.validate(value, context -> context.executionConfig(config -> config.locale(language.locale())));
        return errors.stream().limit(ERRORS_MAX).map(FieldErrors::fieldError).toList();
    }

    private static FieldError fieldError(Error error) {
        String keyword = error.getKeyword();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < error.getInstanceLocation().getNameCount(); i++) {
            append(field, error.getInstanceLocation().getElement(i));
        }
        if (error.getProperty() != null) {
            append(field, error.getProperty());
        }
        return new FieldError(field.isEmpty() ? "body" : field.toString(), code(keyword), error.getMessage());
    }

    private static void append(StringBuilder field, Object element) {
        if (element instanceof Integer index) {
            field.append('[').append(index).append(']');
        } else {
            field.append(field.isEmpty() ? "" : ".").append(element);
        }
    }

    private static String code(String keyword) {
        return switch (keyword) {
            case "required" -> "required";
            case "additionalProperties" -> "unknown_field";
            case "type" -> "wrong_type";
            case "minimum", "maximum" -> "out_of_range";
            case "minLength" -> "too_short";
            case "maxLength" -> "too_long";
            case "enum", "const" -> "not_allowed";
            default -> "invalid_format";
        };
    }
}
