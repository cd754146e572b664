package tg.ecom.local.aws;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a schedule is due: {@code rate(5 minutes)}, {@code cron(0 6 * * ? *)} or {@code at(2026-11-23T06:00:00)}. */
sealed interface ScheduleExpression permits ScheduleExpression.Rate, ScheduleExpression.At, CronExpression {
    /** At equal distances. */
    record Rate(Duration interval) implements ScheduleExpression {
        @Override
        public Optional<Instant> next(Instant start, Instant after) {
            if (after.isBefore(start)) {
                return Optional.of(start.plus(interval));
            }
            long passed = Duration.between(start, after).dividedBy(interval);
            return Optional.of(start.plus(interval.multipliedBy(passed + 1)));
        }
    }

    /** Once. */
    record At(Instant time) implements ScheduleExpression {
        @Override
        public Optional<Instant> next(Instant start, Instant after) {
            return time.isAfter(after) ? Optional.of(time) : Optional.empty();
        }
    }

    /**
     * The first time that it is due after another.
     *
     * @param start from when rates are counted
     */
    Optional<Instant> next(Instant start, Instant after);

    /**
     * Reads one.
     *
     * @throws AwsFault ValidationException when it is none
     */
    static ScheduleExpression parse(String expression, String timezone) {
        Matcher matcher = Pattern.compile("(rate|cron|at)\\((.*)\\)").matcher(expression);
        if (!matcher.matches()) {
            throw invalid("Schedule Expression " + expression);
        }
        ZoneId zone = zone(timezone);
        String argument = matcher.group(2);
        try {
            return switch (matcher.group(1)) {
                case "rate" -> rate(argument);
                case "cron" -> CronExpression.parse(argument, zone);
                default -> new At(LocalDateTime.parse(argument).atZone(zone).toInstant());
            };
        } catch (DateTimeException | IllegalArgumentException malformed) {
            throw invalid("Schedule Expression " + expression + ": " + malformed.getMessage());
        }
    }

    private static Rate rate(String argument) {
        Map<String, Duration> units =
                Map.of("minute", Duration.ofMinutes(1), "hour", Duration.ofHours(1), "day", Duration.ofDays(1));
        Matcher matcher = Pattern.compile("([1-9]\\d{0,5}) (minute|hour|day)s?").matcher(argument);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a rate is a number and minutes, hours or days");
        }
        return new Rate(units.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1))));
    }

    private static ZoneId zone(String timezone) {
        try {
            return ZoneId.of(timezone);
        } catch (DateTimeException unknown) {
            throw invalid("Schedule Expression Timezone " + timezone);
        }
    }

    private static AwsFault invalid(String what) {
        return new AwsFault("ValidationException", "Invalid " + what + ".");
    }
}
