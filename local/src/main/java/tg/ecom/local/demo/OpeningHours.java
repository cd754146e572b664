package tg.ecom.local.demo;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tg.ecom.platform.Json;

/**
 * When a store is open, written as people do: {@code {"monday-friday": "07:30-12:00 14:30-18:30", "saturday":
 * "08:00-13:00"}}. On a day that is not named it is closed.
 *
 * @param spans by day
 */
record OpeningHours(Map<DayOfWeek, List<Span>> spans) {
    private static final Pattern DAYS = Pattern.compile("([a-z]+)(?:-([a-z]+))?");
    private static final Pattern SPAN =
            Pattern.compile("((?:[01]\\d|2[0-3]):[0-5]\\d)-((?:[01]\\d|2[0-3]):[0-5]\\d|24:00)");
    private static final Span WHOLE_DAY = new Span("00:00", "24:00");

    /** From when to when; what ends no later than it begins ends the next day. */
    record Span(String from, String to) {
        private static Span parse(String text) {
            Matcher span = SPAN.matcher(text);
            if (!span.matches()) {
                throw new IllegalArgumentException("'" + text + "' is no span, such as 07:30-20:00");
            }
            return new Span(span.group(1), span.group(2));
        }
    }

    OpeningHours {
        spans = Map.copyOf(spans);
    }

    /** Reads days and their spans. @throws IllegalArgumentException when they are none, or a day is named twice */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static OpeningHours parse(Map<String, String> written) {
        Map<DayOfWeek, List<Span>> spans = new EnumMap<>(DayOfWeek.class);
        written.forEach((days, texts) -> {
            List<Span> ofDay =
                    Arrays.stream(texts.split(" ", -1)).map(Span::parse).toList();
            days(days).forEach(day -> {
                if (spans.put(day, ofDay) != null) {
                    throw new IllegalArgumentException("'" + days + "' names a day that has its hours already");
                }
            });
        });
        return new OpeningHours(spans);
    }

    /** Whether it never closes. */
    boolean isAlwaysOpen() {
        return Arrays.stream(DayOfWeek.values())
                .allMatch(day -> spans.getOrDefault(day, List.of()).equals(List.of(WHOLE_DAY)));
    }

    /** As the API shows them. */
    JsonNode json() {
        ObjectNode days = Json.mapper().createObjectNode();
        spans.forEach((day, ofDay) ->
                days.set(day.name().toLowerCase(Locale.ROOT), Json.mapper().valueToTree(ofDay)));
        return days;
    }

    private static Stream<DayOfWeek> days(String text) {
        Matcher days = DAYS.matcher(text);
        if (!days.matches()) {
            throw new IllegalArgumentException("'" + text + "' are no days, such as monday-friday");
        }
        DayOfWeek first = DayOfWeek.valueOf(days.group(1).toUpperCase(Locale.ROOT));
        DayOfWeek last =
                days.group(2) == null ? first : DayOfWeek.valueOf(days.group(2).toUpperCase(Locale.ROOT));
        if (first.compareTo(last) > 0) {
            throw new IllegalArgumentException("'" + text + "' goes beyond the week, which begins on Monday");
        }
        return Arrays.stream(DayOfWeek.values()).filter(day -> day.compareTo(first) >= 0 && day.compareTo(last) <= 0);
    }
}
