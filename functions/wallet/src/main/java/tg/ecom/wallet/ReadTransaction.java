package tg.ecom.wallet;

import java.time.Instant;
import java.util.Optional;
import tg.ecom.kernel.EntryId;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Text;
import tg.ecom.kernel.TransferId;
import tg.ecom.ledger.Ledger;
import tg.ecom.ledger.Transaction;
import tg.ecom.platform.Access;
import tg.ecom.platform.ApiFunction;
import tg.ecom.platform.Caller;
import tg.ecom.platform.CommonProblem;

/** GET /api/wallet/transactions/{id}: one transaction of the caller, with its receipt. Another's is not found. */
public final class ReadTransaction extends ApiFunction<ReadTransaction.Request, ReadTransaction.Answer> {
    private static final Text YOU = new Text("Vous", "You");

    /** Which one. */
    public record Request(EntryId id) {}

    /** The transaction and, once it has completed, what proves it. */
    public record Answer(WalletTransaction transaction, Optional<Receipt> receipt) {}

    /** Who paid whom; the other party's name is masked. */
    public record Receipt(
            TransferId transferId,
            String from,
            String to,
            Money amount,
            String currency,
            Optional<String> note,
            Instant at) {}

    private final Ledger ledger = new Ledger(database(), clock());

    /** For everybody who is signed in. */
    public ReadTransaction() {
        super(Access.SIGNED_IN);
    }

    @Override
    protected Answer handle(Caller caller, Request request) {
        Transaction found = ledger.transaction(caller.wallet(), request.id())
                .orElseThrow(() -> new CommonProblem.NotFound().asException());
        Optional<Receipt> receipt = found.transfer()
                .map(transfer ->
                        receipt(transfer, found, YOU.in(caller.visitor().language())));
        return new Answer(WalletTransaction.of(found), receipt);
    }

    private static Receipt receipt(TransferId transfer, Transaction found, String you) {
        String other = found.counterparty().orElse("Ecom");
        boolean came = found.type() == Transaction.Type.CREDIT;
        return new Receipt(
                transfer,
                came ? other : you,
                came ? you : other,
                found.amount(),
                found.currency(),
                found.description(),
                found.createdAt());
    }
}
