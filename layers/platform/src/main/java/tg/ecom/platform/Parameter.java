package tg.ecom.platform;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A parameter of an operation.
 *
 * @param in {@code path}, {@code query} or {@code header}
 * @param name as the contract writes it
 * @param required whether it must be sent
 * @param schema its schema, perhaps a reference
 */
record Parameter(String in, String name, boolean required, JsonNode schema) {
    static Parameter of(Contract contract, JsonNode node) {
        JsonNode parameter = contract.resolved(node);
        return new Parameter(
                parameter.path("in").asText(),
                parameter.path("name").asText(),
                parameter.path("required").asBoolean(),
                parameter.path("schema"));
    }

    /** How a parameter is found: a query parameter may have the name of a header. */
    static String key(String in, String name) {
        return in + " " + name;
    }

    /** The name in what {@link #key(String, String)} made. */
    static String name(String key) {
        return key.substring(key.indexOf(' ') + 1);
    }

    String key() {
        return key(in, name);
    }
}
