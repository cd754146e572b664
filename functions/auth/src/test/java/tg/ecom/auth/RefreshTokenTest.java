package tg.ecom.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.SessionId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.KeyedHash;

/** What a refresh token is made of. */
class RefreshTokenTest {
    private final Scene scene = new Scene();
    private final KeyedHash hash = scene.surroundings().keyedHash();
    private final SessionId session = new SessionId(Uuid7.next(scene.clock()));
    private final RefreshToken token = RefreshToken.first(session, hash);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void token_isReadAsItWasGiven() {
        assertEquals(Optional.of(token), RefreshToken.parse(token.text(), hash));
    }

    @Test
    void twoTokensOfASession_differ() {
        assertNotEquals(token.text(), RefreshToken.first(session, hash).text());
    }

    @Test
    void successor_isTheSameEachTime_genuine_andNotTheTokenItself() {
        RefreshToken successor = token.successor(hash);
        assertEquals(successor, token.successor(hash));
        assertNotEquals(token, successor);
        assertEquals(session, successor.session());
        assertEquals(Optional.of(successor), RefreshToken.parse(successor.text(), hash));
        assertNotEquals(successor, successor.successor(hash));
    }

    @Test
    void tokenAlteredAtAnyPlace_wasNeverOurs() {
        for (int place = 0; place < token.text().length(); place++) {
            char other = token.text().charAt(place) == 'A' ? 'Q' : 'A';
            String altered =
                    token.text().substring(0, place) + other + token.text().substring(place + 1);
            assertFalse(RefreshToken.parse(altered, hash).isPresent(), altered);
        }
    }

    @Test
    void junk_wasNeverOurs() {
        for (String junk : new String[] {"", "é", "====", "AAAA", token.text() + "AAAA", "A".repeat(107)}) {
            assertFalse(RefreshToken.parse(junk, hash).isPresent(), junk);
        }
    }

    @Test
    void tokenOfAnotherKey_wasNeverOurs() {
        scene.cloud().secrets().set("hashing-key", "another key");
        KeyedHash other = scene.surroundings().keyedHash();
        assertFalse(RefreshToken.parse(token.text(), other).isPresent());
    }

    @Test
    void storedHash_isTheSameForTheSameToken() {
        assertArrayEquals(
                token.hashed(hash),
                RefreshToken.parse(token.text(), hash).orElseThrow().hashed(hash));
    }

    @Test
    void printedToken_isNoToken() {
        assertFalse(token.toString().contains(token.text()));
        assertTrue(token.toString().contains(session.toString()));
    }
}
