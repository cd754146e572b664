package tg.ecom.platform;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.path.NodePath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tg.ecom.kernel.Language;

/** Turns what the schema validator finds into errors that name fields as callers wrote them. */
final class FieldErrors {
    private static final int ERRORS_MAX = 20;

    private FieldErrors() {}

    static List<FieldError> of(Schema schema, JsonNode value, Language language) {
        List<Error> errors =
                schema.validate(value, context -> context.executionConfig(config -> config.locale(language.locale())));
        // One a field: of a text that is empty and fits no pattern either, one thing is worth telling.
        Map<String, FieldError> byField = new LinkedHashMap<>();
        errors.stream().map(FieldErrors::fieldError).forEach(error -> byField.putIfAbsent(error.field(), error));
        return byField.values().stream().limit(ERRORS_MAX).toList();
    }

    /** The field at which a value did not fit its type. */
    static String name(JsonMappingException refused) {
        return name(refused.getPath().stream()
                .map(reference -> reference.getFieldName() == null ? reference.getIndex() : reference.getFieldName()));
    }

    private static FieldError fieldError(Error error) {
        NodePath location = error.getInstanceLocation();
        Stream<Object> elements = IntStream.range(0, location.getNameCount()).mapToObj(location::getElement);
        String field = name(Stream.concat(elements, Stream.ofNullable(error.getProperty())));
        return new FieldError(field, code(error.getKeyword()), error.getMessage());
    }

    private static String name(Stream<?> elements) {
        StringBuilder field = new StringBuilder();
        elements.forEachOrdered(element -> append(field, element));
        return field.isEmpty() ? "body" : field.toString();
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
