package tg.ecom.auth;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Hashes of passwords. */
class PasswordsTest {
    private static final int BCRYPT_BYTES_MAX = 72;

    @Test
    void password_fitsItsOwnHashAndNoOther() {
        String hash = Passwords.hash("une phrase que je retiens");
        assertTrue(Passwords.fits("une phrase que je retiens", Optional.of(hash)));
        assertFalse(Passwords.fits("une phrase que je retient", Optional.of(hash)));
        assertFalse(Passwords.fits("", Optional.of(hash)));
        assertNotEquals(hash, Passwords.hash("une phrase que je retiens"));
    }

    @Test
    void accent_isTheSameAsOneCharacterAndAsTwo() {
        String hash = Passwords.hash("mot de passe préféré");
        assertTrue(Passwords.fits("mot de passe pre\u0301fe\u0301re\u0301", Optional.of(hash)));
        assertFalse(Passwords.fits("mot de passe prefere", Optional.of(hash)));
    }

    @Test
    void hash_isOfCost12() {
        assertTrue(Passwords.hash("12345678").startsWith("$2b$12$"));
    }

    @Test
    void whatIsBeyondBcryptsLimit_counts() {
        String start = "a".repeat(BCRYPT_BYTES_MAX);
        String hash = Passwords.hash(start + "b");
        assertTrue(Passwords.fits(start + "b", Optional.of(hash)));
        assertFalse(Passwords.fits(start + "c", Optional.of(hash)));
        assertFalse(Passwords.fits(start, Optional.of(hash)));
    }

    @Test
    void limitIsOfBytes_soAccentsCountTwice() {
        String start = "é".repeat(BCRYPT_BYTES_MAX / 2);
        assertTrue(start.getBytes(StandardCharsets.UTF_8).length == BCRYPT_BYTES_MAX);
        String hash = Passwords.hash(start + "a");
        assertTrue(Passwords.fits(start + "a", Optional.of(hash)));
        assertFalse(Passwords.fits(start + "b", Optional.of(hash)));
    }

    @Test
    void nobodysHash_costsTheSameWork_andFitsNothing() {
        BCrypt.Result result =
                BCrypt.verifyer(BCrypt.Version.VERSION_2B).verify("x".toCharArray(), Passwords.NOBODYS.toCharArray());
        assertTrue(result.validFormat, result.formatErrorMessage);
        assertTrue(result.details.cost == 12);
        assertFalse(Passwords.fits("une phrase que je retiens", Optional.empty()));
    }
}
