package tg.ecom.marketplace;

import java.time.Instant;
import java.util.Optional;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.OrderId;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.StoreId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.WalletId;
import tg.ecom.ledger.PaymentMethod;

/**
 * An order as it is.
 *
 * @param id its id, and that of the escrow wallet where an operator pays
 * @param number what people call it
 * @param customer who ordered
 * @param store where
 * @param owner whose store
 * @param storeName as it is called now
 * @param status how far it is
 * @param paymentStatus where its money is
 * @param method how it is paid
 * @param hold what pays for it in the customer's wallet
 * @param payment the operator's payment, where one pays
 * @param isPickup whether the customer fetches it
 * @param subtotal the goods
 * @param deliveryFee what bringing them costs
 * @param commission what Ecom keeps of it
 * @param operatorFee what the operator keeps of it, once its money has come
 * @param reason why it was cancelled, a stable code
 * @param version the number of its newest event
 * @param wrongCodes how often the store gave another code than the customer's
 * @param dueAt when somebody must have taken it a step further; none once it has ended
 */
record Order(
        OrderId id,
        String number,
        UserId customer,
        StoreId store,
        UserId owner,
        String storeName,
        OrderStatus status,
        PaymentStatus paymentStatus,
        PaymentMethod method,
        Optional<HoldId> hold,
        Optional<PaymentId> payment,
        boolean isPickup,
        Money subtotal,
        Money deliveryFee,
        Money commission,
        Money operatorFee,
        Optional<String> reason,
        long version,
        int wrongCodes,
        Optional<Instant> dueAt) {

    /** What the customer pays. */
    Money total() {
        return subtotal.plus(deliveryFee);
    }

    /** What the store gets of it. */
    Money proceeds() {
        return total().minus(commission).minus(operatorFee);
    }

    /** The customer's own wallet. */
    WalletId customerWallet() {
        return new WalletId(customer.value());
    }

    /** Where an operator's money waits for the delivery. */
    WalletId escrow() {
        return new WalletId(id.value());
    }

    /** What Ecom owes the store. */
    WalletId receivable() {
        return new WalletId(store.value());
    }
}
