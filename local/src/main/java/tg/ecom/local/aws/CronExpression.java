package tg.ecom.local.aws;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * AWS's cron: minutes, hours, day of month, month, day of week (SUN is 1), year. One of the two days is {@code ?}. A
 * time that a clock change leaves out is left out; one that it repeats counts once.
 */
record CronExpression(BitSet minutes, BitSet hours, Predicate<LocalDate> days, BitSet months, BitSet years, ZoneId zone)
        implements ScheduleExpression {
    private static final int FIELD_COUNT = 6;
    private static final int YEAR_MIN = 1970;
    private static final int YEAR_MAX = 2199;
    private static final int DAYS_PER_WEEK = 7;
    private static final int WEEKS_MAX = 5;

    /** The rarest day, a 29 February on a given weekday across a century's end, comes within 40 years. */
    private static final int DAY_COUNT_MAX = 40 * 366;

    /** Reads the six fields; throws IllegalArgumentException when they are malformed. */
    static CronExpression parse(String fields, ZoneId zone) {
        String[] parts = fields.strip().split("\\s+", -1);
        if (parts.length != FIELD_COUNT) {
            throw new IllegalArgumentException("cron has six fields");
        }
        boolean byWeekday = parts[2].equals("?");
        if (byWeekday == parts[4].equals("?")) {
            throw new IllegalArgumentException("one of day-of-month and day-of-week must be ?");
        }
        return new CronExpression(
                CronField.parse(parts[0], 0, 59, List.of()),
                CronField.parse(parts[1], 0, 23, List.of()),
                byWeekday ? dayOfWeek(parts[4]) : dayOfMonth(parts[2]),
                CronField.parse(parts[3], 1, 12, CronField.MONTHS),
                CronField.parse(parts[5], YEAR_MIN, YEAR_MAX, List.of()),
                zone);
    }

    private static Predicate<LocalDate> dayOfMonth(String field) {
        if (field.equals("L")) {
            return date -> date.getDayOfMonth() == date.lengthOfMonth();
        }
        if (field.equals("LW")) {
            return date -> date.equals(weekdayNearest(date.with(TemporalAdjusters.lastDayOfMonth())));
        }
        if (field.endsWith("W")) {
            int day = CronField.parse(field.substring(0, field.length() - 1), 1, 31, List.of())
                    .nextSetBit(1);
            return date -> day <= date.lengthOfMonth() && date.equals(weekdayNearest(date.withDayOfMonth(day)));
        }
        BitSet days = CronField.parse(field, 1, 31, List.of());
        return date -> days.get(date.getDayOfMonth());
    }

    /** In the same month, as cron has it. */
    private static LocalDate weekdayNearest(LocalDate date) {
        LocalDate moved = switch (date.getDayOfWeek()) {
            case SATURDAY -> date.getDayOfMonth() == 1 ? date.plusDays(2) : date.minusDays(1);
            case SUNDAY -> date.getDayOfMonth() == date.lengthOfMonth() ? date.minusDays(2) : date.plusDays(1);
            case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> date;
        };
        return moved;
    }

    private static Predicate<LocalDate> dayOfWeek(String field) {
        if (field.endsWith("L")) {
            int day = weekday(field.equals("L") ? "7" : field.substring(0, field.length() - 1));
            return date -> weekday(date) == day && date.getDayOfMonth() + DAYS_PER_WEEK > date.lengthOfMonth();
        }
        int hash = field.indexOf('#');
        if (hash > 0) {
            int day = weekday(field.substring(0, hash));
            int week = CronField.parse(field.substring(hash + 1), 1, WEEKS_MAX, List.of())
                    .nextSetBit(1);
            return date -> weekday(date) == day && (date.getDayOfMonth() - 1) / DAYS_PER_WEEK + 1 == week;
        }
        BitSet days = CronField.parse(field, 1, DAYS_PER_WEEK, CronField.DAYS);
        return date -> days.get(weekday(date));
    }

    private static int weekday(String text) {
        return CronField.parse(text, 1, DAYS_PER_WEEK, CronField.DAYS).nextSetBit(1);
    }

    private static int weekday(LocalDate date) {
        return date.getDayOfWeek() == DayOfWeek.SUNDAY ? 1 : date.getDayOfWeek().getValue() + 1;
    }

    @Override
    public Optional<Instant> next(Instant start, Instant after) {
        ZonedDateTime from = after.atZone(zone);
        LocalDate date = from.toLocalDate();
        for (int count = 0; count < DAY_COUNT_MAX; count++, date = date.plusDays(1)) {
            if (isDay(date)) {
                Optional<Instant> time = firstAfter(date, after);
                if (time.isPresent()) {
                    return time;
                }
            }
        }
        return Optional.empty();
    }

    private boolean isDay(LocalDate date) {
        return years.get(date.getYear()) && months.get(date.getMonthValue()) && days.test(date);
    }

    private Optional<Instant> firstAfter(LocalDate date, Instant after) {
        for (int hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
            for (int minute = minutes.nextSetBit(0); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
                LocalDateTime local = date.atTime(hour, minute);
                Instant time = local.atZone(zone).toInstant();
                if (time.isAfter(after)
                        && !zone.getRules().getValidOffsets(local).isEmpty()) {
                    return Optional.of(time);
                }
            }
        }
        return Optional.empty();
    }
}
