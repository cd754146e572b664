package tg.ecom.payments;

import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.Phone;
import tg.ecom.platform.Vault;

/** The phones that pay, as they are stored: encrypted, each for its payment only. */
final class PayerPhones {
    private final Vault vault;

    PayerPhones(Vault vault) {
        this.vault = vault;
    }

    byte[] encrypted(Phone phone, PaymentId payment) {
        return vault.encrypt(phone.e164(), owner(payment));
    }

    Phone of(Payment payment) {
        return Phone.of(vault.decrypt(payment.phoneEncrypted(), owner(payment.id())));
    }

    private static String owner(PaymentId payment) {
        return "payments.phone/" + payment;
    }
}
