package tg.ecom.payments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.PaymentId;
import tg.ecom.payments.CloudServer.Sent;
import tg.ecom.platform.Caller;
import tg.ecom.platform.Tick;

/** How operators are asked, once and again, with an operator over HTTP. */
class ChargesTest {
    private static final long AMOUNT = 20_000;

    private final Scene scene = new Scene();
    private final Caller afi = scene.person();
    private final Charges charges = scene.charges();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void debitThatWasTaken_isAskedAboutAfter15Seconds() {
        PaymentId id = scene.begun(afi, AMOUNT);
        charges.initiate(id);
        assertEquals(
                List.of(new Sent(Question.onSchedule(id, 0), 15)), scene.cloud().sent());
        assertEquals(List.of("begun", "asked"), scene.events(id));
    }

    @Test
    void debitWithoutAnswer_isAskedAboutSoon_andNotMadeTwice() {
        PaymentId id = scene.begun(afi, AMOUNT);
        scene.yas().mishap("500 oops");
        charges.initiate(id);
        assertEquals(
                List.of(new Sent(Question.onSchedule(id, 0), 3)), scene.cloud().sent());
        assertEquals(PaymentStatus.PENDING, scene.status(id));
        assertEquals(0, scene.yas().debits());

        // The operator has never heard of it, so it is asked again by the same name.
        charges.ask(Question.onSchedule(id, 0));
        assertEquals(1, scene.yas().debits());
        assertEquals(
                List.of(new Sent(Question.onSchedule(id, 1), 30)), scene.cloud().sent());
        charges.initiate(id);
        assertEquals(1, scene.yas().debits());
    }

    @Test
    void operatorThatRefusesAtOnce_endsIt() {
        PaymentId id = scene.begun(afi, AMOUNT);
        scene.yas().mishap("400 {\"code\": 4003}");
        charges.initiate(id);
        assertEquals(PaymentStatus.FAILED, scene.status(id));
        assertEquals(List.of(), scene.cloud().sent());
    }

    @Test
    void questionsOnSchedule_comeEverMoreRarely_andEndAfterThreeDays() {
        PaymentId id = scene.asked(afi, AMOUNT);
        int number = 0;
        while (scene.number("select count(*) from payments.payments where next_question_at is not null") == 1) {
            scene.clock().advance(Question.delay(number));
            charges.ask(Question.onSchedule(id, number));
            number++;
        }
        assertEquals(
                List.of(30, 60, 120, 240, 480),
                scene.cloud().sent().stream().map(Sent::delayS).toList());
        assertEquals(PaymentStatus.EXPIRED, scene.status(id));
        assertTrue(number > 15 && number < 25, () -> "questions");
        assertTrue(scene.clock().instant().isAfter(scene.payment(id).createdAt().plus(Duration.ofDays(2))));
    }

    @Test
    void questionThatComesTwice_asksNoMoreQuestions() {
        PaymentId id = scene.asked(afi, AMOUNT);
        charges.ask(Question.onSchedule(id, 0));
        charges.ask(Question.onSchedule(id, 0));
        assertEquals(
                List.of(new Sent(Question.onSchedule(id, 1), 30)), scene.cloud().sent());
        charges.ask(Question.atOnce(id));
        assertEquals(List.of(), scene.cloud().sent());
    }

    @Test
    void settledPayment_isNotAskedAbout() {
        PaymentId id = scene.asked(afi, AMOUNT);
        scene.yas().pay(Reference.of(id));
        charges.ask(Question.atOnce(id));
        int queries = scene.yas().queries();
        charges.ask(Question.onSchedule(id, 0));
        charges.ask(Question.atOnce(id));
        assertEquals(queries, scene.yas().queries());
        assertEquals(AMOUNT, scene.balance(afi));
        assertEquals(List.of(), scene.cloud().sent());
    }

