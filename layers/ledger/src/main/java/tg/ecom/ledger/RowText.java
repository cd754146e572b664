package tg.ecom.ledger;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Values of composite types and arrays as PostgreSQL reads them (PostgreSQL 17, sections 8.15.6 and 8.16.2): each one
 * parameter of a statement, however many fields it has, since reading many parameters costs more than what they say.
 */
final class RowText {
    private RowText() {}

    /** A row of these fields, in the order of the type's; null stands for null. */
    static String row(Stream<String> fields) {
        return fields.map(field -> field == null ? "" : quoted(field)).collect(joining(",", "(", ")"));
    }

    /** An array of these elements, none of them null. */
    static String array(List<String> elements) {
        return elements.stream().map(RowText::quoted).collect(joining(",", "{", "}"));
    }

    /** A field that may be absent. */
    static String field(Optional<?> value) {
        return value.map(Object::toString).orElse(null);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
