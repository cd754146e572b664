package tg.ecom.states.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import tg.ecom.states.definition.ErrorNames;

/** Executions and their histories in PostgreSQL. Each method is one statement: it happens whole, or not at all. */
public final class Store {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLUMNS = "select id, arn, name, machine_arn, machine_name, role_arn, revision, input,"
            + " started_at, status, output, error, cause, stopped_at from states.executions ";

    private final Jdbi jdbi;

    /** Over connections to a database in which it makes its tables. */
    public Store(Jdbi jdbi) {
        this.jdbi = jdbi;
        jdbi.registerArrayType(Long.class, "int8");
        jdbi.registerArrayType(String.class, "text");
        jdbi.registerArrayType(OffsetDateTime.class, "timestamptz");
        jdbi.useTransaction(handle -> handle.createScript(tables()).execute());
    }

    /**
     * Begins an execution, with its first event.
     *
     * @param draft as it shall be, but for our id of it
     * @return empty when there is one of that ARN
     */
    Optional<Execution> insert(Execution draft) {
        Event first = Interpreter.started(draft);
        return jdbi.withHandle(handle -> handle.createQuery("""
                        with begun as (
                            insert into states.executions (
                                arn, machine_arn, machine_name, name, revision, role_arn, status, input, started_at)
                            values (
                                :arn, :machine_arn, :machine_name, :name, :revision, :role_arn, 'RUNNING', :input,
                                :started_at)
                            on conflict do nothing
                            returning id),
                        first as (
                            insert into states.events (execution_id, id, previous_id, at, type, details)
                            select id, 1, 0, :started_at, :type, :details from begun)
                        select id from begun
                        """)
                .bind("arn", draft.arn())
                .bind("machine_arn", draft.machineArn())
                .bind("machine_name", draft.machineName())
                .bind("name", draft.name())
                .bind("revision", draft.revision())
                .bind("role_arn", draft.roleArn())
                .bind("input", draft.given())
                .bind("started_at", time(draft.startedAt()))
                .bind("type", first.type())
                .bind("details", first.details().toString())
                .mapTo(Long.class)
                .findOne()
                .map(id -> withId(draft, id)));
    }

    /** Keeps what has happened to a run, and where it stands now. */
    void save(Run run, List<Event> events, Instant now) {
        Optional<Ending> ending = run.ending();
        jdbi.useHandle(handle -> handle.createUpdate("""
                        with happened as (
                            insert into states.events (execution_id, id, previous_id, at, type, details)
                            select :execution, e.id, e.previous_id, e.at, e.type, e.details
                            from unnest(:ids, :previous_ids, :times, :types, :details)
                                as e(id, previous_id, at, type, details))
                        update states.executions
                        set status = :status, output = :output, error = :error, cause = :cause,
                            stopped_at = :stopped_at, snapshot = :snapshot
                        where id = :execution
                        """)
                .bind("execution", run.execution().id())
                .bind("ids", events.stream().map(Event::id).toArray(Long[]::new))
                .bind("previous_ids", events.stream().map(Event::previousId).toArray(Long[]::new))
                .bind("times", events.stream().map(event -> time(event.at())).toArray(OffsetDateTime[]::new))
                .bind("types", events.stream().map(Event::type).toArray(String[]::new))
                .bind(
                        "details",
                        events.stream().map(event -> event.details().toString()).toArray(String[]::new))
                .bind("status", ending.map(each -> each.status().name()).orElse("RUNNING"))
                .bind(
                        "output",
                        ending.flatMap(Ending::output).map(JsonNode::toString).orElse(null))
                .bind(
                        "error",
                        ending.flatMap(Ending::error).map(Store::storable).orElse(null))
                .bind(
                        "cause",
                        ending.flatMap(Ending::cause).map(Store::storable).orElse(null))
                .bind("stopped_at", ending.isPresent() ? time(now) : null)
                .bind("snapshot", ending.isPresent() ? null : run.snapshot())
                .execute());
    }

