package tg.ecom.payments;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tg.ecom.kernel.PaymentId;
import tg.ecom.payments.Operator.Answer;
import tg.ecom.payments.Operator.Status;
import tg.ecom.platform.Database;
import tg.ecom.platform.Sagas;
import tg.ecom.platform.Surroundings;
import tg.ecom.platform.Vault;

/** Asks operators to debit and what became of it, and settles what they answer. */
final class Charges {
    private static final Logger LOG = LoggerFactory.getLogger(Charges.class);

    /** The saga closes a charge when its window ends. Whoever finds it open so much later closes it instead. */
    private static final Duration CLOSING_GRACE = Duration.ofMinutes(1);

    /** After that no operator is asked any more unless it calls. */
    private static final Duration ASKED_FOR = Duration.ofDays(3);

    /** Where it is not known whether a debit arrived, it is asked about sooner. */
    private static final Duration DOUBT_DELAY = Duration.ofSeconds(3);

    private final Database database;
    private final Payments payments;
    private final PayerPhones phones;
    private final Settlement settlement;
    private final Questions questions;
    private final Operator operator;
    private final InstantSource clock;

    Charges(Database database, Vault vault, Sagas sagas, Questions questions, Operator operator, InstantSource clock) {
        this.database = database;
        this.payments = new Payments(clock);
        this.phones = new PayerPhones(vault);
        this.settlement = new Settlement(database, sagas, clock);
        this.questions = questions;
        this.operator = operator;
        this.clock = clock;
    }

    /** With what is around a function that declares the settings of vault, questions and YAS. */
    static Charges of(Surroundings around) {
        return new Charges(
                around.database(),
                around.vault(),
                around.sagas(),
                new Questions(around.aws(), around.settings(QuestionsSettings.class)),
                new YasOperator(around.settings(YasSettings.class), around.secrets(), around.failpoints()),
                around.clock());
    }

    /**
     * Asks the operator to debit, and sees to it that somebody asks what became of it. Twice does no harm: the
     * reference is the same. A payment that has ended meanwhile is told to the waiting saga.
     */
    void initiate(PaymentId id) {
        Payment payment = find(id).orElseThrow(() -> new IllegalArgumentException("there is no payment " + id));
        if (payment.status() != PaymentStatus.PENDING) {
            settlement.tellAgain(payment);
            return;
        }
        Answer answer = debited(payment);
        Payment after = settlement.settle(id, answer, false).orElseThrow();
        if (after.status() == PaymentStatus.PENDING) {
            Duration delay = answer.status() == Status.PENDING ? Question.delay(0) : DOUBT_DELAY;
            questions.send(Question.onSchedule(id, 0), delay);
        }
    }

    /** Puts a question, and the next one on schedule if this one was. */
    void ask(Question question) {
        Optional<Payment> asked = find(question.paymentId());
        if (asked.isEmpty() || !asked.get().status().isOpen()) {
            LOG.info("nothing to ask about payment {}", question.paymentId());
            return;
        }
        Payment payment = asked.get();
        boolean closing = !clock.instant().isBefore(payment.expiresAt().plus(CLOSING_GRACE));
        Payment after =
                settlement.settle(payment.id(), answered(payment), closing).orElseThrow();
        if (after.status() == PaymentStatus.PENDING || after.status() == PaymentStatus.EXPIRED) {
            question.number().ifPresent(number -> askAgain(after, number));
        }
    }

    /** Asks one last time, and ends the payment if it is still pending. */
    Payment close(PaymentId id) {
        Payment payment = find(id).orElseThrow(() -> new IllegalArgumentException("there is no payment " + id));
        return payment.status() == PaymentStatus.PENDING
                ? settlement
                        .settle(id, operator.query(payment.reference()), true)
                        .orElseThrow()
                : payment;
    }

    /** What the operator says. One that never heard of a debit which may still be approved is asked for it again. */
    private Answer answered(Payment payment) {
        Answer answer = operator.query(payment.reference());
        return answer.unregistered() && payment.isWithinWindow(clock.instant()) ? debited(payment) : answer;
    }

    private Answer debited(Payment payment) {
        Answer answer = operator.initiate(
                new Operator.Debit(payment.reference(), phones.of(payment), payment.amount(), payment.createdAt()));
        Instant nextQuestionAt = clock.instant().plus(Question.delay(0));
        database.call(handle -> payments.asked(handle, payment.id(), answer.word(), nextQuestionAt));
        return answer;
    }

    private void askAgain(Payment payment, int number) {
        int next = number + 1;
        Duration delay = Question.delay(next);
        Optional<Instant> nextAt = Optional.of(clock.instant().plus(delay))
                .filter(at -> at.isBefore(payment.createdAt().plus(ASKED_FOR)));
        boolean counted = database.call(handle -> Payments.next(handle, payment.id(), number, nextAt));
        // What is due later than the queue can wait, the sweeper finds.
        if (counted && nextAt.isPresent() && delay.compareTo(Questions.QUEUE_DELAY_MAX) <= 0) {
            questions.send(Question.onSchedule(payment.id(), next), delay);
        }
    }

    private Optional<Payment> find(PaymentId id) {
        return database.call(handle -> Payments.find(handle, id));
    }
}
