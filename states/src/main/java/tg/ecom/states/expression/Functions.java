package tg.ecom.states.expression;

import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JFunctionCallable;
import com.dashjoin.jsonata.utils.DateTimeUtils;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The functions that Step Functions adds to JSONata's own (developer guide, "JSONata functions provided by Step
 * Functions"), the two that tell the time, and {@code $eval}, which it does not offer.
 */
final class Functions {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Set<String> HASHES = Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");
    private static final int RANGE_COUNT_MAX = 1_000;
    private static final int PAD_WIDTH_MAX = 262_144;

    private Functions() {}

    static void bind(Frame frame, InstantSource clock) {
        bind(frame, "partition", arguments -> partition(list(arguments, 0), whole(arguments, 1)));
        bind(frame, "range", arguments -> range(whole(arguments, 0), whole(arguments, 1), whole(arguments, 2)));
        bind(frame, "hash", arguments -> hash(text(arguments, 0), text(arguments, 1)));
        bind(frame, "random", Functions::random);
        bind(frame, "uuid", arguments -> UUID.randomUUID().toString());
        bind(frame, "parse", arguments -> parse(text(arguments, 0)));
        bind(frame, "eval", arguments -> {
            throw new IllegalArgumentException("$eval is not supported; $parse reads JSON.");
        });
        frame.bind("pad", new JFunction((input, arguments) -> pad(arguments), "<s-ns?:s>"));
        frame.bind("substring", new JFunction((input, arguments) -> substring(arguments), "<s-nn?:s>"));
        bind(frame, "millis", arguments -> clock.millis());
        bind(
                frame,
                "now",
                arguments -> DateTimeUtils.formatDateTime(
                        clock.millis(),
                        optionalText(arguments, 0).orElse(null),
                        optionalText(arguments, 1).orElse(null)));
    }

    private interface Implementation {
        Object call(List<?> arguments);
    }

    private static void bind(Frame frame, String name, Implementation implementation) {
        JFunctionCallable callable = (input, arguments) -> implementation.call(arguments);
        frame.bind(name, new JFunction(callable, null));
    }

    private static List<List<Object>> partition(List<?> items, long size) {
        if (size < 1) {
            throw new IllegalArgumentException("$partition needs a size of 1 or more.");
        }
        List<List<Object>> parts = new ArrayList<>();
        for (int from = 0; from < items.size(); from += (int) Math.min(size, items.size())) {
            parts.add(new ArrayList<>(items.subList(from, (int) Math.min(items.size(), from + size))));
        }
        return parts;
    }

    private static List<Object> range(long first, long last, long step) {
        if (step == 0) {
            throw new IllegalArgumentException("$range needs a step that is not 0.");
        }
        List<Object> numbers = new ArrayList<>();
        for (long number = first; step > 0 ? number <= last : number >= last; number += step) {
            if (numbers.size() == RANGE_COUNT_MAX) {
                throw new IllegalArgumentException("$range gives at most " + RANGE_COUNT_MAX + " numbers.");
            }
            numbers.add(number);
        }
        return numbers;
    }

    private static String hash(String data, String algorithm) {
        if (!HASHES.contains(algorithm)) {
            throw new IllegalArgumentException("$hash knows MD5, SHA-1, SHA-256, SHA-384 and SHA-512.");
        }
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(data.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException everyRuntimeHasThem) {
            throw new IllegalStateException(everyRuntimeHasThem);
        }
    }

    /** The library's own fails on characters beyond the basic plane. Places count whole characters. */
    private static Object substring(List<?> arguments) {
        if (!(arguments.getFirst() instanceof String text)) {
            return null;
        }
        int[] characters = text.codePoints().toArray();
        double asked = arguments.get(1) instanceof Number start ? start.doubleValue() : 0;
        double first = Math.max(0, asked < 0 ? characters.length + asked : asked);
        double length = arguments.size() > 2 && arguments.get(2) instanceof Number most
                ? most.doubleValue()
                : characters.length;
        int from = (int) Math.min(characters.length, first);
        int to = (int) Math.clamp(first + length, from, characters.length);
        return new String(characters, from, to - from);
    }

    /** The library's own, to a width that a payload can have. */
    private static String pad(List<?> arguments) {
        long width = whole(arguments, 1);
        if (Math.abs(width) > PAD_WIDTH_MAX) {
            throw new IllegalArgumentException("$pad gives at most " + PAD_WIDTH_MAX + " characters.");
        }
        return com.dashjoin.jsonata.Functions.pad(
                optionalText(arguments, 0).orElse(null),
                width,
                optionalText(arguments, 2).orElse(null));
    }

    /** From 0 to below 1; the same for the same seed. */
    private static Object random(List<?> arguments) {
        return arguments.isEmpty()
                ? ThreadLocalRandom.current().nextDouble()
                : new Random(whole(arguments, 0)).nextDouble();
    }

    private static Object parse(String json) {
        try {
            return Values.toQuery(JSON.readTree(json));
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("$parse was given what is no JSON.", notJson);
        }
    }

    private static List<?> list(List<?> arguments, int index) {
        return argument(arguments, index) instanceof List<?> items ? items : List.of(argument(arguments, index));
    }

    private static long whole(List<?> arguments, int index) {
        if (argument(arguments, index) instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())) {
            return number.longValue();
        }
        throw new IllegalArgumentException("Argument " + (index + 1) + " must be a whole number.");
    }

    private static String text(List<?> arguments, int index) {
        return optionalText(arguments, index)
                .orElseThrow(() -> new IllegalArgumentException("Argument " + (index + 1) + " must be a string."));
    }

    private static Optional<String> optionalText(List<?> arguments, int index) {
        return index < arguments.size() && arguments.get(index) instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    private static Object argument(List<?> arguments, int index) {
        if (index >= arguments.size() || arguments.get(index) == null) {
            throw new IllegalArgumentException("Argument " + (index + 1) + " is missing.");
        }
        return arguments.get(index);
    }
}
