package tg.ecom.payments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static tg.ecom.payments.Refused.refused;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.PaymentId;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.Problem;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.Caller;
import tg.ecom.testing.Together;

/** How a recharge begins, and how it is shown. */
class RechargeTest {
    private static final int PARALLEL = 8;

    private final Scene scene = new Scene();
    private final Caller afi = scene.person();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void recharge_beginsWithEverythingInOneStatement() {
        Recharge.Answer answer = scene.recharge().handle(Scene.attempting(afi), Scene.byYas(20_000));

        PaymentId id = answer.rechargeId();
        assertEquals("pending", answer.status());
        assertEquals(2_000, answer.pollAfterMs());
        assertEquals(List.of("begun"), scene.events(id));
        JsonNode started = scene.cloud().machineCalls().getFirst();
        assertEquals("StartExecution", started.path("action").asText());
        assertEquals(id.toString(), started.path("name").asText());
        assertEquals(
                "{\"version\":1,\"payment_id\":\"" + id + "\",\"window_s\":600}",
                started.path("input").asText());
        assertEquals(0, scene.number("select count(*) from platform.saga_starts"));
        assertEquals(0, scene.balance(afi));
    }

    @Test
    void startThatCanNotBeMade_staysOwed() {
        scene.cloud().stopMachines();
        PaymentId id = scene.begun(afi, 500);
        assertEquals(1, scene.number("""
                select count(*) from platform.saga_starts
                where name = ? and input = jsonb_build_object('version', 1, 'payment_id', ?, 'window_s', 600)
                """, id.toString(), id.toString()));
    }

    @Test
    void sameKeyAndBody_isTheSameRecharge() {
        Caller attempt = Scene.attempting(afi, "key", "aa");
        PaymentId first = scene.recharge().handle(attempt, Scene.byYas(500)).rechargeId();
        scene.clock().advance(Duration.ofHours(1));
        assertEquals(first, scene.recharge().handle(attempt, Scene.byYas(500)).rechargeId());
        refused(
                "idempotency_key_reused",
                () -> scene.recharge().handle(Scene.attempting(afi, "key", "bb"), Scene.byYas(600)));
        assertNotEquals(
                first,
                scene.recharge()
                        .handle(Scene.attempting(scene.person(), "key", "aa"), Scene.byYas(500))
                        .rechargeId());
        assertEquals(2, scene.number("select count(*) from payments.payments"));
        assertEquals(2, scene.cloud().machineCalls().size());
    }

    @Test
    void sameKeyAtTheSameMoment_isOneRecharge() {
        Caller attempt = Scene.attempting(afi, "key", "aa");
        assertEquals(
                PARALLEL, Together.succeeded(PARALLEL, scene::recharge, own -> own.handle(attempt, Scene.byYas(500))));
        assertEquals(1, scene.number("select count(*) from payments.payments"));
    }

    @Test
    void capOnBalance_countsWhatIsPending() {
        scene.begun(afi, 1_500_000);
        Caller attempt = Scene.attempting(afi, "key", "aa");
        refused("balance_cap_exceeded", () -> scene.recharge().handle(attempt, Scene.byYas(500_001)));
        // A refusal is not stored: the same key may succeed.
        scene.recharge().handle(attempt, Scene.byYas(500_000));
    }

    @Test
    void capOnBalance_countsWhatIsPendingAtTheSameMoment() {
        assertEquals(
                4,
                Together.succeeded(
                        PARALLEL, scene::recharge, own -> own.handle(Scene.attempting(afi), Scene.byYas(500_000))));
        assertEquals(2_000_000, scene.number("select sum(amount)::bigint from payments.payments"));
    }

    @Test
    void beginsAndCreditsAtTheSameMoment_neverPassTheCap() {
        for (int i = 0; i < 4; i++) {
            PaymentId paid = scene.asked(afi, 250_000);
            scene.yas().pay(Reference.of(paid));
            Charges charges = scene.charges();
            Recharge one = scene.recharge();
            Recharge other = scene.recharge();
            Together.call(List.of(
                    () -> Together.succeeded(1, () -> charges, own -> own.ask(Question.atOnce(paid))),
                    () -> Together.succeeded(
                            1, () -> one, own -> own.handle(Scene.attempting(afi), Scene.byYas(250_000))),
                    () -> Together.succeeded(
                            1, () -> other, own -> own.handle(Scene.attempting(afi), Scene.byYas(250_000)))));
            assertEquals(250_000L * (i + 1), scene.balance(afi));
            scene.superuser().useHandle(handle -> handle.execute("""
                    update payments.payments set status = 'failed' where status = 'pending'
                    """));
        }
        assertEquals(1_000_000, scene.balance(afi));
        scene.begun(afi, 1_000_000);
        refused("balance_cap_exceeded", () -> scene.begun(afi, 1));
    }

    @Test
    void monthsReloads_countWhatIsPending() {
        scene.superuser()
                .useHandle(handle -> handle.execute(
                        "update ledger.wallets set counted_on = '2026-11-23', reloaded_month = 9000000 where id = ?",
                        afi.user().value()));
        scene.begun(afi, 600_000);
        assertEquals(
                Map.of("which", "reload", "limit", 10_000_000L, "left", 400_000L),
                refused("limit_exceeded", () -> scene.begun(afi, 400_001)).members());
        scene.begun(afi, 400_000);
        scene.clock().advance(Duration.ofDays(8));
        scene.begun(afi, 1_000_000);
    }

    @Test
    void whatHasEnded_countsNoMore() {
        refuse(scene.asked(afi, 2_000_000));
        scene.begun(afi, 2_000_000);
    }

