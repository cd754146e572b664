package tg.ecom.payments;

import java.util.Optional;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.Phone;
import tg.ecom.ledger.PhoneHash;
import tg.ecom.payments.PaymentBegin.Begun;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;
import tg.ecom.platform.CommonProblem;
import tg.ecom.platform.Sagas;
import tg.ecom.platform.VaultSettings;

/** POST /api/wallet/recharge: has an operator ask a phone's holder for money into the caller's wallet. */
public final class Recharge extends ApiFunction<Recharge.Request, Recharge.Answer> {
    static final String PHONE_OF = """
            select phone
            from auth.phone_of(:user) phone
            where phone is not null
            """;

    /** Which of its numbers are an operator's nobody but the operators knows, since they can be taken along. */
    private static final int TOGO = 228;

    /** How much, from where. */
    public record Request(Money amount, RechargeMethod paymentMethod, Optional<Phone> phone) {}

    /** It has begun. */
    public record Answer(PaymentId rechargeId, String status, int pollAfterMs) {}

    private final PaymentBegin begin = new PaymentBegin(
            new PayerPhones(surroundings().vault()),
            PhoneHash.keyed(surroundings().keyedHash()),
            clock());
    private final ChargeSettings settings = surroundings().settings(ChargeSettings.class);

    /** For everybody who is signed in. */
    public Recharge() {
        super(Access.SIGNED_IN, VaultSettings.class, ChargeSettings.class);
    }

    @Override
    protected Answer handle(Caller caller, Request request) {
        if (request.paymentMethod() != RechargeMethod.YAS) {
            throw new PaymentsProblem.MethodUnavailable().asException();
        }
        Phone phone = request.phone().orElseGet(() -> ownPhone(caller));
        if (phone.countryCode() != TOGO) {
            throw new PaymentsProblem.PhoneNotServed().asException();
        }
        Begun begun = database()
                .call(handle -> begin.run(
                        handle,
                        caller,
                        request.amount(),
                        request.paymentMethod().method(),
                        phone,
                        settings.chargeStateMachine()));
        if (!begun.replayed()) {
            sagas().deliver(Sagas.Owed.of(
                    settings.chargeStateMachine(), begun.id().toString(), ChargeInput.of(begun.id())));
        }
        return new Answer(
                begun.id(),
                PaymentStatus.PENDING.code(),
                ReadRecharge.pollAfterMs(clock().instant(), clock().instant()));
    }

    private Phone ownPhone(Caller caller) {
        return database()
                .call(handle -> handle.createQuery(PHONE_OF)
                        .bind("user", caller.user())
                        .mapTo(Phone.class)
                        .findOne())
                .orElseThrow(() -> new CommonProblem.NotFound().asException());
    }
}
