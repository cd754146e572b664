package tg.ecom.local.aws;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Where schedules are kept, with the time at which each is due next. */
final class ScheduleStore {
    static final String INVALID = "ValidationException";

    private static final String COLUMNS = """
            select group_name, name, definition, due_at, created_at, changed_at from cloud.schedules
            """;

    private final Jdbi jdbi;

    ScheduleStore(CloudDatabase database) {
        this.jdbi = database.jdbi();
    }

    /** Adds a schedule, or answers false when there is one of that name. */
    boolean add(Schedule schedule) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                insert into cloud.schedules
                                    (group_name, name, definition, enabled, due_at, created_at, changed_at)
                                values (:group, :name, :definition, :enabled, :dueAt, :createdAt, :changedAt)
                                on conflict (group_name, name) do nothing
                                """)
                        .bind("group", schedule.group())
                        .bind("name", schedule.name())
                        .bind("definition", schedule.definition().members().toString())
                        .bind("enabled", schedule.enabled())
                        .bind("dueAt", schedule.dueAt())
                        .bind("createdAt", schedule.createdAt())
                        .bind("changedAt", schedule.changedAt())
                        .execute())
                == 1;
    }

    /** Replaces the definition of a schedule. */
    void update(Schedule schedule) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update cloud.schedules
                        set definition = :definition, enabled = :enabled, due_at = :dueAt, changed_at = :changedAt
                        where group_name = :group and name = :name
                        """)
                .bind("definition", schedule.definition().members().toString())
                .bind("enabled", schedule.enabled())
                .bind("dueAt", schedule.dueAt())
                .bind("changedAt", schedule.changedAt())
                .bind("group", schedule.group())
                .bind("name", schedule.name())
                .execute());
    }

    /** Writes when a schedule is due next, unless it was changed since it was read. */
    void reschedule(Schedule schedule, Optional<Instant> dueAt) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update cloud.schedules set due_at = :next
                        where group_name = :group and name = :name and due_at = :dueAt
                        """)
                .bind("next", dueAt)
                .bind("group", schedule.group())
                .bind("name", schedule.name())
                .bind("dueAt", schedule.dueAt())
                .execute());
    }

    boolean delete(String group, String name) {
        return jdbi.withHandle(handle -> handle.createUpdate(
                                "delete from cloud.schedules where group_name = :group and name = :name")
                        .bind("group", group)
                        .bind("name", name)
                        .execute())
                == 1;
    }

    Optional<Schedule> find(String group, String name) {
        return jdbi.withHandle(handle -> handle.createQuery(COLUMNS + "where group_name = :group and name = :name")
                .bind("group", group)
                .bind("name", name)
                .map((row, context) -> schedule(row))
                .findOne());
    }

    /** All schedules, of one group or of all, by name. */
    List<Schedule> list(Optional<String> group, String namePrefix) {
        return jdbi.withHandle(handle -> handle.createQuery(COLUMNS + """
                        where (:group::text is null or group_name = :group) and starts_with(name, :prefix)
                        order by group_name, name
                        """)
                .bind("group", group)
                .bind("prefix", namePrefix)
                .map((row, context) -> schedule(row))
                .list());
    }

    /** Up to that many of those that are due, the longest due first. */
    List<Schedule> due(Instant now, int count) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        COLUMNS + "where enabled and due_at <= :now order by due_at, group_name, name limit :count")
                .bind("now", now)
                .bind("count", count)
                .map((row, context) -> schedule(row))
                .list());
    }

    private static Schedule schedule(ResultSet row) throws SQLException {
        return new Schedule(
                row.getString("group_name"),
                row.getString("name"),
                JsonInput.parse(row.getString("definition").getBytes(StandardCharsets.UTF_8), INVALID),
                CloudDatabase.time(row, "due_at"),
                CloudDatabase.time(row, "created_at").orElseThrow(),
                CloudDatabase.time(row, "changed_at").orElseThrow());
    }
}
