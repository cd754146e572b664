package tg.ecom.platform;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What invocations that died, or did not reach Step Functions, left owed: starts of sagas, and tasks whose news have
 * come. Two may do this at once; both start and wake under the same names.
 */
public final class OwedSagas {
    private static final String STARTS = """
            select state_machine, name, input::text
            from platform.saga_starts
            where created_at < :before
            order by created_at
            limit :count_max
            """;

    private static final String WAKES = """
            select
                subject_id, wait, token, error,
                case when error is null then outcome::text else outcome #>> '{}' end as content
            from platform.parked_tasks
            where token is not null and outcome is not null and updated_at < :before
            order by updated_at
            limit :count_max
            """;

    private static final String COUNT = """
            select
                (select count(*) from platform.saga_starts where created_at < :before)
                + (
                    select count(*)
                    from platform.parked_tasks
                    where token is not null and outcome is not null and updated_at < :before)
            """;

    private static final String FORGET = """
            delete from platform.parked_tasks
            where (token is null or outcome is null) and updated_at < :before
            """;

    private final Database database;
    private final Sagas sagas;

    /** Over the tables of platform, with the rights to start and wake every saga. */
    public OwedSagas(Surroundings around) {
        this.database = around.database();
        this.sagas = around.sagas();
    }

    /**
     * Starts and wakes what is owed since before a time, oldest first. What fails stays owed.
     *
     * @param countMax how many starts, and how many tasks, at most
     */
    public void deliver(Instant before, int countMax) {
        starts(before, countMax).forEach(sagas::deliver);
        wakes(before, countMax).forEach(sagas::deliver);
    }

    /** How many starts and tasks are owed since before a time. */
    public int count(Instant before) {
        return database.call(handle -> handle.createQuery(COUNT)
                .bind("before", before)
                .mapTo(Integer.class)
                .one());
    }

    /** Forgets tasks of which no news came, and news that no task waited for, since before a time. */
    public void forget(Instant before) {
        database.call(
                handle -> handle.createUpdate(FORGET).bind("before", before).execute());
    }

    private List<Sagas.Owed> starts(Instant before, int countMax) {
        return database.call(handle -> handle.createQuery(STARTS)
                .bind("before", before)
                .bind("count_max", countMax)
                .map((row, context) ->
                        new Sagas.Owed(row.getString("state_machine"), row.getString("name"), row.getString("input")))
                .list());
    }

    private List<Sagas.Wake> wakes(Instant before, int countMax) {
        return database.call(handle -> handle.createQuery(WAKES)
                .bind("before", before)
                .bind("count_max", countMax)
                .map((row, context) -> wake(row))
                .list());
    }

    private static Sagas.Wake wake(ResultSet row) throws SQLException {
        return new Sagas.Wake(
                row.getObject("subject_id", UUID.class),
                row.getString("wait"),
                row.getString("token"),
                row.getString("content"),
                Optional.ofNullable(row.getString("error")));
    }
}
