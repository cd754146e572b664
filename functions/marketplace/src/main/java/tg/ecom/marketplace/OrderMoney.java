package tg.ecom.marketplace;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.Money;
import tg.ecom.ledger.Caps;
import tg.ecom.ledger.Category;
import tg.ecom.ledger.EcomWallet;
import tg.ecom.ledger.Ledger;
import tg.ecom.ledger.PaymentMethod;
import tg.ecom.ledger.Posting;
import tg.ecom.ledger.Posting.Entry;
import tg.ecom.platform.Database;

/**
 * Where an order's money goes in the end: shared out, or back. It waits in a hold on the customer's wallet or, when an
 * operator brought it, in the order's escrow. Each method is to be the last of its transaction.
 */
final class OrderMoney {
    private final Ledger ledger;

    OrderMoney(Database database, InstantSource clock) {
        this.ledger = new Ledger(database, clock);
    }

    /**
     * The store gets goods and delivery, since it delivers itself, less what Ecom keeps and what the operator takes.
     */
    void share(Handle transaction, Order order) {
        Ledger books = ledger.within(transaction);
        if (order.hold().isPresent()) {
            Posting posting = posting(
                    shares(order, Entry.debit(order.customerWallet(), order.total(), Category.SHOPPING)), order);
            books.capture(posting, new Posting.Capture(order.hold().get(), true))
                    .orThrow();
        } else {
            Posting posting =
                    posting(shares(order, Entry.debit(order.escrow(), order.total(), Category.SHOPPING)), order);
            books.post(posting.under(Caps.NONE)).orThrow();
        }
    }

    /** All of it goes back to the customer's wallet. */
    void giveBack(Handle transaction, Order order) {
        Ledger books = ledger.within(transaction);
        if (order.hold().isPresent()) {
            books.release(order.hold().get()).orThrow();
        } else {
            List<Entry> entries = List.of(
                    Entry.debit(order.escrow(), order.total(), Category.REFUND),
                    Entry.credit(order.customerWallet(), order.total(), Category.REFUND));
            // It came from an operator and stays in the wallet: a reload, which placing the order has found room for.
            books.post(posting(entries, order).under(Caps.COUNTED)).orThrow();
        }
    }

    private static List<Entry> shares(Order order, Entry paid) {
        List<Entry> entries = new ArrayList<>(List.of(paid));
        entries.add(Entry.credit(order.receivable(), order.proceeds(), Category.SHOPPING));
        if (!order.commission().equals(Money.ZERO)) {
            entries.add(Entry.credit(EcomWallet.COMMISSION.id(), order.commission(), Category.COMMISSION));
        }
        if (!order.operatorFee().equals(Money.ZERO)) {
            entries.add(Entry.credit(EcomWallet.FEES.id(), order.operatorFee(), Category.COMMISSION));
        }
        return entries;
    }

    private static Posting posting(List<Entry> entries, Order order) {
        return Posting.payment(entries)
                .with(new Posting.Details(
                        Optional.of("Commande " + order.number()),
                        Map.of(),
                        Optional.of(order.id().value()),
                        PaymentMethod.WALLET,
                        Optional.empty(),
                        Optional.empty()));
    }
}
