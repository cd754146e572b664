package tg.ecom.states.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value of a definition, in which strings may be expressions. */
public sealed interface Template {
    /**
     * Fills it in.
     *
     * @param location the field that it stands in, for whoever reads of a failure
     * @throws QueryException of the first expression that fails
     */
    JsonNode evaluate(Bindings bindings, String location) throws QueryException;

    /** Without an expression in it: what it always is. */
    record Fixed(JsonNode value) implements Template {
        @Override
        public JsonNode evaluate(Bindings bindings, String location) {
            return value;
        }
    }

    /** An expression. */
    record Evaluated(Query query) implements Template {
        @Override
        public JsonNode evaluate(Bindings bindings, String location) throws QueryException {
            return query.evaluate(bindings, location);
        }
    }

    /** An array with expressions in it. */
    record Items(List<Template> items) implements Template {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public JsonNode evaluate(Bindings bindings, String location) throws QueryException {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(items.size());
            for (Template item : items) {
                array.add(item.evaluate(bindings, location + "/" + array.size()));
            }
            return array;
        }
    }

    /** An object with expressions in it. */
    record Members(Map<String, Template> members) implements Template {
        @Override
        public JsonNode evaluate(Bindings bindings, String location) throws QueryException {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, Template> member : members.entrySet()) {
                object.set(member.getKey(), member.getValue().evaluate(bindings, location + "/" + member.getKey()));
            }
            return object;
        }
    }

    /**
     * Reads a value of a definition.
     *
     * @throws QueryException when an expression in it is not JSONata
     */
    static Template of(JsonNode value) throws QueryException {
        if (value.isTextual() && Query.isQuery(value.textValue())) {
            return new Evaluated(Query.parse(value.textValue()));
        }
        if (value.isArray()) {
            List<Template> items = new ArrayList<>();
            for (JsonNode item : value) {
                items.add(of(item));
            }
            return items.stream().allMatch(Fixed.class::isInstance) ? new Fixed(value) : new Items(items);
        }
        if (value.isObject()) {
            Map<String, Template> members = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                members.put(member.getKey(), of(member.getValue()));
            }
            return members.values().stream().allMatch(Fixed.class::isInstance)
                    ? new Fixed(value)
                    : new Members(members);
        }
        return new Fixed(value);
    }
}
