package tg.ecom.payments;

import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.OrderId;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.ledger.EcomWallet;
import tg.ecom.ledger.PaymentMethod;
import tg.ecom.ledger.PhoneHash;
import tg.ecom.platform.Surroundings;

/** Begins payments into the escrow of an order, whose saga asks for it. */
final class OrderPayment {
    static final String BEGIN = """
            select payments.begin_for_order(
                p_payment_id => :payment_id,
                p_event_id => :event_id,
                p_order_id => :order_id,
                p_user_id => :user_id,
                p_amount => :amount,
                p_currency => :currency,
                p_method => cast(:method as ledger.payment_method),
                p_operator_wallet_id => :operator_wallet_id,
                p_phone_encrypted => :phone_encrypted,
                p_phone_hash => :phone_hash,
                p_next_question_at => :next_question_at,
                p_expires_at => :expires_at,
                p_at => :at)
            """;

    private final PayerPhones phones;
    private final PhoneHash phoneHash;
    private final InstantSource clock;

    OrderPayment(Surroundings around) {
        this.phones = new PayerPhones(around.vault());
        this.phoneHash = PhoneHash.keyed(around.keyedHash());
        this.clock = around.clock();
    }

    /** What the saga asks for, as version 1 of the step has it. */
    public record Input(PaymentId paymentId, OrderId orderId, UserId userId, PaymentMethod method, Money amount) {}

    /**
     * Begins the payment, if it has not begun.
     *
     * @return what the charge's machine starts with
     * @throws IllegalArgumentException when there is no such person or order
     */
    ChargeInput begin(Handle handle, Input input) {
        Instant now = clock.instant();
        Phone phone = handle.createQuery(Recharge.PHONE_OF)
                .bind("user", input.userId())
                .mapTo(Phone.class)
                .findOne()
                .orElseThrow(() -> new IllegalArgumentException("there is no person " + input.userId()));
        boolean begun = handle.createQuery(BEGIN)
                .bind("payment_id", input.paymentId())
                .bind("event_id", Uuid7.next(clock))
                .bind("order_id", input.orderId())
                .bind("user_id", input.userId())
                .bind("amount", input.amount())
                .bind("currency", Money.CURRENCY)
                .bind("method", input.method().code())
                .bind("operator_wallet_id", EcomWallet.floatOf(input.method()).id())
                .bind("phone_encrypted", phones.encrypted(phone, input.paymentId()))
                .bind("phone_hash", phoneHash.of(phone))
                .bind("next_question_at", now.plus(PaymentBegin.FIRST_QUESTION_AFTER))
                .bind("expires_at", now.plus(PaymentBegin.WINDOW))
                .bind("at", now)
                .mapTo(Boolean.class)
                .one();
        if (!begun) {
            throw new IllegalArgumentException("there is no escrow of order " + input.orderId());
        }
        return ChargeInput.of(input.paymentId());
    }
}
