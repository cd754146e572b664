package tg.ecom.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The signing keys' rotation, against versions and stages as Secrets Manager keeps them. */
class RotateSigningKeysTest {
    private static final List<String> STEPS = List.of("createSecret", "setSecret", "testSecret", "finishSecret");
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Duration RETIRED_LIFE = Duration.ofDays(1);
    private static final int KEYS_MAX = 20;

    private final Scene scene = new Scene();
    private final RotateSigningKeys rotation = scene.rotation();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void firstKey_isForSignaturesByEs256() {
        JWK key = RotateSigningKeys.next(Optional.empty(), NOW).getKeys().getFirst();
        assertTrue(key.isPrivate());
        assertEquals("ES256", key.getAlgorithm().getName());
        assertEquals("sig", key.getKeyUse().identifier());
        assertEquals("P-256", key.toECKey().getCurve().getName());
    }

    @Test
    void newKey_comesFirst_andEveryOlderOneStaysForADay() {
        JWKSet first = RotateSigningKeys.next(Optional.empty(), NOW);
        JWKSet second = next(first, NOW.plusSeconds(60));
        JWKSet third = next(second, NOW.plusSeconds(120));
        assertEquals(List.of(kid(second, 0), kid(first, 0)), kids(third).subList(1, 3));
        JWKSet later = next(third, NOW.plusSeconds(60).plus(RETIRED_LIFE));
        assertEquals(List.of(kid(third, 0), kid(second, 0)), kids(later).subList(1, 3));
        assertEquals(3, later.size());
    }

    @Test
    void keyThatSigned_isNeverForgottenAtItsFirstRotation() {
        JWKSet first = RotateSigningKeys.next(Optional.empty(), NOW);
        assertEquals(kid(first, 0), kid(next(first, NOW.plus(Duration.ofDays(400))), 1));
    }

    @Test
    void endlessRotation_failsInsteadOfForgettingWhatIsNeeded() {
        JWKSet keys = RotateSigningKeys.next(Optional.empty(), NOW);
        for (int count = 1; count < KEYS_MAX; count++) {
            keys = next(keys, NOW);
        }
        JWKSet full = keys;
        assertThrows(IllegalStateException.class, () -> next(full, NOW));
    }

    @Test
    void rotation_publishesTheNewKeyBeforeItSigns() throws ParseException {
        String before = signing();
        scene.cloud().secrets().pending("signing-keys", "v2");
        step("createSecret", "v2");
        assertEquals(before, signing());
        assertEquals(List.of(before), kids(published()));
        step("setSecret", "v2");
        assertEquals(before, signing());
        assertEquals(2, published().size());
        step("testSecret", "v2");
        step("finishSecret", "v2");
        assertFalse(before.equals(signing()));
        assertEquals(List.of(signing(), before), kids(published()));
    }

    @Test
    void publishedKeys_areNotPrivate() throws ParseException {
        rotate("v2");
        assertTrue(published().getKeys().stream().noneMatch(JWK::isPrivate));
        assertFalse(scene.cloud().secrets().current("public-keys").contains("\"d\""));
    }

    @Test
    void everyStep_mayComeTwice() throws ParseException {
        scene.cloud().secrets().pending("signing-keys", "v2");
        for (String step : STEPS) {
            step(step, "v2");
            step(step, "v2");
        }
        assertEquals(2, published().size());
        assertEquals(
                kids(published()), kids(JWKSet.parse(scene.cloud().secrets().current("signing-keys"))));
    }

    @Test
    void stepsThatComeAgainAfterTheLast_changeNothing() {
        rotate("v2");
        String keys = scene.cloud().secrets().current("signing-keys");
        STEPS.forEach(step -> step(step, "v2"));
        assertEquals(keys, scene.cloud().secrets().current("signing-keys"));
    }

    @Test
    void secretWithoutAValue_getsItsFirstKey() throws ParseException {
        try (Scene empty = new Scene()) {
            RotateSigningKeys first = empty.rotation();
            empty.cloud().secrets().clear("signing-keys");
            empty.cloud().secrets().pending("signing-keys", "v1");
            STEPS.forEach(step -> first.handle(new RotateSigningKeys.Step(step, "signing-keys", "v1")));
            assertEquals(
                    1,
                    JWKSet.parse(empty.cloud().secrets().current("signing-keys"))
                            .size());
            assertEquals(
                    1,
                    JWKSet.parse(empty.cloud().secrets().current("public-keys")).size());
        }
    }

    @Test
    void keyThatWasNotPublished_doesNotPassTheTest() {
        scene.cloud().secrets().pending("signing-keys", "v2");
        step("createSecret", "v2");
        assertThrows(IllegalStateException.class, () -> step("testSecret", "v2"));
    }

    @Test
    void publishedKeyOfTheSameNameThatIsAnother_doesNotPassTheTest() {
        JWKSet keys = RotateSigningKeys.next(Optional.empty(), NOW);
        JWK other = RotateSigningKeys.next(Optional.empty(), NOW).getKeys().getFirst();
        JWKSet published = new JWKSet(new com.nimbusds.jose.jwk.ECKey.Builder(other.toECKey())
                .keyID(kid(keys, 0))
                .build()
                .toPublicJWK());
        assertThrows(IllegalStateException.class, () -> RotateSigningKeys.test(keys, published));
        RotateSigningKeys.test(keys, keys.toPublicJWKSet());
    }

    @Test
    void stepsOutOfOrderOrOfAnotherSecret_areRefused() {
        scene.cloud().secrets().pending("signing-keys", "v2");
        assertThrows(IllegalStateException.class, () -> step("setSecret", "v2"));
        assertThrows(IllegalArgumentException.class, () -> step("deleteSecret", "v2"));
        assertThrows(
                IllegalArgumentException.class,
                () -> rotation.handle(new RotateSigningKeys.Step("createSecret", "hashing-key", "v2")));
    }

    private void rotate(String version) {
        scene.cloud().secrets().pending("signing-keys", version);
        STEPS.forEach(step -> step(step, version));
    }

    private void step(String step, String version) {
        rotation.handle(new RotateSigningKeys.Step(step, "signing-keys", version));
    }

    private String signing() throws ParseException {
        return kid(JWKSet.parse(scene.cloud().secrets().current("signing-keys")), 0);
    }

    private JWKSet published() throws ParseException {
        return JWKSet.parse(scene.cloud().secrets().current("public-keys"));
    }

    private static JWKSet next(JWKSet current, Instant now) {
        return RotateSigningKeys.next(Optional.of(current.toString(false)), now);
    }

    private static List<String> kids(JWKSet keys) {
        return keys.getKeys().stream().map(JWK::getKeyID).toList();
    }

    private static String kid(JWKSet keys, int index) {
        return keys.getKeys().get(index).getKeyID();
    }
}
