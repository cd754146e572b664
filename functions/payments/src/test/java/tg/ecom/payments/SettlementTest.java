package tg.ecom.payments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.payments.Operator.Answer;
import tg.ecom.payments.Operator.Status;
import tg.ecom.platform.Caller;
import tg.ecom.testing.Together;

/** What each answer makes of a payment in each state, with money in a real PostgreSQL. */
class SettlementTest {
    private static final long AMOUNT = 20_000;
    private static final int PARALLEL = 8;

    private final Scene scene = new Scene();
    private final Caller afi = scene.person();
    private final Settlement settlement = scene.settlement();

    @AfterEach
    void close() {
        scene.close();
    }

    static Stream<Arguments> statesAndAnswers() {
        return Stream.of(PaymentStatus.values())
                .flatMap(state -> Stream.of(Status.values()).map(answer -> Arguments.of(state, answer)));
    }

    @ParameterizedTest
    @MethodSource("statesAndAnswers")
    void eachAnswer_inEachState(PaymentStatus before, Status said) {
        PaymentId id = inState(before);
        long had = scene.balance(afi);
        int events = scene.events(id).size();

        PaymentStatus after = settle(id, answer(id, said, AMOUNT)).status();

        assertEquals(expected(before, said), after);
        assertEquals(after, scene.status(id));
        long came = after == PaymentStatus.SUCCEEDED && before != PaymentStatus.SUCCEEDED ? AMOUNT : 0;
        assertEquals(had + came, scene.balance(afi));
        assertEquals(events + (after == before ? 0 : 1), scene.events(id).size());
        assertEquals(
                after == before ? 0 : 1,
                scene.number(
                                "select count(*) from platform.outbox where subject_version > 1 and subject_id = ?",
                                id.value())
                        - (before == PaymentStatus.PENDING ? 0 : 1));
    }

    /** The table once more, as a person would write it. */
    private static PaymentStatus expected(PaymentStatus before, Status said) {
        return switch (before) {
            case PENDING ->
                switch (said) {
                    case PENDING, UNKNOWN -> PaymentStatus.PENDING;
                    case SUCCEEDED -> PaymentStatus.SUCCEEDED;
                    case FAILED, CANCELLED -> PaymentStatus.FAILED;
                    case EXPIRED -> PaymentStatus.EXPIRED;
                };
            case EXPIRED -> said == Status.SUCCEEDED ? PaymentStatus.SUCCEEDED : before;
            case FAILED -> said == Status.SUCCEEDED ? PaymentStatus.REVIEW : before;
            case SUCCEEDED, REVIEW -> before;
        };
    }

    @Test
    void success_isOneEntryWithThePaymentsId() {
        PaymentId id = scene.begun(afi, AMOUNT);
        settle(id, answer(id, Status.SUCCEEDED, AMOUNT));
        assertEquals(
                AMOUNT,
                scene.number(
                        "select amount from ledger.transactions where id = ? and status = 'completed'", id.value()));
        assertEquals(1, scene.number("select count(*) from ledger.transactions where id = ?", id.value()));
        assertEquals(List.of("begun", "succeeded"), scene.events(id));
        assertEquals(
                AMOUNT,
                scene.number(
                        "select reloaded_month from ledger.wallets where id = ?",
                        afi.user().value()));
        assertEquals(1, scene.number("select count(*) from ledger.transfers where external_reference = 'T1'"));
    }

    @Test
    void capsAreMetAtTheBegin_andTurnNoMoneyAwayThatWasPaid() {
        PaymentId id = scene.begun(afi, 1_500_000);
        scene.superuser()
                .useHandle(handle -> handle.execute(
                        "update ledger.wallets set reloaded_month = 9900000 where id = ?",
                        afi.user().value()));
        assertEquals(
                PaymentStatus.SUCCEEDED,
                settle(id, answer(id, Status.SUCCEEDED, 1_500_000)).status());
    }

    @Test
    void whatDoesNotFit_goesToReviewAndMovesNothing() {
        assertReview("amount_differs", id -> answer(id, Status.SUCCEEDED, AMOUNT - 100));
        assertReview("reference_differs", id -> withReference(answer(id, Status.SUCCEEDED, AMOUNT), "0".repeat(26)));
        assertReview("currency_differs", id -> {
            Answer fits = answer(id, Status.SUCCEEDED, AMOUNT);
            return new Answer(
                    fits.status(),
                    fits.word(),
                    false,
                    fits.operatorReference(),
                    fits.reference(),
                    fits.amount(),
                    "EUR");
        });
        assertEquals(0, scene.balance(afi));
    }

    @Test
    void oneDebitAtTheOperator_paysOnePayment() {
        PaymentId first = scene.begun(afi, AMOUNT);
        PaymentId second = scene.begun(afi, AMOUNT);
        settle(first, answer(first, Status.SUCCEEDED, AMOUNT));
        Payment after = settle(second, answer(second, Status.SUCCEEDED, AMOUNT));
        assertEquals(PaymentStatus.REVIEW, after.status());
        assertEquals(Optional.of("operator_reference_taken"), after.reason());
        assertEquals(AMOUNT, scene.balance(afi));
    }

    @ParameterizedTest
    @ValueSource(strings = {"frozen", "closed"})
    void walletThatIsNotActive_isLookedInto(String status) {
        PaymentId id = scene.begun(afi, AMOUNT);
        scene.superuser()
                .useHandle(handle -> handle.execute(
                        "update ledger.wallets set status = cast(? as ledger.wallet_status) where id = ?",
                        status,
                        afi.user().value()));
        Payment after = settle(id, answer(id, Status.SUCCEEDED, AMOUNT));
        assertEquals(PaymentStatus.REVIEW, after.status());
        assertEquals(Optional.of("wallet_not_active"), after.reason());
        assertEquals(0, scene.balance(afi));
    }

