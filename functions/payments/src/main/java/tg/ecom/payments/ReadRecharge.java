package tg.ecom.payments;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tg.ecom.kernel.Language;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.Text;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;
import tg.ecom.platform.CommonProblem;
import tg.ecom.platform.VaultSettings;

/** GET /api/wallet/recharges/{id}: what became of a recharge of the caller, and what to do next. */
public final class ReadRecharge extends ApiFunction<ReadRecharge.Request, ReadRecharge.Answer> {
    private static final Duration WATCHED_CLOSELY = Duration.ofMinutes(1);
    private static final int POLL_SOON_MS = 2_000;
    private static final int POLL_LATER_MS = 10_000;

    /** Which one. */
    public record Request(PaymentId id) {}

    /** The recharge as it is now. */
    public record Answer(
            PaymentId rechargeId,
            PaymentStatus status,
            Optional<String> reason,
            Money amount,
            String currency,
            RechargeMethod paymentMethod,
            String phone,
            Optional<Action> action,
            Optional<Integer> pollAfterMs,
            Instant createdAt,
            Instant updatedAt,
            Instant expiresAt) {}

    /** What the app tells the person to do. */
    public record Action(ActionType type, String detail) {}

    /** What there is to do. */
    public enum ActionType {
        /** Approve what the operator asks on the phone. */
        APPROVE_ON_PHONE
    }

    private final PayerPhones phones = new PayerPhones(surroundings().vault());

    /** For everybody who is signed in. */
    public ReadRecharge() {
        super(Access.SIGNED_IN, VaultSettings.class);
    }

    @Override
    protected Answer handle(Caller caller, Request request) {
        Payment payment = database()
                .call(handle -> Payments.find(handle, request.id()))
                .filter(found -> found.user().equals(caller.user()) && found.purpose() == Purpose.RECHARGE)
                .orElseThrow(() -> new CommonProblem.NotFound().asException());
        Phone phone = phones.of(payment);
        boolean pending = payment.status() == PaymentStatus.PENDING;
        return new Answer(
                payment.id(),
                payment.status(),
                payment.reason(),
                payment.amount(),
                payment.currency(),
                RechargeMethod.of(payment.method()),
                phone.masked(),
                pending ? Optional.of(approval(phone, caller.visitor().language())) : Optional.empty(),
                pending ? Optional.of(pollAfterMs(payment.createdAt(), clock().instant())) : Optional.empty(),
                payment.createdAt(),
                payment.updatedAt(),
                payment.expiresAt());
    }

    /** Most approve within the first minute, or not at all. */
    static int pollAfterMs(Instant createdAt, Instant now) {
        return now.isBefore(createdAt.plus(WATCHED_CLOSELY)) ? POLL_SOON_MS : POLL_LATER_MS;
    }

    private static Action approval(Phone phone, Language language) {
        Text text = new Text(
                "Approuvez le paiement sur le téléphone " + phone.masked() + " avec votre code secret.",
                "Approve the payment on the phone " + phone.masked() + " with your secret code.");
        return new Action(ActionType.APPROVE_ON_PHONE, text.in(language));
    }
}
