package tg.ecom.local.aws;

import java.time.Duration;
import org.jdbi.v3.core.Jdbi;

/** How far the clock was moved forward, kept over a restart. */
public final class SavedClock {
    private final Jdbi jdbi;

    /** Kept in the database. */
    public SavedClock(CloudDatabase database) {
        this.jdbi = database.jdbi();
    }

    /** What was saved last, or nothing. */
    public Duration offset() {
        return jdbi.withHandle(handle -> handle.createQuery("select offset_s from cloud.clock")
                .mapTo(Long.class)
                .findOne()
                .map(Duration::ofSeconds)
                .orElse(Duration.ZERO));
    }

    /** Saves it. */
    public void save(Duration offset) {
        jdbi.useHandle(handle ->
                handle.createUpdate("""
                        insert into cloud.clock (offset_s)
                        values (:offset_s)
                        on conflict (only_row) do update set offset_s = excluded.offset_s
                        """).bind("offset_s", offset.toSeconds()).execute());
    }
}
