package tg.ecom.states.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import tg.ecom.states.definition.DefinitionReader;
import tg.ecom.states.definition.InvalidDefinitionException;
import tg.ecom.states.definition.StateMachine;

/** State machines and every definition that they ever had, in PostgreSQL. */
public final class MachineStore {
    private static final String MACHINES = """
            select m.arn, m.name, m.revision, r.definition, r.role_arn, m.created_at, r.created_at as updated_at
            from states.machines m
            join states.revisions r on r.id = m.revision
            """;

    private final Jdbi jdbi;
    private final Map<String, StateMachine> read = new ConcurrentHashMap<>();

    /** In the database of a {@link Store}, which has made the tables. */
    public MachineStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Adds a machine. @return the one that there is now of that ARN: another's if it was first */
    public Machine insert(String arn, String name, String definition, String roleArn, Instant now) {
        return jdbi.inTransaction(handle -> {
            String revision = newRevision(handle, arn, definition, roleArn, now);
            handle.createUpdate("""
                            insert into states.machines (arn, name, revision, created_at)
                            values (:arn, :name, :revision, :now)
                            on conflict do nothing
                            """)
                    .bind("arn", arn)
                    .bind("name", name)
                    .bind("revision", revision)
                    .bind("now", Store.time(now))
                    .execute();
            return one(handle, arn).orElseThrow();
        });
    }

    /**
     * Gives a machine another definition or role; executions that run keep theirs. What it is given that it has already
     * makes no new revision.
     *
     * @return empty when there is none
     */
    public Optional<Machine> update(String arn, String definition, String roleArn, Instant now) {
        return jdbi.inTransaction(handle -> {
            Optional<Machine> there = one(handle, arn);
            if (there.isEmpty()
                    || (there.get().definition().equals(definition)
                            && there.get().roleArn().equals(roleArn))) {
                return there;
            }
            String revision = newRevision(handle, arn, definition, roleArn, now);
            handle.createUpdate("update states.machines set revision = :revision where arn = :arn")
                    .bind("revision", revision)
                    .bind("arn", arn)
                    .execute();
            return one(handle, arn);
        });
    }

    /** Removes a machine. Executions that run go on. */
    public void delete(String arn) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from states.machines where arn = :arn")
                .bind("arn", arn)
                .execute());
    }

    /** A machine by its ARN. */
    public Optional<Machine> find(String arn) {
        return jdbi.withHandle(handle -> one(handle, arn));
    }

    /** Machines by name, those after a name. */
    public List<Machine> list(String after, int countMax) {
        return jdbi.withHandle(
                handle -> handle.createQuery(MACHINES + "where m.name > :after order by m.name limit :count_max")
                        .bind("after", after)
                        .bind("count_max", countMax)
                        .map((row, context) -> machine(row))
                        .list());
    }

    /** What a revision says, read once. */
    StateMachine revision(String id) {
        return read.computeIfAbsent(id, this::readRevision);
    }

    /** The text of a revision, and who it runs as. */
    public Machine revisionOf(Execution execution) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select machine_arn as arn, :name as name, id as revision, definition, role_arn, created_at,
                            created_at as updated_at
                        from states.revisions
                        where id = :id
                        """)
                .bind("name", execution.machineName())
                .bind("id", execution.revision())
                .map((row, context) -> machine(row))
                .one());
    }

    private StateMachine readRevision(String id) {
        String definition =
                jdbi.withHandle(handle -> handle.createQuery("select definition from states.revisions where id = :id")
                        .bind("id", id)
                        .mapTo(String.class)
                        .one());
        try {
            return DefinitionReader.read(definition);
        } catch (InvalidDefinitionException wasChecked) {
            throw new IllegalStateException("revision " + id + " can't be read any more", wasChecked);
        }
    }

    private static String newRevision(Handle handle, String arn, String definition, String roleArn, Instant now) {
        String id = UUID.randomUUID().toString();
        handle.createUpdate("""
                        insert into states.revisions (id, machine_arn, definition, role_arn, created_at)
                        values (:id, :arn, :definition, :role_arn, :now)
                        """)
                .bind("id", id)
                .bind("arn", arn)
                .bind("definition", definition)
                .bind("role_arn", roleArn)
                .bind("now", Store.time(now))
                .execute();
        return id;
    }

    private static Optional<Machine> one(Handle handle, String arn) {
        return handle.createQuery(MACHINES + "where m.arn = :arn")
                .bind("arn", arn)
                .map((row, context) -> machine(row))
                .findOne();
    }

    private static Machine machine(ResultSet row) throws SQLException {
        return new Machine(
                row.getString("arn"),
                row.getString("name"),
                row.getString("revision"),
                row.getString("definition"),
                row.getString("role_arn"),
                Store.instant(row, "created_at").orElseThrow(),
                Store.instant(row, "updated_at").orElseThrow());
    }
}
