package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the first KYC tier lets a person send, by days and months of Lomé. */
final class LimitsTest {
    private static final ZoneId LOME = ZoneId.of("Africa/Lome");
    private static final long SINGLE = 25_000;
    private static final int PAYMENTS_A_DAY = 2;
    private static final int FULL_DAYS_A_MONTH = 10;

    @RegisterExtension
    final Scene scene = new Scene();

    private final People people = scene.people();

    @Test
    void singlePayment_isLimited() {
        Person afi = people.signUpWith(100_000);
        Person kossi = people.signUp();
        assertLimited(afi.send(SINGLE + 1, kossi), "single", 25_000, 25_000);
        afi.send(SINGLE, kossi).expect(201);
    }

    @Test
    void day_isLimited_andBeginsAnewAtMidnightInLome() {
        Person afi = people.signUpWith(200_000);
        Person kossi = people.signUp();
        scene.cloud().advanceTo(midnight(today().plusDays(1)));
        Api morning = afi.signIn();
        spendTheDay(afi, morning, kossi);
        assertLimited(afi.send(morning, 1, kossi), "daily", 50_000, 0);
        scene.cloud().advanceTo(midnight(today().plusDays(1)).minusSeconds(60));
        Api evening = afi.signIn();
        assertLimited(afi.send(evening, 1, kossi), "daily", 50_000, 0);
        scene.cloud().advanceTo(midnight(today().plusDays(1)));
        afi.send(evening, 1, kossi).expect(201);
        Answer wallet = evening.get("/api/wallet/balance").expect(200);
        assertEquals(1, wallet.body().at("/limits/daily/used").longValue());
    }

    @Test
    void month_isLimited_andBeginsAnewOnItsFirstDay() {
        Person afi = people.signUpWith(1_000_000);
        Person kossi = people.signUp();
        LocalDate first = today().withDayOfMonth(1).plusMonths(1);
        for (int day = 0; day < FULL_DAYS_A_MONTH; day++) {
            scene.cloud().advanceTo(midnight(first.plusDays(day)));
            spendTheDay(afi, afi.signIn(), kossi);
        }
        scene.cloud().advanceTo(midnight(first.plusDays(FULL_DAYS_A_MONTH)));
        assertLimited(afi.send(afi.signIn(), 1, kossi), "monthly", 500_000, 0);
        scene.cloud().advanceTo(midnight(first.plusMonths(1)));
        afi.send(afi.signIn(), SINGLE, kossi).expect(201);
    }

    @Test
    void whatIsReceived_doesNotCount() {
        Person afi = people.signUpWith(100_000);
        Person kossi = people.signUp();
        spendTheDay(afi, afi.api(), kossi);
        Answer wallet = kossi.api().get("/api/wallet/balance").expect(200);
        assertEquals(0, wallet.body().at("/limits/daily/used").longValue());
        spendTheDay(kossi, kossi.api(), afi);
    }

    private static void spendTheDay(Person from, Api signedIn, Person to) {
        for (int payment = 0; payment < PAYMENTS_A_DAY; payment++) {
            from.send(signedIn, SINGLE, to).expect(201);
        }
    }

    private static void assertLimited(Answer answer, String which, long limit, long left) {
        answer.refused(422, "limit_exceeded");
        assertEquals(which, answer.text("which"));
        assertEquals(limit, answer.number("limit"));
        assertEquals(left, answer.number("left"));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(scene.cloud().now(), LOME);
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(LOME).toInstant();
    }
}
