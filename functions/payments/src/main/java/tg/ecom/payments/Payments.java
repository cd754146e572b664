package tg.ecom.payments;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.PaymentMethod;
import tg.ecom.payments.Operator.Answer;
import tg.ecom.platform.Json;

/** The rows of payments.payments. Each change is compare-and-set and writes the event that says so. */
final class Payments {
    private static final String COLUMNS = """
            select
                p.id, p.purpose, p.wallet_id, p.user_id, p.amount, p.currency, p.method, p.phone_encrypted, p.status, p.reason,
                p.version, p.question_number, p.expires_at, p.created_at, p.updated_at,
                w.status = 'active' as wallet_is_active,
            """;

    static final String FIND = COLUMNS + """
                false as is_operator_reference_taken
            from payments.payments p
            join ledger.wallets w on w.id = p.wallet_id
            where p.id = :id
            """;

    static final String LOCK = COLUMNS + """
                exists (
                    select
                    from payments.payments o
                    where o.method = p.method and o.operator_reference = :operator_reference and o.id <> p.id)
                    as is_operator_reference_taken
            from payments.payments p
            join ledger.wallets w on w.id = p.wallet_id
            where p.id = :id
            for no key update of p
            """;

    static final String CHANGE = """
            with changed as (
                update payments.payments
                set status = cast(:status as payments.status), reason = :reason, version = version + 1,
                    operator_reference = coalesce(cast(:operator_reference as text), operator_reference),
                    next_question_at = case when :open then next_question_at end,
                    updated_at = :at
                where id = :id and status = cast(:before as payments.status) and version = :version
                returning id, version)
            insert into payments.payment_events (id, payment_id, sequence, kind, operator_word, detail, at)
            select :event_id, id, version, :status, :word, cast(:detail as jsonb), :at
            from changed
            """;

    static final String ASKED = """
            with asked as (
                update payments.payments
                set version = version + 1,
                    next_question_at = case
                        when question_number = 0 and status = 'pending' then :next_question_at
                        else next_question_at
                    end
                where id = :id
                returning id, version)
            insert into payments.payment_events (id, payment_id, sequence, kind, operator_word, at)
            select :event_id, id, version, 'asked', :word, :at
            from asked
            """;

    static final String NEXT_QUESTION = """
            update payments.payments
            set question_number = question_number + 1, next_question_at = :next_question_at
            where id = :id and question_number = :number and status in ('pending', 'expired')
            """;

    private final InstantSource clock;

    Payments(InstantSource clock) {
        this.clock = clock;
    }

    /** A payment as it is. */
    static Optional<Payment> find(Handle handle, PaymentId id) {
        return handle.createQuery(FIND)
                .bind("id", id)
                .map((row, context) -> payment(row))
                .findOne();
    }

    /** A payment that nobody else changes until the transaction ends. */
    static Optional<Payment> lock(Handle transaction, PaymentId id, Optional<String> operatorReference) {
        return transaction
                .createQuery(LOCK)
                .bind("id", id)
                .bind("operator_reference", operatorReference.orElse(null))
                .map((row, context) -> payment(row))
                .findOne();
    }

    /**
     * Changes the status, if it is still what it was.
     *
     * @return the payment as it is then; its version is the number of the event that tells of it
     * @throws IllegalStateException when somebody changed it in between, or the transition is none
     */
    Payment change(Handle transaction, Payment payment, Verdict verdict, Answer answer) {
        if (!payment.status().mayBecome(verdict.status())) {
            throw new IllegalStateException(payment.status() + " does not become " + verdict.status());
        }
        Instant now = clock.instant();
        boolean credited = verdict.status() == PaymentStatus.SUCCEEDED;
        int written = transaction
                .createUpdate(CHANGE)
                .bind("status", verdict.status().code())
                .bind("reason", verdict.reason().orElse(null))
                .bind(
                        "operator_reference",
                        credited ? answer.operatorReference().orElse(null) : null)
                .bind("open", verdict.status() == PaymentStatus.EXPIRED)
                .bind("id", payment.id())
                .bind("before", payment.status().code())
                .bind("version", payment.version())
                .bind("event_id", Uuid7.next(clock))
                .bind("word", answer.word())
                .bind("detail", json(verdict, answer))
                .bind("at", now)
                .execute();
        if (written != 1) {
            throw new IllegalStateException("payment " + payment.id() + " was changed under its lock");
        }
        return payment.changed(verdict, now);
    }

    /** Notes that the operator was asked to debit, and when to ask what became of it. @return how many were noted */
    int asked(Handle handle, PaymentId id, String word, Instant nextQuestionAt) {
        return handle.createUpdate(ASKED)
                .bind("id", id)
                .bind("next_question_at", nextQuestionAt)
                .bind("event_id", Uuid7.next(clock))
                .bind("word", word)
                .bind("at", clock.instant())
                .execute();
    }

    /**
     * Counts a question on schedule.
     *
     * @param number of the question that was put
     * @param nextAt when the next is due; empty when it was the last
     * @return false when it had been counted before, or nothing is left to ask
     */
    static boolean next(Handle handle, PaymentId id, int number, Optional<Instant> nextAt) {
        return handle.createUpdate(NEXT_QUESTION)
                        .bind("id", id)
                        .bind("number", number)
                        .bind("next_question_at", nextAt.orElse(null))
                        .execute()
                == 1;
    }

    private static Payment payment(ResultSet row) throws SQLException {
        return new Payment(
                new PaymentId(row.getObject("id", UUID.class)),
                Purpose.of(row.getString("purpose")),
                new WalletId(row.getObject("wallet_id", UUID.class)),
                new UserId(row.getObject("user_id", UUID.class)),
                new Money(row.getLong("amount")),
                row.getString("currency"),
                PaymentMethod.of(row.getString("method")),
                row.getBytes("phone_encrypted"),
                PaymentStatus.of(row.getString("status")),
                Optional.ofNullable(row.getString("reason")),
                row.getLong("version"),
                row.getInt("question_number"),
                instant(row, "expires_at"),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                row.getBoolean("wallet_is_active"),
                row.getBoolean("is_operator_reference_taken"));
    }

    private static String json(Verdict verdict, Answer answer) {
        try {
            return Json.mapper()
                    .writeValueAsString(new Detail(
                            verdict.reason(),
                            answer.status(),
                            answer.operatorReference(),
                            answer.reference(),
                            answer.amount(),
                            answer.currency()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What an event keeps of the answer that caused it. */
    private record Detail(
            Optional<String> reason,
            Operator.Status operatorStatus,
            Optional<String> operatorReference,
            Optional<String> reference,
            Optional<Long> amount,
            String currency) {}

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
