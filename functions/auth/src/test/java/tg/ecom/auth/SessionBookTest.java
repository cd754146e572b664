package tg.ecom.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.SessionId;
import tg.ecom.platform.Surroundings;
import tg.ecom.testing.Together;

/** Sessions and their refresh tokens, in a real PostgreSQL. */
class SessionBookTest {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final int PARALLEL = 12;

    private final Scene scene = new Scene();
    private final Surroundings around = scene.surroundings();
    private final SessionBook book = new SessionBook(around);
    private final User person = scene.person();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void refresh_givesAnotherToken_ofTheSameSession() {
        String first = open().refreshToken();
        String second = refresh(first).orElseThrow().refreshToken();
        assertNotEquals(first, second);
        assertEquals(Scene.session(first, around), Scene.session(second, around));
        assertTrue(refresh(second).isPresent());
        assertEquals(1, scene.count("auth.sessions"));
    }

    @Test
    void tokenAgainWithin30Seconds_givesTheSameSuccessor() {
        String first = open().refreshToken();
        String second = refresh(first).orElseThrow().refreshToken();
        scene.clock().advance(GRACE);
        assertEquals(second, refresh(first).orElseThrow().refreshToken());
        assertTrue(refresh(second).isPresent());
    }

    @Test
    void graceIsCountedFromTheFirstRotation() {
        String first = open().refreshToken();
        refresh(first);
        scene.clock().advance(GRACE.minusSeconds(1));
        assertTrue(refresh(first).isPresent());
        scene.clock().advance(Duration.ofSeconds(2));
        assertEquals(Optional.empty(), refresh(first));
        assertEquals(1, revoked());
    }

    @Test
    void spentToken_endsItsSession_hereAndInTheLedger_andNoOther() {
        String other = open().refreshToken();
        String first = open().refreshToken();
        String second = refresh(first).orElseThrow().refreshToken();
        scene.clock().advance(GRACE.plusSeconds(1));
        assertEquals(Optional.empty(), refresh(first));
        assertEquals(Optional.empty(), refresh(second));
        assertEquals(1, revoked());
        assertEquals(
                1, scene.count("ledger.revoked_sessions where session_id = '" + Scene.session(first, around) + "'"));
        assertTrue(refresh(other).isPresent());
    }

    @Test
    void tokenWhoseSuccessorWasUsed_endsTheSessionWithinTheGraceToo() {
        String first = open().refreshToken();
        String second = refresh(first).orElseThrow().refreshToken();
        String third = refresh(second).orElseThrow().refreshToken();
        assertEquals(Optional.empty(), refresh(first));
        assertEquals(Optional.empty(), refresh(third));
    }

    @Test
    void tokenLivesSevenDays_fromItsLastUse() {
        String first = open().refreshToken();
        scene.clock().advance(TokenPair.REFRESH_LIFE.minusSeconds(1));
        String second = refresh(first).orElseThrow().refreshToken();
        scene.clock().advance(TokenPair.REFRESH_LIFE);
        assertEquals(Optional.empty(), refresh(second));
        assertEquals(0, revoked());
    }

    @Test
    void junk_endsNothing() {
        String first = open().refreshToken();
        assertEquals(Optional.empty(), refresh("junk"));
        assertEquals(0, revoked());
        assertTrue(refresh(first).isPresent());
    }

    @Test
    void parallelRefreshes_agreeOnOneSuccessor() {
        String first = open().refreshToken();
        List<Callable<String>> works = IntStream.range(0, PARALLEL)
                .mapToObj(index -> scene.surroundings())
                .<Callable<String>>map(own -> () -> own.database()
                        .transact(transaction -> new SessionBook(own).refresh(transaction, first))
                        .orElseThrow()
                        .refreshToken())
                .toList();
        List<String> successors = Together.call(works);
        assertEquals(1, successors.stream().distinct().count());
        assertTrue(refresh(successors.getFirst()).isPresent());
    }

    @Test
    void suspendedPerson_continuesNoSession() {
        String first = open().refreshToken();
        scene.superuser().useHandle(handle -> handle.execute("update auth.users set status = 'suspended'"));
        assertEquals(Optional.empty(), refresh(first));
    }

    @Test
    void newToken_carriesTheEpochOfNow() {
        scene.superuser()
                .useHandle(handle -> handle.execute("update ledger.wallets set session_epoch = 7 where id = ?", id()));
        String payload = open().accessToken().split("\\.", -1)[1];
        String claims = new String(java.util.Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
        assertTrue(claims.contains("\"epoch\":7"), claims);
    }

    @Test
    void tables_holdNoTokenThatCouldBeUsed() {
        TokenPair tokens = open();
        String row = scene.superuser()
                .withHandle(handle -> handle.createQuery("select s::text from auth.sessions s")
                        .mapTo(String.class)
                        .one());
        String hex = java.util.HexFormat.of().formatHex(tokens.refreshToken().getBytes(StandardCharsets.UTF_8));
        assertTrue(!row.contains(tokens.refreshToken()) && !row.contains(hex), row);
    }

    @Test
    void sessionsThatEndedAMonthAgo_areForgotten_onceTheirPersonSignsIn_andNobodyElses() {
        String ended = open().refreshToken();
        around.database().transact(transaction -> {
            book.end(transaction, new SessionId(Scene.session(ended, around)), person.id());
            return ended;
        });
        open();
        User other = scene.person();
        around.database().transact(transaction -> book.open(transaction, other.id(), other.userType(), "app"));
        scene.clock().advance(Duration.ofDays(29));
        open();
        assertEquals(4, scene.count("auth.sessions"));
        scene.clock().advance(Duration.ofDays(2));
        open();
        assertEquals(4, scene.count("auth.sessions"));
        assertEquals(0, scene.count("auth.sessions where revoked_at is not null"));
        scene.clock().advance(Duration.ofDays(7));
        open();
        assertEquals(4, scene.count("auth.sessions"));
        assertEquals(1, scene.count("auth.sessions where user_id = '" + other.id() + "'"));
    }

    @Test
    void ending_isForTheOwnerOnly() {
        String first = open().refreshToken();
        User other = scene.person();
        around.database().transact(transaction -> {
            book.end(transaction, new SessionId(Scene.session(first, around)), other.id());
            return true;
        });
        assertEquals(0, revoked());
        assertEquals(0, scene.count("ledger.revoked_sessions"));
    }

    private java.util.UUID id() {
        return person.id().value();
    }

    private TokenPair open() {
        return around.database()
                .transact(transaction -> book.open(transaction, person.id(), person.userType(), "Ecom/1.0"));
    }

    private Optional<TokenPair> refresh(String token) {
        return around.database().transact(transaction -> book.refresh(transaction, token));
    }

    private long revoked() {
        return scene.count("auth.sessions where revoked_at is not null");
    }
}
