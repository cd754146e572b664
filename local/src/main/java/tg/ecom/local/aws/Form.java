package tg.ecom.local.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters of a query-protocol request. */
record Form(Map<String, String> values) {
    private static final int ENTRY_COUNT_MAX = 100;

    /** Reads the body, and the query string for what the body lacks. */
    static Form of(AwsRequest request) {
        Map<String, String> values = decode(request.query());
        values.putAll(decode(new String(request.body(), StandardCharsets.UTF_8)));
        return new Form(values);
    }

    /** The parameters of a query string or form, later ones winning. */
    static Map<String, String> decode(String encoded) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                values.put(unescape(name), equals < 0 ? "" : unescape(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    /** What a percent-encoded text of a URL says. */
    static String unescape(String text) {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            // PostgreSQL keeps every other character, XML has no way to write it.
            if (decoded.indexOf('\0') >= 0) {
                throw new AwsFault("MalformedQueryString", "The parameters contain the character U+0000.");
            }
            return decoded;
        } catch (IllegalArgumentException malformed) {
            throw new AwsFault("MalformedQueryString", "The parameters are not properly percent-encoded.");
        }
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String required(String name) {
        return value(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new AwsFault("InvalidParameter", "Invalid parameter: " + name + " is required"));
    }

    /**
     * A map written as {@code name.entry.1.key}, {@code name.entry.1.value}, and so on, by the names of its members.
     */
    Map<String, String> entries(String name, String keyMember, String valueMember) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (int index = 1; index <= ENTRY_COUNT_MAX; index++) {
            String prefix = name + ".entry." + index + ".";
            String key = values.get(prefix + keyMember);
            if (key == null) {
                break;
            }
            entries.put(key, values.getOrDefault(prefix + valueMember, ""));
        }
        return entries;
    }
}
