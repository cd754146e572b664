package tg.ecom.platform;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;
import tg.ecom.kernel.ProblemException;

/**
 * Starts sagas and wakes their waiting tasks. What is to be done is written in the transaction that decides it, and
 * done after its commit by the same invocation; what a crash leaves, {@link OwedSagas} does.
 *
 * <p>A task and its news meet in one row, by subject and name of the wait; whoever comes second wakes the task. A wait
 * has one outcome: news that come again change nothing, and a subject that waits once more gives that wait a name of
 * its own. A task that is tried again has a fresh token, which takes the place of the one before.
 */
public final class Sagas {
    private static final Logger LOG = LoggerFactory.getLogger(Sagas.class);

    private static final String MEET = """
            insert into platform.parked_tasks as t (subject_id, wait, token, outcome, error, created_at, updated_at)
            values (
                :subject, :wait, cast(:token as text), cast(:outcome as jsonb), cast(:error as text), :at, :at)
            on conflict (subject_id, wait) do update
            set token = coalesce(excluded.token, t.token),
                error = case when t.outcome is null then excluded.error else t.error end,
                outcome = coalesce(t.outcome, excluded.outcome),
                updated_at = excluded.updated_at
            returning
                token, case when error is null then outcome::text else outcome #>> '{}' end as content, error
            """;

    private final Database database;
    private final InstantSource clock;
    private final Lazy<SfnClient> machines;

    Sagas(Database database, Aws aws, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.machines = new Lazy<>(() -> aws.client("SFN", SfnClient.builder()));
    }

    /**
     * A start that is owed.
     *
     * @param stateMachine the machine's ARN
     * @param name of the execution: a second start by the same name does nothing
     * @param input as JSON
     */
    public record Owed(String stateMachine, String name, String input) {
        /** A start that some statement of the domain's own has written. */
        public static Owed of(String stateMachine, String name, Record input) {
            return new Owed(stateMachine, name, Json.mapper().valueToTree(input).toString());
        }
    }

    /**
     * A task that waited, and what it ends with.
     *
     * @param subject of which it waited to hear
     * @param awaited what the wait is called
     * @param token the task's
     * @param content a success's output as JSON, or a failure's cause
     * @param error the name of a failure
     */
    public record Wake(UUID subject, String awaited, String token, String content, Optional<String> error) {}

    /** Owes a start if and only if the transaction commits. */
    public Owed owe(Handle transaction, Owed owed) {
        transaction
                .createUpdate("""
                        insert into platform.saga_starts (name, state_machine, input, created_at)
                        values (:name, :machine, cast(:input as jsonb), :at)
                        on conflict do nothing
                        """)
                .bind("name", owed.name())
                .bind("machine", owed.stateMachine())
                .bind("input", owed.input())
                .bind("at", clock.instant())
                .execute();
        return owed;
    }

    /** Starts what is owed. An outage is no error: it stays owed. */
    public void deliver(Owed owed) {
        try {
            start(owed);
            database.call(handle -> handle.createUpdate("""
                            delete from platform.saga_starts
                            where state_machine = :machine and name = :name
                            """)
                    .bind("machine", owed.stateMachine())
                    .bind("name", owed.name())
                    .execute());
        } catch (SdkException | ProblemException outage) {
            LOG.warn("the start of saga {} stays owed", owed.name(), outage);
        }
    }

    /**
     * Tells the task that waits for news of a subject how it ends, or keeps that until there is such a task.
     *
     * @param wait what the wait is called
     * @return the task to be woken after the commit, if there is one
     */
    public Optional<Wake> news(Handle transaction, UUID subject, String wait, Outcome outcome) {
        return meet(transaction, subject, wait, Optional.empty(), Optional.of(outcome));
    }

    /**
     * Has a task wait for news of a subject.
     *
     * @param token the task's
     * @return the task to be woken at once, if the news came before it
     */
    public Optional<Wake> park(Handle transaction, UUID subject, String wait, String token) {
        return meet(transaction, subject, wait, Optional.of(token), Optional.empty());
    }

    /** Wakes a task. An outage is no error: it stays owed. A task that nobody waits for any more is forgotten. */
    public void deliver(Wake wake) {
        try {
            end(wake);
            database.call(handle -> handle.createUpdate("""
                            delete from platform.parked_tasks
                            where subject_id = :subject and wait = :wait and token = :token
                            """)
                    .bind("subject", wake.subject())
                    .bind("wait", wake.awaited())
                    .bind("token", wake.token())
                    .execute());
        } catch (SdkException | ProblemException outage) {
            LOG.warn("the task that waits for {} of {} stays owed", wake.awaited(), wake.subject(), outage);
        }
    }

    private void start(Owed owed) {
        try {
            machines.get()
                    .startExecution(request -> request.stateMachineArn(owed.stateMachine())
                            .name(owed.name())
                            .input(owed.input()));
        } catch (ExecutionAlreadyExistsException started) {
            LOG.info("saga {} was started before", owed.name());
        }
    }

    private void end(Wake wake) {
        try {
            if (wake.error().isEmpty()) {
                machines.get()
                        .sendTaskSuccess(
                                request -> request.taskToken(wake.token()).output(wake.content()));
            } else {
                machines.get()
                        .sendTaskFailure(request -> request.taskToken(wake.token())
                                .error(wake.error().get())
                                .cause(wake.content()));
            }
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException ended) {
            LOG.info("nobody waits for {} of {} any more", wake.awaited(), wake.subject());
        }
    }

    private Optional<Wake> meet(
            Handle transaction, UUID subject, String wait, Optional<String> token, Optional<Outcome> outcome) {
        Instant now = clock.instant();
        return transaction
                .createQuery(MEET)
                .bind("subject", subject)
                .bind("wait", wait)
                .bind("token", token.orElse(null))
                .bind("outcome", outcome.map(said -> said.content().toString()).orElse(null))
                .bind("error", outcome.flatMap(Outcome::error).orElse(null))
                .bind("at", now)
                .map((row, context) -> wake(row, subject, wait))
                .one();
    }

    private static Optional<Wake> wake(ResultSet row, UUID subject, String wait) throws SQLException {
        String token = row.getString("token");
        String content = row.getString("content");
        return token == null || content == null
                ? Optional.empty()
                : Optional.of(new Wake(subject, wait, token, content, Optional.ofNullable(row.getString("error"))));
    }
}
