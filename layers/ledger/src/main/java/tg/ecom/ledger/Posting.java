package tg.ecom.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tg.ecom.kernel.EntryId;
import tg.ecom.kernel.HoldId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.TransferId;
import tg.ecom.kernel.WalletId;

/**
 * Money to be moved: two or more entries that sum to zero, and what is to be known about them. It is only a wish;
 * whether it is well formed and allowed is for {@link Ledger#post} to say, in one place and as a value.
 *
 * @param entries what each wallet gets or gives; a wallet stands in one of them
 * @param caps which caps bind
 * @param details what is told about it
 * @param capture the hold that pays, if one does
 * @param reverses the transfer that this one undoes, if it does: one alone may, so {@link Ledger#reverse} is for that
 */
public record Posting(
        List<Entry> entries, Caps caps, Details details, Optional<Capture> capture, Optional<TransferId> reverses) {

    /**
     * One wallet's part.
     *
     * @param wallet whose
     * @param amount francs that it gets, or, below zero, gives
     * @param category what for
     * @param id the entry's id when it must be a known one: that of the payment which it completes
     */
    public record Entry(WalletId wallet, long amount, Category category, Optional<EntryId> id) {
        /** The wallet gets an amount. */
        public static Entry credit(WalletId wallet, Money amount, Category category) {
            return new Entry(wallet, amount.amount(), category, Optional.empty());
        }

        /** The wallet gives an amount. */
        public static Entry debit(WalletId wallet, Money amount, Category category) {
            return new Entry(wallet, -amount.amount(), category, Optional.empty());
        }

        /** The same entry under a known id. */
        public Entry as(EntryId known) {
            return new Entry(wallet, amount, category, Optional.of(known));
        }
    }

    /**
     * What is told about a transfer, beside its amounts.
     *
     * @param description for people, such as the payer's note
     * @param metadata for programs, written as JSON
     * @param relatedService the ride or the order that it pays
     * @param method how the money came or went
     * @param externalReference the operator's own reference
     * @param effectiveAt when it happened, if that was before now
     */
    public record Details(
            Optional<String> description,
            Map<String, Object> metadata,
            Optional<UUID> relatedService,
            PaymentMethod method,
            Optional<String> externalReference,
            Optional<Instant> effectiveAt) {
        public Details {
            metadata = Map.copyOf(metadata);
        }

        /** Nothing but the method. */
        public static Details of(PaymentMethod method) {
            return new Details(
                    Optional.empty(), Map.of(), Optional.empty(), method, Optional.empty(), Optional.empty());
        }
    }

    /**
     * A hold that pays for its wallet's debit.
     *
     * @param hold which
     * @param closes whether what it does not pay now goes back to the wallet, or waits for another capture
     */
    public record Capture(HoldId hold, boolean closes) {}

    public Posting {
        entries = List.copyOf(entries);
    }

    /** One person sends money to another. */
    public static Posting transfer(WalletId from, WalletId to, Money amount) {
        return new Posting(
                List.of(Entry.debit(from, amount, Category.TRANSFER), Entry.credit(to, amount, Category.TRANSFER)),
                Caps.SPENDING,
                Details.of(PaymentMethod.WALLET),
                Optional.empty(),
                Optional.empty());
    }

    /** Money comes in from an operator. @throws IllegalArgumentException for a method without an operator */
    public static Posting funding(PaymentMethod method, WalletId to, Money amount) {
        return new Posting(
                List.of(
                        Entry.debit(EcomWallet.floatOf(method).id(), amount, Category.RECHARGE),
                        Entry.credit(to, amount, Category.RECHARGE)),
                Caps.RELOAD,
                Details.of(method),
                Optional.empty(),
                Optional.empty());
    }

    /** A payment from one wallet to several, such as a fare split between driver and commission. */
    public static Posting payment(List<Entry> entries) {
        return new Posting(
                entries, Caps.SPENDING, Details.of(PaymentMethod.WALLET), Optional.empty(), Optional.empty());
    }

    /** The same with a text for people. */
    public Posting described(String description) {
        return with(new Details(
                Optional.of(description),
                details.metadata(),
                details.relatedService(),
                details.method(),
                details.externalReference(),
                details.effectiveAt()));
    }

    /** The same with these details. */
    public Posting with(Details other) {
        return new Posting(entries, caps, other, capture, reverses);
    }

    /** The same under other caps. */
    public Posting under(Caps other) {
        return new Posting(entries, other, details, capture, reverses);
    }

    /** The same, paid by a hold. Its wallet met the caps when the hold was placed, so none bind now. */
    Posting paidBy(Capture hold) {
        return new Posting(entries, Caps.NONE, details, Optional.of(hold), reverses);
    }
}
