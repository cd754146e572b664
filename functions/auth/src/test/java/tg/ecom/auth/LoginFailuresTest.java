package tg.ecom.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tg.ecom.auth.Refusals.refused;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.ecom.platform.Database;
import tg.ecom.testing.Together;

/** How wrong passwords lock, in a real PostgreSQL. */
class LoginFailuresTest {
    private static final int FAILURES_MAX = 5;
    private static final int PARALLEL = 20;
    private static final Duration LOCKED_FOR = Duration.ofMinutes(15);
    private static final byte[] PHONE = {1};
    private static final byte[] OTHER = {2};

    private final Scene scene = new Scene();
    private final Database database = scene.surroundings().database();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void fiveTries_lockThePhoneFor15Minutes_andNoOther() {
        takeFive(PHONE);
        scene.clock().advance(Duration.ofMinutes(5));
        assertEquals(
                Duration.ofMinutes(10),
                refused("login_locked", () -> take(database, PHONE))
                        .retryAfter()
                        .orElseThrow());
        take(database, OTHER);
        scene.clock().advance(Duration.ofMinutes(10));
        takeFive(PHONE);
        refused("login_locked", () -> take(database, PHONE));
    }

    @Test
    void triesWhileLocked_doNotLockForLonger() {
        takeFive(PHONE);
        scene.clock().advance(LOCKED_FOR.minusSeconds(1));
        refused("login_locked", () -> take(database, PHONE));
        scene.clock().advance(Duration.ofSeconds(1));
        take(database, PHONE);
    }

    @Test
    void failuresOfLongAgo_doNotAddUp() {
        for (int count = 0; count < 2 * FAILURES_MAX; count++) {
            take(database, PHONE);
            scene.clock().advance(LOCKED_FOR);
        }
    }

    @Test
    void parallelTries_areFiveAndNoMore() {
        assertEquals(
                FAILURES_MAX,
                Together.succeeded(PARALLEL, () -> scene.surroundings().database(), instance -> take(instance, PHONE)));
    }

    @Test
    void forgetting_isOfThatPhone_andOfAFewThatMatterNoMore() {
        for (byte old = 10; old < 30; old++) {
            take(database, new byte[] {old});
        }
        scene.clock().advance(LOCKED_FOR.multipliedBy(2).plusSeconds(1));
        take(database, PHONE);
        take(database, OTHER);
        forget(PHONE);
        assertEquals(11, scene.count("auth.login_failures"));
        assertEquals(1, scene.count("auth.login_failures where phone_hash = '\\x02'"));
        assertEquals(0, scene.count("auth.login_failures where phone_hash = '\\x01'"));
    }

    private void takeFive(byte[] phone) {
        for (int count = 0; count < FAILURES_MAX; count++) {
            take(database, phone);
        }
    }

    private void take(Database instance, byte[] phone) {
        instance.transact(transaction -> {
            LoginFailures.take(transaction, phone, scene.clock().instant());
            return true;
        });
    }

    private void forget(byte[] phone) {
        database.transact(transaction -> {
            LoginFailures.forget(transaction, phone, scene.clock().instant());
            return true;
        });
    }
}
