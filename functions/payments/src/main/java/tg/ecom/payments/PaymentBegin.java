package tg.ecom.payments;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.Problem;
import tg.ecom.kernel.Uuid7;
import tg.ecom.ledger.EcomWallet;
import tg.ecom.ledger.Ledger;
import tg.ecom.ledger.LedgerProblem;
import tg.ecom.ledger.PaymentMethod;
import tg.ecom.ledger.PhoneHash;
import tg.ecom.ledger.Refusals;
import tg.ecom.platform.Caller;
import tg.ecom.platform.CommonProblem;
import tg.ecom.platform.IdempotencyKey;
import tg.ecom.platform.Json;

/** The one statement that begins a payment: payments.begin with everything it needs. */
final class PaymentBegin {
    /** How long the phone's holder has to approve. */
    static final Duration WINDOW = Duration.ofMinutes(10);

    /** By then the saga has asked, and its own first question is due. */
    static final Duration FIRST_QUESTION_AFTER = Duration.ofMinutes(1);

    static final String BEGIN = """
            select *
            from payments.begin(
                p_payment_id => :payment_id,
                p_event_id => :event_id,
                p_wallet_id => :wallet_id,
                p_user_id => :user_id,
                p_amount => :amount,
                p_currency => :currency,
                p_method => cast(:method as ledger.payment_method),
                p_operator_wallet_id => :operator_wallet_id,
                p_purpose => 'recharge',
                p_phone_encrypted => :phone_encrypted,
                p_phone_hash => :phone_hash,
                p_next_question_at => :next_question_at,
                p_expires_at => :expires_at,
                p_state_machine => :state_machine,
                p_saga_input => cast(:saga_input as jsonb),
                p_session_id => :session_id,
                p_session_epoch => :session_epoch,
                p_operation => :operation,
                p_key => :key,
                p_body_hash => decode(cast(:body_hash as text), 'hex'),
                p_at => :at,
                p_zone => :zone)
            """;

    private final PayerPhones phones;
    private final PhoneHash phoneHash;
    private final InstantSource clock;

    PaymentBegin(PayerPhones phones, PhoneHash phoneHash, InstantSource clock) {
        this.phones = phones;
        this.phoneHash = phoneHash;
        this.clock = clock;
    }

    /**
     * A payment that has begun.
     *
     * @param id its id
     * @param replayed whether an earlier attempt with the same key began it
     */
    record Begun(PaymentId id, boolean replayed) {}

    /**
     * Begins a payment into the caller's wallet, once for their idempotency key, and owes the start of its saga.
     *
     * @throws tg.ecom.kernel.ProblemException {@link LedgerProblem}, {@link PaymentsProblem}, or
     *     {@link CommonProblem.TooMany} when ten of the last hour were not paid
     */
    Begun run(Handle handle, Caller caller, Money amount, PaymentMethod method, Phone phone, String stateMachine) {
        PaymentId id = new PaymentId(Uuid7.next(clock));
        IdempotencyKey key = caller.idempotencyKey();
        Instant now = clock.instant();
        return handle.createQuery(BEGIN)
                .bind("payment_id", id)
                .bind("event_id", Uuid7.next(clock))
                .bind("wallet_id", caller.wallet())
                .bind("user_id", caller.user())
                .bind("amount", amount)
                .bind("currency", Money.CURRENCY)
                .bind("method", method.code())
                .bind("operator_wallet_id", EcomWallet.floatOf(method).id())
                .bind("phone_encrypted", phones.encrypted(phone, id))
                .bind("phone_hash", phoneHash.of(phone))
                .bind("next_question_at", now.plus(FIRST_QUESTION_AFTER))
                .bind("expires_at", now.plus(WINDOW))
                .bind("state_machine", stateMachine)
                .bind(
                        "saga_input",
                        Json.mapper().valueToTree(ChargeInput.of(id)).toString())
                .bind("session_id", caller.session())
                .bind("session_epoch", caller.epoch())
                .bind("operation", key.operation())
                .bind("key", key.key())
                .bind("body_hash", key.bodyHash())
                .bind("at", now)
                .bind("zone", Ledger.LOME.getId())
                .map((row, context) -> begun(row, now))
                .one();
    }

    private static Begun begun(ResultSet row, Instant now) throws SQLException {
        if (row.getString("refusal") != null) {
            Problem problem = Refusals.read(row);
            throw (problem instanceof LedgerProblem.WalletFrozen ? new PaymentsProblem.WalletFrozen() : problem)
                    .asException();
        } else if (row.getBoolean("too_many")) {
            throw new PaymentsProblem.TooManyPending().asException();
        }
        OffsetDateTime retryAt = row.getObject("retry_at", OffsetDateTime.class);
        if (retryAt != null) {
            throw new CommonProblem.TooMany(Duration.between(now, retryAt.toInstant())).asException();
        }
        return new Begun(new PaymentId(row.getObject("payment_id", UUID.class)), row.getBoolean("replayed"));
    }
}
