package tg.ecom.payments;

import tg.ecom.ledger.PaymentMethod;

/** By what people can bring money in. */
public enum RechargeMethod {
    YAS,
    FLOOZ,
    VISA,
    PISPI;

    /** As the ledger knows it. */
    PaymentMethod method() {
        return PaymentMethod.valueOf(name());
    }

    static RechargeMethod of(PaymentMethod method) {
        return valueOf(method.name());
    }
}
