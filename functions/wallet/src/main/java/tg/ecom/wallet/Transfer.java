package tg.ecom.wallet;

import java.time.Instant;
import java.util.Optional;
import tg.ecom.kernel.EntryId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.TransferId;
import tg.ecom.ledger.Directory;
import tg.ecom.ledger.Holder;
import tg.ecom.ledger.Ledger;
import tg.ecom.ledger.PhoneHash;
import tg.ecom.ledger.Posting;
import tg.ecom.ledger.PostingResult.Posted;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;

/** POST /api/wallet/transfer: moves money from the caller's wallet to another person's. */
public final class Transfer extends ApiFunction<Transfer.Request, Transfer.Receipt> {
    /** To whom, how much, and a word with it. */
    public record Request(Phone toPhone, Money amount, Optional<String> note) {}

    /** What the payer keeps of it. */
    public record Receipt(
            TransferId transferId,
            EntryId transactionId,
            String to,
            Money amount,
            String currency,
            Money balance,
            Optional<String> note,
            Instant at) {}

    private final Ledger ledger = new Ledger(database(), clock());
    private final Directory directory =
            new Directory(database(), PhoneHash.keyed(surroundings().keyedHash()), clock());

    /** For everybody who is signed in. */
    public Transfer() {
        super(Access.SIGNED_IN);
    }

    @Override
    protected Receipt handle(Caller caller, Request request) {
        Holder recipient = directory
                .find(request.toPhone(), caller.user())
                .orElseThrow(() -> new WalletProblem.RecipientUnknown().asException());
        Posting posting = Posting.transfer(caller.wallet(), recipient.wallet(), request.amount());
        Posted posted = ledger.post(request.note().map(posting::described).orElse(posting), caller)
                .orThrow();
        return new Receipt(
                posted.transfer(),
                posted.entryOf(caller.wallet()).id(),
                recipient.displayName(),
                request.amount(),
                Money.CURRENCY,
                posted.balanceOf(caller.wallet()),
                request.note(),
                posted.at());
    }
}
