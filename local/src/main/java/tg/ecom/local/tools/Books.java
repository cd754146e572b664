package tg.ecom.local.tools;

import java.time.InstantSource;
import java.util.Optional;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Phone;
import tg.ecom.ledger.Category;
import tg.ecom.ledger.Directory;
import tg.ecom.ledger.Holder;
import tg.ecom.ledger.Ledger;
import tg.ecom.ledger.PaymentMethod;
import tg.ecom.ledger.PhoneHash;
import tg.ecom.ledger.Posting;
import tg.ecom.ledger.PostingResult;
import tg.ecom.ledger.Transaction;
import tg.ecom.ledger.TransactionQuery;
import tg.ecom.ledger.Verification;
import tg.ecom.ledger.Verifier;
import tg.ecom.platform.Surroundings;

/** The ledger as local's tools reach it: by the layers' own code, as a function of wallet sees it. */
public final class Books {
    private final DomainView wallet;
    private final InstantSource clock;

    /** Over what wallet sees. */
    public Books(DomainView wallet, InstantSource clock) {
        this.wallet = wallet;
        this.clock = clock;
    }

    /**
     * Pays somebody from the operator's float.
     *
     * @throws JsonAnswers.Refusal when nobody has the phone, or the ledger refuses
     */
    public synchronized PostingResult.Posted fund(Phone phone, Money amount) {
        Holder holder = holder(phone).orElseThrow(() -> new JsonAnswers.Refusal("Nobody has that phone."));
        PostingResult result = new Ledger(wallet.get().database(), clock)
                .post(Posting.funding(PaymentMethod.YAS, holder.wallet(), amount));
        return switch (result) {
            case PostingResult.Posted posted -> posted;
            case PostingResult.Refused refused ->
                throw new JsonAnswers.Refusal(
                        "The ledger refused: " + refused.problem().code() + ".");
        };
    }

    /** Whether somebody who has the phone ever got money from an operator. */
    public synchronized boolean wasFunded(Phone phone) {
        return holder(phone)
                .map(holder -> new TransactionQuery(
                        holder.wallet(),
                        Optional.of(Transaction.Type.CREDIT),
                        Optional.of(Category.RECHARGE),
                        Optional.of("completed"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        1))
                .map(query -> new Ledger(wallet.get().database(), clock).transactions(query))
                .filter(page -> !page.items().isEmpty())
                .isPresent();
    }

    /** Checks everything. */
    synchronized Verification verify() {
        return new Verifier(wallet.get().database()).verify();
    }

    /** Who has the phone. */
    public synchronized Optional<Holder> holder(Phone phone) {
        Surroundings around = wallet.get();
        return new Directory(around.database(), PhoneHash.keyed(around.keyedHash()), clock).find(phone);
    }
}
