package tg.ecom.states.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tg.ecom.states.LambdaFault;
import tg.ecom.states.LambdaFunctions;

/** Functions that a test gives as lambdas, and what they were called with. */
final class Functions implements LambdaFunctions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final InstantSource clock;

    Functions(InstantSource clock) {
        this.clock = clock;
    }

    /** What a function does. */
    @FunctionalInterface
    interface Behaviour {
        JsonNode answer(JsonNode payload) throws Exception;
    }

    /** An invocation. */
    record Call(String function, JsonNode payload, Instant at) {}

    /** An error of a function, as Lambda tells it. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;
        private final String type;

        Failure(String type, String message) {
            super(message);
            this.type = type;
        }
    }

    void define(String name, Behaviour behaviour) {
        behaviours.put(name, behaviour);
    }

    /** Answers each call by the next of these, the last again and again. */
    void defineInTurn(String name, Behaviour... inTurn) {
        define(name, payload -> inTurn[Math.min(calls(name).size(), inTurn.length) - 1].answer(payload));
    }

    static Behaviour failing(String type) {
        return payload -> {
            throw new Failure(type, "it is " + type);
        };
    }

    static Behaviour answering(String json) {
        return payload -> Asl.json(json);
    }

    List<Call> calls(String name) {
        return calls.stream()
                .filter(call -> named(call.function()).equals(name))
                .toList();
    }

    void forget() {
        behaviours.clear();
        calls.clear();
    }

    @Override
    public Answer invoke(String functionNameOrArn, byte[] payload) throws LambdaFault {
        String name = named(functionNameOrArn);
        Behaviour behaviour = behaviours.get(name);
        if (behaviour == null) {
            throw new LambdaFault("Lambda.ResourceNotFoundException", "Function not found: " + name);
        }
        JsonNode event = read(payload);
        calls.add(new Call(functionNameOrArn, event, clock.instant()));
        try {
            return new Answer(bytes(behaviour.answer(event)), Optional.empty(), "$LATEST");
        } catch (Failure failure) {
            JsonNode error =
                    JSON.createObjectNode().put("errorType", failure.type).put("errorMessage", failure.getMessage());
            return new Answer(bytes(error), Optional.of("Unhandled"), "$LATEST");
        } catch (LambdaFault refused) {
            throw refused;
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static String named(String functionNameOrArn) {
        return functionNameOrArn.replaceFirst("^arn:.*:function:", "");
    }

    private static JsonNode read(byte[] payload) {
        try {
            return JSON.readTree(payload);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
