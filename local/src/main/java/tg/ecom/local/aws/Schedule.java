package tg.ecom.local.aws;

import java.time.Instant;
import java.util.Optional;

/**
 * A schedule as its client defined it.
 *
 * @param definition the members of CreateSchedule
 * @param dueAt when it is due next; empty when nothing more is to come
 */
record Schedule(
        String group,
        String name,
        JsonInput definition,
        Optional<Instant> dueAt,
        Instant createdAt,
        Instant changedAt) {
    static final String DEFAULT_GROUP = "default";

    /** A new one, or a new definition of an old one, checked and due first after now. */
    static Schedule define(String group, String name, JsonInput definition, Instant createdAt, Instant now) {
        Schedule schedule = new Schedule(group, name, definition, Optional.empty(), createdAt, now);
        schedule.target().requiredText("Arn");
        String state = definition.text("State").orElse("ENABLED");
        if (!state.equals("ENABLED") && !state.equals("DISABLED")) {
            throw definition.wrong("State", "must be ENABLED or DISABLED");
        }
        return schedule.due(schedule.next(now));
    }

    /** Its ARN. */
    String arn() {
        return Account.arn("scheduler", "schedule/" + group + "/" + name);
    }

    boolean enabled() {
        return definition.text("State").orElse("ENABLED").equals("ENABLED");
    }

    /** What it calls. */
    JsonInput target() {
        return definition.object("Target").orElseThrow(() -> definition.wrong("Target", "is required"));
    }

    boolean deletedAfterCompletion() {
        return definition.text("ActionAfterCompletion").orElse("NONE").equals("DELETE");
    }

    /** When it is due after a time, within its start and end. */
    Optional<Instant> next(Instant after) {
        ScheduleExpression expression = ScheduleExpression.parse(
                definition.requiredText("ScheduleExpression"),
                definition.text("ScheduleExpressionTimezone").orElse("UTC"));
        Optional<Instant> start = definition.time("StartDate");
        Optional<Instant> end = definition.time("EndDate");
        Instant from =
                start.filter(after::isBefore).map(time -> time.minusNanos(1)).orElse(after);
        return expression.next(start.orElse(changedAt), from).filter(time -> end.isEmpty() || !time.isAfter(end.get()));
    }

    /** The same, due at another time. */
    Schedule due(Optional<Instant> time) {
        return new Schedule(group, name, definition, time, createdAt, changedAt);
    }
}
