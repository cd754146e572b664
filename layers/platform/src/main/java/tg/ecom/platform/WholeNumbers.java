package tg.ecom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Text;

/**
 * Refuses decimals where the contract has integers. JSON Schema's integer takes 500.0 and 5e2 as well (draft 2020-12,
 * core §6.1), but an amount with a point in it was computed by something that reckons in fractions of a franc.
 */
final class WholeNumbers {
    private static final Text MUST_BE_WHOLE = new Text("doit être un nombre entier", "must be a whole number");

    private final Operation operation;
    private final Language language;
    private final List<FieldError> errors = new ArrayList<>();

    private WholeNumbers(Operation operation, Language language) {
        this.operation = operation;
        this.language = language;
    }

    /** The fields of a value that are decimals and must not be. */
    static List<FieldError> errors(Operation operation, JsonNode schema, JsonNode value, Language language) {
        WholeNumbers check = new WholeNumbers(operation, language);
        check.visit(schema, value, "");
        return check.errors;
    }

    private void visit(JsonNode reference, JsonNode value, String field) {
        JsonNode schema = operation.resolved(reference);
        if (schema.path("type").asText().equals("integer") && value.isNumber() && !value.isIntegralNumber()) {
            errors.add(new FieldError(field, "wrong_type", MUST_BE_WHOLE.in(language)));
        }
        if (value.isObject()) {
            schema.path("properties")
                    .properties()
                    .forEach(property -> visit(
                            property.getValue(),
                            value.path(property.getKey()),
                            field.isEmpty() ? property.getKey() : field + "." + property.getKey()));
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            visit(schema.path("items"), value.get(i), field + "[" + i + "]");
        }
    }
}