    @Test
    void closing_asksOneLastTime() {
        PaymentId paid = scene.asked(afi, AMOUNT);
        PaymentId not = scene.asked(afi, AMOUNT);
        scene.yas().pay(Reference.of(paid));
        scene.clock().advance(PaymentBegin.WINDOW);
        assertEquals(PaymentStatus.SUCCEEDED, charges.close(paid).status());
        assertEquals(PaymentStatus.EXPIRED, charges.close(not).status());
        assertEquals(PaymentStatus.EXPIRED, charges.close(not).status());
        assertEquals(AMOUNT, scene.balance(afi));
    }

    @Test
    void lateSuccess_isCredited_alsoWhenOnlyAskingTellsOfIt() {
        PaymentId id = scene.asked(afi, AMOUNT);
        scene.clock().advance(PaymentBegin.WINDOW);
        charges.close(id);
        scene.yas().pay(Reference.of(id));
        charges.ask(Question.onSchedule(id, 0));
        assertEquals(PaymentStatus.SUCCEEDED, scene.status(id));
        assertEquals(AMOUNT, scene.balance(afi));
    }

    @Test
    void expiredPayment_isNotDebitedAgain() {
        PaymentId id = scene.begun(afi, AMOUNT);
        scene.clock().advance(PaymentBegin.WINDOW);
        charges.ask(Question.onSchedule(id, 0));
        assertEquals(0, scene.yas().debits());
        assertEquals(PaymentStatus.PENDING, scene.status(id));
        scene.clock().advance(Duration.ofMinutes(1));
        charges.ask(Question.onSchedule(id, 1));
        assertEquals(PaymentStatus.EXPIRED, scene.status(id));
    }

    @Test
    void operatorThatSaysNoAndLaterYes_isLookedInto() {
        PaymentId id = scene.asked(afi, AMOUNT);
        scene.yas().refuse(Reference.of(id));
        charges.ask(Question.atOnce(id));
        assertEquals(PaymentStatus.FAILED, scene.status(id));
        scene.yas().pay(Reference.of(id));
        charges.ask(Question.atOnce(id));
        assertEquals(PaymentStatus.REVIEW, scene.status(id));
        assertEquals(Optional.of("succeeded_after_failure"), scene.payment(id).reason());
        assertEquals(0, scene.balance(afi));
    }

    @Test
    void sweeper_findsWhatNobodyAsksAbout() {
        PaymentId id = scene.begun(afi, AMOUNT);
        scene.begun(scene.person(), AMOUNT);
        scene.clock().advance(Duration.ofSeconds(119));
        sweep();
        assertEquals(List.of(), scene.cloud().sent());
        scene.clock().advance(Duration.ofSeconds(1));
        sweep();
        List<Sent> sent = scene.cloud().sent();
        assertEquals(2, sent.size());
        assertTrue(sent.contains(new Sent(Question.onSchedule(id, 0), 0)), sent::toString);
        sweep();
        assertEquals(List.of(), scene.cloud().sent());
        // The saga never started: the question itself has the operator asked.
        charges.ask(Question.onSchedule(id, 0));
        assertEquals(1, scene.yas().debits());
    }

    @Test
    void sweeper_goesOnOverMoreThanABatch() {
        for (int i = 0; i < Questions.BATCH_MAX + 1; i++) {
            scene.begun(scene.person(), 1);
        }
        scene.clock().advance(Duration.ofMinutes(2));
        sweep();
        assertEquals(Questions.BATCH_MAX + 1, scene.cloud().sent().size());
    }

    @Test
    void queueThatIsDown_losesNothing() {
        PaymentId id = scene.begun(afi, AMOUNT);
        scene.cloud().stopQueue();
        charges.initiate(id);
        assertEquals(PaymentStatus.PENDING, scene.status(id));
        assertEquals(1, scene.number("select count(*) from payments.payments where next_question_at is not null"));
    }

    private void sweep() {
        try (SweepPayments sweeper = scene.sweeper()) {
            sweeper.handle(new Tick());
        }
    }
}
