package tg.ecom.ledger;

import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import tg.ecom.kernel.EntryId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.TransferId;
import tg.ecom.kernel.WalletId;

/** What became of a posting. */
public sealed interface PostingResult {

    /**
     * The money has moved.
     *
     * @param transfer the transfer's id
     * @param at when it was recorded
     * @param entries its entries
     * @param replayed whether an earlier attempt with the same key moved it
     */
    record Posted(TransferId transfer, Instant at, List<PostedEntry> entries, boolean replayed)
            implements PostingResult {
        public Posted {
            entries = List.copyOf(entries);
        }

        /** The entry of a wallet. @throws NoSuchElementException when it has none here */
        public PostedEntry entryOf(WalletId wallet) {
            return entries.stream()
                    .filter(entry -> entry.wallet().equals(wallet))
                    .findFirst()
                    .orElseThrow(() -> new NoSuchElementException("no entry of wallet " + wallet));
        }

        /**
         * What a personal wallet has after it. @throws NoSuchElementException for a wallet without entry or without
         * balance
         */
        public Money balanceOf(WalletId wallet) {
            return entryOf(wallet).balanceAfter().orElseThrow();
        }
    }

    /** Nothing has moved. */
    record Refused(LedgerProblem problem) implements PostingResult {}

    /**
     * An entry as it was written.
     *
     * @param id its id, which is that of the transaction a person sees
     * @param wallet whose
     * @param amount francs that came, or, below zero, went
     * @param balanceAfter what the wallet then had; none for an accumulating one
     */
    record PostedEntry(EntryId id, WalletId wallet, long amount, Optional<Money> balanceAfter) {}

    /** What was posted. @throws tg.ecom.kernel.ProblemException when it was refused */
    default Posted orThrow() {
        return switch (this) {
            case Posted posted -> posted;
            case Refused refused -> throw refused.problem().asException();
        };
    }
}
