package tg.ecom.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.auth.Refusals.refused;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.ProblemException;
import tg.ecom.testing.Together;

/** Codes by SMS, in a real DynamoDB. */
class CodesTest {
    private static final int TRIES_MAX = 5;
    private static final int PARALLEL = 20;

    private final Scene scene = new Scene();
    private final DynamoDbClient dynamo = scene.tables();
    private final Codes codes = new Codes(dynamo, scene.surroundings());
    private final Phone phone = Scene.newPhone();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void rightCode_provesThePhoneAndThePurpose() {
        Codes.Code code = codes.make(phone, VerificationType.LOGIN);
        assertEquals(
                new Codes.Proof(phone, VerificationType.LOGIN), codes.verify(code.verificationId(), code.digits()));
    }

    @Test
    void code_isSixDigits_andNowhereInTheTable() {
        Codes.Code code = codes.make(phone, VerificationType.LOGIN);
        assertTrue(code.digits().matches("[0-9]{6}"));
        for (Map<String, AttributeValue> item : items()) {
            assertFalse(
                    item.get("code_hash") != null && item.get("code_hash").s().contains(code.digits()));
            assertFalse(item.containsKey("code") || item.containsKey("digits"));
        }
        assertFalse(code.toString().contains(code.digits()));
    }

    @Test
    void everyItem_saysWhenItExpires() {
        codes.reserve(phone, VerificationType.LOGIN);
        codes.make(phone, VerificationType.LOGIN);
        String end = Long.toString(
                scene.clock().instant().plus(Duration.ofMinutes(5)).getEpochSecond());
        assertEquals(2, items().size());
        items().forEach(item -> assertEquals(end, item.get("expires_at").n()));
    }

    @Test
    void secondReservationWithin60Seconds_isRefused_andSaysHowLongToWait() {
        codes.reserve(phone, VerificationType.LOGIN);
        scene.clock().advance(Duration.ofSeconds(20));
        assertEquals(
                Duration.ofSeconds(40),
                refused("too_many_requests", () -> codes.reserve(phone, VerificationType.LOGIN))
                        .retryAfter()
                        .orElseThrow());
        codes.reserve(phone, VerificationType.REGISTRATION);
        codes.reserve(Scene.newPhone(), VerificationType.LOGIN);
        scene.clock().advance(Duration.ofSeconds(40));
        codes.reserve(phone, VerificationType.LOGIN);
    }

    @Test
    void parallelReservations_areOne() {
        assertEquals(
                1,
                Together.succeeded(
                        PARALLEL,
                        () -> new Codes(dynamo, scene.surroundings()),
                        instance -> instance.reserve(phone, VerificationType.LOGIN)));
    }

    @Test
    void newCode_killsTheOldOneOfItsPurpose_butAReservationDoesNot() {
        Codes.Code other = codes.make(phone, VerificationType.REGISTRATION);
        Codes.Code first = codes.make(phone, VerificationType.LOGIN);
        Codes.Code second = codes.make(phone, VerificationType.LOGIN);
        refused("code_expired", () -> codes.verify(first.verificationId(), first.digits()));
        codes.reserve(phone, VerificationType.PASSWORD_RESET);
        codes.verify(second.verificationId(), second.digits());
        codes.verify(other.verificationId(), other.digits());
    }

    @Test
    void fiveWrongTries_killTheCode() {
        Codes.Code code = codes.make(phone, VerificationType.LOGIN);
        for (int left = TRIES_MAX - 1; left >= 0; left--) {
            assertEquals(
                    Map.of("tries_left", left),
                    refused("code_wrong", () -> codes.verify(code.verificationId(), wrong(code)))
                            .members());
        }
        refused("code_expired", () -> codes.verify(code.verificationId(), code.digits()));
    }

    @Test
    void fifthTry_mayBeTheRightOne() {
        Codes.Code code = codes.make(phone, VerificationType.LOGIN);
        for (int tries = 1; tries < TRIES_MAX; tries++) {
            refused("code_wrong", () -> codes.verify(code.verificationId(), wrong(code)));
        }
        codes.verify(code.verificationId(), code.digits());
    }

    @Test
    void parallelTries_areFiveAndNoMore() {
        Codes.Code code = codes.make(phone, VerificationType.LOGIN);
        List<String> refusals = Collections.synchronizedList(new ArrayList<>());
        Together.succeeded(PARALLEL, () -> new Codes(dynamo, scene.surroundings()), instance -> {
            try {
                instance.verify(code.verificationId(), wrong(code));
            } catch (ProblemException refused) {
                refusals.add(refused.problem().code());
            }
        });
        assertEquals(TRIES_MAX, Collections.frequency(refusals, "code_wrong"));
        assertEquals(PARALLEL - TRIES_MAX, Collections.frequency(refusals, "code_expired"));
    }

    @Test
    void rightCodeInParallel_isUsedOnce() {
        Codes.Code code = codes.make(phone, VerificationType.LOGIN);
        assertEquals(
                1,
                Together.succeeded(
                        TRIES_MAX,
                        () -> new Codes(dynamo, scene.surroundings()),
                        instance -> instance.verify(code.verificationId(), code.digits())));
    }

    @Test
    void codeAfterFiveMinutes_isDead_beforeTheTableForgetsIt() {
        Codes.Code code = codes.make(phone, VerificationType.LOGIN);
        scene.clock().advance(Codes.LIFE);
        refused("code_expired", () -> codes.verify(code.verificationId(), code.digits()));
        assertEquals(2, items().size());
    }

    @Test
    void codeOfAnotherVerification_isWrong() {
        Codes.Code code = codes.make(phone, VerificationType.LOGIN);
        Codes.Code other = codes.make(Scene.newPhone(), VerificationType.LOGIN);
        String digits = other.digits().equals(code.digits()) ? wrong(code) : other.digits();
        refused("code_wrong", () -> codes.verify(code.verificationId(), digits));
    }

    @Test
    void codes_areSpreadOverAllNumbers() {
        long leadingZeros = IntStream.range(0, 200)
                .mapToObj(index -> codes.make(phone, VerificationType.LOGIN))
                .filter(code -> code.digits().startsWith("0"))
                .count();
        // Of 200 about 20; none, or half of them, happens less than once in a thousand million runs.
        assertTrue(leadingZeros > 0 && leadingZeros < 100, () -> leadingZeros + " of 200");
    }

    private List<Map<String, AttributeValue>> items() {
        return dynamo.scan(request -> request.tableName(scene.table(Scene.VERIFICATIONS)))
                .items();
    }

    private static String wrong(Codes.Code code) {
        return code.digits().equals("000000") ? "000001" : "000000";
    }
}