    @Test
    void newsAtTheSameMoment_creditsOnce() {
        PaymentId id = scene.begun(afi, AMOUNT);
        Answer paid = answer(id, Status.SUCCEEDED, AMOUNT);
        Together.succeeded(PARALLEL, scene::settlement, own -> own.settle(id, paid, true));
        assertEquals(AMOUNT, scene.balance(afi));
        assertEquals(List.of("begun", "succeeded"), scene.events(id));
    }

    @Test
    void successAndFailureAtTheSameMoment_endAsOneSaid() {
        for (int round = 0; round < PARALLEL; round++) {
            long had = scene.balance(afi);
            PaymentId id = scene.begun(afi, AMOUNT);
            Answer paid = withOperatorReference(answer(id, Status.SUCCEEDED, AMOUNT), "R" + round);
            Answer refused = answer(id, Status.FAILED, AMOUNT);
            Settlement one = scene.settlement();
            Settlement other = scene.settlement();
            Together.call(List.of(() -> one.settle(id, paid, false), () -> other.settle(id, refused, false)));
            PaymentStatus after = scene.status(id);
            assertEquals(had + (after == PaymentStatus.SUCCEEDED ? AMOUNT : 0), scene.balance(afi));
            assertEquals(
                    after == PaymentStatus.SUCCEEDED ? 2 : 3, scene.events(id).size(), after.code());
        }
    }

    @Test
    void closing_endsWhatIsStillPending() {
        PaymentId id = scene.begun(afi, AMOUNT);
        Payment after =
                scene.settlement().settle(id, Answer.unknown("time-out"), true).orElseThrow();
        assertEquals(PaymentStatus.EXPIRED, after.status());
        assertEquals(Optional.of("not_approved"), after.reason());
        assertEquals(
                PaymentStatus.SUCCEEDED,
                settle(id, answer(id, Status.SUCCEEDED, AMOUNT)).status());
        assertEquals(List.of("begun", "expired", "succeeded"), scene.events(id));
        assertEquals(1, scene.number("""
                        select count(*) from platform.outbox
                        where type = 'payment.completed_late'
                        """));
    }

    @Test
    void paymentThatThereIsNot_changesNothing() {
        PaymentId nobodys = new PaymentId(Uuid7.next(scene.clock()));
        assertEquals(
                Optional.empty(), scene.settlement().settle(nobodys, answer(nobodys, Status.SUCCEEDED, AMOUNT), true));
    }

    @Test
    void eventsAreOnlyAddedTo() {
        PaymentId id = scene.begun(afi, AMOUNT);
        for (String change : new String[] {
            "update payments.payment_events set kind = 'x' where payment_id = ?",
            "delete from payments.payment_events where payment_id = ?"
        }) {
            assertThrows(
                    UnableToExecuteStatementException.class,
                    () -> scene.superuser().useHandle(handle -> handle.execute(change, id.value())));
        }
    }

    @Test
    void phone_standsNowhereInTheClear() {
        PaymentId id = scene.begun(afi, AMOUNT);
        settle(id, answer(id, Status.SUCCEEDED, AMOUNT));
        String phone = scene.superuser()
                .withHandle(handle -> handle.createQuery("select substr(phone, 5) from auth.users where id = ?")
                        .bind(0, afi.user().value())
                        .mapTo(String.class)
                        .one());
        String rows = scene.superuser()
                .withHandle(
                        handle -> handle.createQuery("""
                        select string_agg(t, '') from (
                            select p::text from payments.payments p
                            union all select e::text from payments.payment_events e
                            union all select o::text from platform.outbox o
                            union all select s::text from platform.saga_starts s) all_rows(t)
                        """).mapTo(String.class).one());
        assertFalse(rows.contains(phone), rows);
    }

    private interface Said {
        Answer of(PaymentId id);
    }

    private void assertReview(String reason, Said said) {
        PaymentId id = scene.begun(afi, AMOUNT);
        Payment after = settle(id, said.of(id));
        assertEquals(PaymentStatus.REVIEW, after.status());
        assertEquals(Optional.of(reason), after.reason());
    }

    private PaymentId inState(PaymentStatus state) {
        PaymentId id = scene.begun(afi, AMOUNT);
        switch (state) {
            case PENDING -> {}
            case SUCCEEDED -> settle(id, answer(id, Status.SUCCEEDED, AMOUNT));
            case FAILED -> settle(id, answer(id, Status.FAILED, AMOUNT));
            case EXPIRED -> settle(id, answer(id, Status.EXPIRED, AMOUNT));
            case REVIEW -> settle(id, answer(id, Status.SUCCEEDED, 1));
        }
        assertEquals(state, scene.status(id));
        return id;
    }

    private Payment settle(PaymentId id, Answer answer) {
        return settlement.settle(id, answer, false).orElseThrow();
    }

    private static Answer answer(PaymentId id, Status status, long amount) {
        return new Answer(
                status,
                "word",
                false,
                Optional.of("T1"),
                Optional.of(Reference.of(id).text()),
                Optional.of(amount),
                "XOF");
    }

    private static Answer withReference(Answer answer, String reference) {
        return new Answer(
                answer.status(),
                answer.word(),
                false,
                answer.operatorReference(),
                Optional.of(reference),
                answer.amount(),
                answer.currency());
    }

    private static Answer withOperatorReference(Answer answer, String operatorReference) {
        return new Answer(
                answer.status(),
                answer.word(),
                false,
                Optional.of(operatorReference),
                answer.reference(),
                answer.amount(),
                answer.currency());
    }
}