    @Test
    void phonesCanNotBePesteredWithoutEnd() {
        for (int i = 0; i < 10; i++) {
            scene.begun(afi, 1);
        }
        refused("too_many_pending", () -> scene.begun(afi, 1));
    }

    @Test
    void phonesThatRefuse_areAskedTenTimesAnHour() {
        for (int i = 0; i < 10; i++) {
            refuse(scene.asked(afi, 1));
            scene.clock().advance(Duration.ofMinutes(1));
        }
        Problem tooMany = refused("too_many_requests", () -> scene.begun(afi, 1));
        assertEquals(Optional.of(Duration.ofMinutes(50)), tooMany.retryAfter());
        assertEquals(10, scene.number("select count(*) from payments.payments"));

        scene.clock().advance(Duration.ofMinutes(50));
        refuse(scene.asked(afi, 1));
        assertEquals(
                Optional.of(Duration.ofMinutes(1)),
                refused("too_many_requests", () -> scene.begun(afi, 1)).retryAfter());
    }

    @Test
    void phonesThatPay_areAskedAsOftenAsTheyPay() {
        for (int i = 0; i < 12; i++) {
            PaymentId id = scene.asked(afi, 1);
            scene.yas().pay(Reference.of(id));
            scene.charges().ask(Question.atOnce(id));
        }
        assertEquals(12, scene.balance(afi));
    }

    @Test
    void walletThatIsNotActive_isRefused() {
        setStatus("frozen");
        refused("wallet_frozen", () -> scene.begun(afi, 1));
        setStatus("closed");
        refused("wallet_closed", () -> scene.begun(afi, 1));
    }

    @Test
    void endedSession_beginsNothing() {
        scene.superuser()
                .useHandle(handle -> handle.execute(
                        "update ledger.wallets set session_epoch = 1 where id = ?",
                        afi.user().value()));
        refused("session_revoked", () -> scene.begun(afi, 1));
    }

    @ParameterizedTest
    @EnumSource(
            value = RechargeMethod.class,
            names = {"YAS"},
            mode = EnumSource.Mode.EXCLUDE)
    void otherMethods_areNotThereYet(RechargeMethod method) {
        Recharge.Request request = new Recharge.Request(new Money(500), method, Optional.empty());
        refused("method_unavailable", () -> scene.recharge().handle(Scene.attempting(afi), request));
    }

    @Test
    void phoneOfAnotherCountry_isNotAsked() {
        refused(
                "phone_not_served",
                () -> scene.recharge().handle(Scene.attempting(afi), Scene.byYas(500, Phone.of("+33612345678"))));
        assertEquals(0, scene.number("select count(*) from payments.payments"));
    }

    @Test
    void phoneIsTheCallersOwn_unlessAnotherIsNamed() {
        Phone other = Phone.of("93000001");
        PaymentId named = scene.recharge()
                .handle(Scene.attempting(afi), Scene.byYas(500, other))
                .rechargeId();
        scene.charges().initiate(named);
        PaymentId own = scene.asked(afi, 500);

        assertEquals("22893000001", numberAsked(named));
        String mine = scene.superuser()
                .withHandle(handle -> handle.createQuery("select substr(phone, 2) from auth.users where id = ?")
                        .bind(0, afi.user().value())
                        .mapTo(String.class)
                        .one());
        assertEquals(mine, numberAsked(own));
    }

    @Test
    void pendingRecharge_saysWhatToDo() {
        PaymentId id = scene.recharge()
                .handle(Scene.attempting(afi), Scene.byYas(500, Phone.of("93000001")))
                .rechargeId();
        ReadRecharge.Answer read = read(afi, id);
        assertEquals(PaymentStatus.PENDING, read.status());
        assertEquals("+22893****01", read.phone());
        assertEquals(
                Optional.of(new ReadRecharge.Action(
                        ReadRecharge.ActionType.APPROVE_ON_PHONE,
                        "Approuvez le paiement sur le téléphone +22893****01 avec votre code secret.")),
                read.action());
        assertEquals(Optional.of(2_000), read.pollAfterMs());
        scene.clock().advance(Duration.ofMinutes(2));
        assertEquals(Optional.of(10_000), read(afi, id).pollAfterMs());
    }

    @Test
    void settledRecharge_saysHow() {
        PaymentId id = scene.asked(afi, 500);
        scene.yas().refuse(Reference.of(id));
        scene.charges().ask(Question.atOnce(id));
        ReadRecharge.Answer read = read(afi, id);
        assertEquals(PaymentStatus.FAILED, read.status());
        assertEquals(Optional.of("refused"), read.reason());
        assertEquals(Optional.empty(), read.action());
        assertEquals(Optional.empty(), read.pollAfterMs());
    }

    @Test
    void anothersRecharge_isNotThere() {
        PaymentId id = scene.begun(afi, 500);
        refused("not_found", () -> read(scene.person(), id));
        refused("not_found", () -> read(afi, new PaymentId(Uuid7.next(scene.clock()))));
    }

    private ReadRecharge.Answer read(Caller caller, PaymentId id) {
        return scene.readRecharge().handle(caller, new ReadRecharge.Request(id));
    }

    private String numberAsked(PaymentId id) {
        return scene.yas()
                .debit(Reference.of(id))
                .orElseThrow()
                .path("numeroClient")
                .asText();
    }

    private void refuse(PaymentId id) {
        scene.yas().refuse(Reference.of(id));
        scene.charges().ask(Question.atOnce(id));
    }

    private void setStatus(String status) {
        scene.superuser()
                .useHandle(handle -> handle.execute(
                        "update ledger.wallets set status = cast(? as ledger.wallet_status) where id = ?",
                        status,
                        afi.user().value()));
    }
}
