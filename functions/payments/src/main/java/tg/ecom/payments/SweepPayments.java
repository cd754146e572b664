package tg.ecom.payments;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.PaymentId;
import tg.ecom.platform.DatabaseSettings;
import tg.ecom.platform.EventFunction;
import tg.ecom.platform.Tick;

/**
 * Runs by the clock: has questions put that are overdue, because a message got lost or because the queue can't wait for
 * so long, and forgets webhooks that have served.
 */
public final class SweepPayments extends EventFunction<Tick> {
    /** The queue is asked to be on time, and is a little late when much is to do. */
    private static final Duration OVERDUE_AFTER = Duration.ofSeconds(60);

    /** So long a question that is sent here is left to the queue before it counts as lost. */
    private static final Duration LEFT_TO_THE_QUEUE = Duration.ofMinutes(10);

    private static final Duration WEBHOOKS_KEPT = Duration.ofDays(90);
    private static final int ROUNDS_A_RUN_MAX = 100;
    private static final int WEBHOOKS_A_RUN_MAX = 10_000;

    static final String CLAIM = """
            update payments.payments
            set next_question_at = :later
            where id in (
                select id
                from payments.payments
                where next_question_at <= :overdue
                order by next_question_at
                limit :count_max
                for no key update skip locked)
            returning id, question_number
            """;

    static final String FORGET = """
            delete from payments.webhooks
            where id in (
                select id
                from payments.webhooks
                where received_at < :received_before
                order by received_at
                limit :count_max)
            """;

    private final Questions questions =
            new Questions(surroundings().aws(), surroundings().settings(QuestionsSettings.class));

    /** Needs the database and the queue. */
    public SweepPayments() {
        super(DatabaseSettings.class, QuestionsSettings.class);
    }

    @Override
    protected void handle(Tick tick) {
        Instant now = clock().instant();
        int rounds = 0;
        List<Question> overdue = claim(now);
        while (!overdue.isEmpty() && rounds < ROUNDS_A_RUN_MAX) {
            questions.sendAll(overdue);
            overdue = claim(now);
            rounds++;
        }
        database().call(handle -> forget(handle, now.minus(WEBHOOKS_KEPT)));
    }

    /** Should the sending of what is claimed fail, it is overdue again a little later. */
    private List<Question> claim(Instant now) {
        return database()
                .call(handle -> handle.createQuery(CLAIM)
                        .bind("later", now.plus(LEFT_TO_THE_QUEUE))
                        .bind("overdue", now.minus(OVERDUE_AFTER))
                        .bind("count_max", Questions.BATCH_MAX)
                        .map((row, context) -> Question.onSchedule(
                                new PaymentId(row.getObject("id", UUID.class)), row.getInt("question_number")))
                        .list());
    }

    private static int forget(Handle handle, Instant before) {
        return handle.createUpdate(FORGET)
                .bind("received_before", before)
                .bind("count_max", WEBHOOKS_A_RUN_MAX)
                .execute();
    }
}
