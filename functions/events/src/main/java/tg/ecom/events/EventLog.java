package tg.ecom.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tg.ecom.kernel.EventId;
import tg.ecom.platform.Database;
import tg.ecom.platform.EventMessage;
import tg.ecom.platform.Json;

/**
 * All that happened, in the order in which it is told, and how far the telling came. One run of the relay reads it at a
 * time: the newest takes over from the one before.
 */
final class EventLog {
    static final String TAKE_OVER = """
            update events.relay
            set run = :run, updated_at = :at
            """;

    /** A row without an event says that nothing has happened since; no row, that another run has taken over. */
    static final String READ = """
            select
                h.xid::text as xid, h.id, h.type, h.subject_id, h.subject_version, h.occurred_at, h.data::text as data
            from events.relay r
            left join lateral (
                select *
                from events.happened e
                where (e.xid, e.id) > (r.xid, r.event_id) and e.xid < pg_snapshot_xmin(pg_current_snapshot())
                order by e.xid, e.id
                limit :count_max) h on true
            where r.run = :run
            order by h.xid, h.id
            """;

    static final String ADVANCE = """
            update events.relay
            set xid = cast(:xid as xid8), event_id = :event_id, updated_at = :at
            where run = :run
            """;

    /** From the oldest on, so that a run of the relay looks at few that are to stay. */
    static final String FORGET = """
            delete from platform.outbox
            where id in (
                    select o.id
                    from platform.outbox o
                    join events.relay r on (o.xid, o.id) <= (r.xid, r.event_id)
                    order by o.xid, o.id
                    limit :count_max)
                and occurred_at < :before
            """;

    static final String FORGET_CONSUMED = """
            delete from platform.consumed_messages
            where (consumer, message_id) in (
                select consumer, message_id
                from platform.consumed_messages
                where consumed_at < :before
                limit :count_max)
            """;

    static final String FORGET_SUBJECTS = """
            delete from platform.consumed_subjects
            where (consumer, subject_id) in (
                select consumer, subject_id
                from platform.consumed_subjects
                where consumed_at < :before
                limit :count_max)
            """;

    private static final int ROWS_FORGOTTEN_MAX = 10_000;

    private final Database database;
    private final InstantSource clock;

    EventLog(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Makes a run the one that reads. */
    void takeOver(UUID run) {
        database.call(handle -> handle.createUpdate(TAKE_OVER)
                .bind("run", run)
                .bind("at", clock.instant())
                .execute());
    }

    /**
     * What happened since the last that was told.
     *
     * @return the oldest first; empty when another run has taken over
     */
    Optional<List<Entry>> read(UUID run, int countMax) {
        List<Optional<Entry>> rows = database.call(handle -> handle.createQuery(READ)
                .bind("run", run)
                .bind("count_max", countMax)
                .map((row, context) -> entry(row))
                .list());
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(rows.stream().flatMap(Optional::stream).toList());
    }

    /** Remembers that all up to an event has been told, if the run is still the one that reads. */
    void advance(UUID run, Entry last) {
        database.call(handle -> handle.createUpdate(ADVANCE)
                .bind("run", run)
                .bind("xid", last.xid())
                .bind("event_id", last.event().id())
                .bind("at", clock.instant())
                .execute());
    }

    /** Forgets events that were told, and happened before a time. Transfers stay: they are the books. */
    void forgetTold(Instant before) {
        forget(FORGET, before);
    }

    /** Forgets which messages consumers have had, and of which subjects, before a time. */
    void forgetConsumed(Instant before) {
        forget(FORGET_CONSUMED, before);
        forget(FORGET_SUBJECTS, before);
    }

    private void forget(String statement, Instant before) {
        database.call(handle -> handle.createUpdate(statement)
                .bind("before", before)
                .bind("count_max", ROWS_FORGOTTEN_MAX)
                .execute());
    }

    private static Optional<Entry> entry(ResultSet row) throws SQLException {
        String xid = row.getString("xid");
        return xid == null ? Optional.empty() : Optional.of(new Entry(xid, event(row)));
    }

    private static EventMessage event(ResultSet row) throws SQLException {
        try {
            return new EventMessage(
                    new EventId(row.getObject("id", UUID.class)),
                    row.getString("type"),
                    row.getObject("subject_id", UUID.class),
                    row.getLong("subject_version"),
                    row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                    Json.mapper().readTree(row.getString("data")));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * An event and its place.
     *
     * @param xid of the transaction that wrote it
     */
    record Entry(String xid, EventMessage event) {}
}
