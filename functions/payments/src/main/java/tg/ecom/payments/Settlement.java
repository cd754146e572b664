package tg.ecom.payments;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.EventId;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.ledger.Caps;
import tg.ecom.ledger.Category;
import tg.ecom.ledger.Ledger;
import tg.ecom.ledger.Posting;
import tg.ecom.ledger.PostingResult;
import tg.ecom.payments.Operator.Answer;
import tg.ecom.platform.Database;
import tg.ecom.platform.DomainEvent;
import tg.ecom.platform.Outbox;
import tg.ecom.platform.Sagas;

/**
 * Takes in what an operator says. Status, event, money, news for others and for the waiting saga are one transaction
 * under the payment's lock, so that money moves once, whoever brings the news and however often.
 */
final class Settlement {
    private final Database database;
    private final Ledger ledger;
    private final Payments payments;
    private final Sagas sagas;
    private final InstantSource clock;

    Settlement(Database database, Sagas sagas, InstantSource clock) {
        this.database = database;
        this.ledger = new Ledger(database, clock);
        this.payments = new Payments(clock);
        this.sagas = sagas;
        this.clock = clock;
    }

    /**
     * Has an answer change its payment, if it does.
     *
     * @param closing whether a payment that is still pending then ends: its window is over
     * @return the payment as it is then; empty when there is none
     */
    Optional<Payment> settle(PaymentId id, Answer answer, boolean closing) {
        Settled settled;
        try {
            settled = database.transact(transaction -> settle(transaction, id, answer, closing, Optional.empty()));
        } catch (NotCreditable refused) {
            settled = database.transact(
                    transaction -> settle(transaction, id, answer, closing, Optional.of(refused.reason)));
        }
        settled.wake().ifPresent(sagas::deliver);
        return settled.payment();
    }

    /** Tells the waiting saga once more how a payment ended; who was told before may not have been waiting yet. */
    void tellAgain(Payment payment) {
        database.transact(transaction -> news(transaction, payment)).ifPresent(sagas::deliver);
    }

    private Settled settle(
            Handle transaction, PaymentId id, Answer answer, boolean closing, Optional<String> notCreditable) {
        Optional<Payment> locked = Payments.lock(transaction, id, answer.operatorReference());
        if (locked.isEmpty()) {
            return new Settled(locked, Optional.empty());
        }
        Payment payment = locked.get();
        Optional<Verdict> verdict = Verdict.of(payment, answer)
                .map(told -> notCreditable.map(Verdict::review).orElse(told))
                .or(() -> closing && payment.status() == PaymentStatus.PENDING
                        ? Optional.of(Verdict.NOT_APPROVED)
                        : Optional.empty());
        return verdict.map(decided -> apply(transaction, payment, decided, answer))
                .orElseGet(() -> new Settled(locked, Optional.empty()));
    }

    private Settled apply(Handle transaction, Payment before, Verdict verdict, Answer answer) {
        Payment payment = payments.change(transaction, before, verdict, answer);
        PaymentNews told = PaymentNews.of(payment);
        Outbox.write(
                transaction,
                new DomainEvent(
                        new EventId(Uuid7.next(clock)),
                        told.type(before.status()),
                        payment.id().value(),
                        payment.version(),
                        payment.updatedAt(),
                        told));
        Optional<Sagas.Wake> wake =
                before.status() == PaymentStatus.PENDING ? news(transaction, payment) : Optional.empty();
        if (payment.status() == PaymentStatus.SUCCEEDED) {
            credit(transaction, payment, answer);
        }
        return new Settled(Optional.of(payment), wake);
    }

    private Optional<Sagas.Wake> news(Handle transaction, Payment payment) {
        return sagas.news(
                transaction,
                payment.id().value(),
                ChargeOutcome.WAIT,
                ChargeOutcome.of(payment).news());
    }

    /** Last, so that the wallet is locked for as short as can be. */
    private void credit(Handle transaction, Payment payment, Answer answer) {
        Category category = payment.purpose().category();
        Posting posting = new Posting(
                List.of(
                        Posting.Entry.debit(payment.operatorWallet(), payment.amount(), category),
                        Posting.Entry.credit(payment.wallet(), payment.amount(), category)
                                .as(payment.entry())),
                Caps.COUNTED,
                new Posting.Details(
                        Optional.empty(),
                        Map.of(),
                        payment.order(),
                        payment.method(),
                        answer.operatorReference(),
                        Optional.empty()),
                Optional.empty(),
                Optional.empty());
        switch (ledger.within(transaction).post(posting)) {
            case PostingResult.Posted posted -> {}
            case PostingResult.Refused refused ->
                throw new NotCreditable(refused.problem().code());
        }
    }

    private record Settled(Optional<Payment> payment, Optional<Sagas.Wake> wake) {}

    /** The ledger does not take the money in, so that the transaction can't be. */
    private static final class NotCreditable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        NotCreditable(String reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