    /**
     * Ends an execution without regard to where it stands.
     *
     * @return its ARN, or empty when it had ended
     */
    Optional<String> giveUp(long execution, String cause, Instant now) {
        Ending ending = Ending.of(Ending.Status.FAILED, Optional.of(ErrorNames.RUNTIME), Optional.of(storable(cause)));
        return jdbi.withHandle(handle -> handle.createQuery("""
                        with given_up as (
                            update states.executions
                            set status = :status, error = :error, cause = :cause, stopped_at = :now, snapshot = null
                            where id = :execution and status = 'RUNNING'
                            returning id, arn),
                        last as (
                            insert into states.events (execution_id, id, previous_id, at, type, details)
                            select g.id, max(e.id) + 1, max(e.id), :now, :type, :details
                            from given_up g
                            join states.events e on e.execution_id = g.id
                            group by g.id)
                        select arn from given_up
                        """)
                .bind("execution", execution)
                .bind("status", ending.status().name())
                .bind("error", ending.error())
                .bind("cause", ending.cause())
                .bind("now", time(now))
                .bind("type", ending.status().event())
                .bind("details", Details.ended(ending).toString())
                .mapTo(String.class)
                .findOne());
    }

    /** An execution by its ARN. */
    public Optional<Stored> find(String arn) {
        return jdbi.withHandle(handle -> handle.createQuery(COLUMNS + "where arn = :arn")
                .bind("arn", arn)
                .map((row, context) -> stored(row))
                .findOne());
    }

    /** A running execution by our id of it, and what was kept of where it stands. */
    Optional<Running> running(long id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        COLUMNS.replace(" from", ", snapshot from") + "where id = :id and status = 'RUNNING'")
                .bind("id", id)
                .map((row, context) ->
                        new Running(stored(row).execution(), Optional.ofNullable(row.getString("snapshot"))))
                .findOne());
    }

    /** What is needed to go on with an execution; without a snapshot it has not entered its first state. */
    record Running(Execution execution, Optional<String> snapshot) {}

    /** Whether there ever was an execution of that id of ours. */
    boolean knows(long id) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select exists (select from states.executions where id = :id)")
                        .bind("id", id)
                        .mapTo(Boolean.class)
                        .one());
    }

    /** Our ids of all that have not ended. */
    List<Long> allRunning() {
        return jdbi.withHandle(
                handle -> handle.createQuery("select id from states.executions where status = 'RUNNING' order by id")
                        .mapTo(Long.class)
                        .list());
    }

    /**
     * Executions of a machine, the newest first.
     *
     * @param machineArn empty for all machines
     * @param status empty for all
     * @param before our id of the last one of the page before; {@code Long.MAX_VALUE} for the first page
     */
    public List<Stored> list(String machineArn, String status, long before, int countMax) {
        return jdbi.withHandle(handle -> handle.createQuery(COLUMNS + """
                        where (machine_arn = :machine or :machine = '') and (status = :status or :status = '')
                            and id < :before
                        order by id desc
                        limit :count_max
                        """)
                .bind("machine", machineArn)
                .bind("status", status)
                .bind("before", before)
                .bind("count_max", countMax)
                .map((row, context) -> stored(row))
                .list());
    }

    /**
     * Events of an execution.
     *
     * @param after the id of the last event of the page before; of a reversed page, what comes must be below it
     */
    public List<Event> events(long execution, long after, boolean isReversed, int countMax) {
        String order = isReversed ? "id < :after order by id desc" : "id > :after order by id";
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, previous_id, at, type, details
                        from states.events
                        where execution_id = :execution and\s""" + order + " limit :count_max")
                .bind("execution", execution)
                .bind("after", after)
                .bind("count_max", countMax)
                .map((row, context) -> new Event(
                        row.getLong("id"),
                        row.getLong("previous_id"),
                        instant(row, "at").orElseThrow(),
                        row.getString("type"),
                        (ObjectNode) json(row.getString("details"))))
                .list());
    }

    /** PostgreSQL's texts have no NUL. (In JSON it is escaped.) */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static Execution withId(Execution draft, long id) {
        return new Execution(
                id,
                draft.arn(),
                draft.name(),
                draft.machineArn(),
                draft.machineName(),
                draft.roleArn(),
                draft.revision(),
                draft.input(),
                draft.given(),
                draft.startedAt());
    }

    private static Stored stored(ResultSet row) throws SQLException {
        Execution execution = new Execution(
                row.getLong("id"),
                row.getString("arn"),
                row.getString("name"),
                row.getString("machine_arn"),
                row.getString("machine_name"),
                row.getString("role_arn"),
                row.getString("revision"),
                json(row.getString("input")),
                row.getString("input"),
                instant(row, "started_at").orElseThrow());
        return new Stored(
                execution,
                row.getString("status"),
                Optional.ofNullable(row.getString("output")),
                Optional.ofNullable(row.getString("error")),
                Optional.ofNullable(row.getString("cause")),
                instant(row, "stopped_at"));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("what was kept is no JSON", damaged);
        }
    }

    private static String tables() {
        try (InputStream script = Store.class.getResourceAsStream("/tg/ecom/states/states.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
