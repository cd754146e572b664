package tg.ecom.auth;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.text.Normalizer;
import java.util.Optional;

/**
 * Hashes of passwords: bcrypt, cost 12. What is beyond bcrypt's 72 bytes counts too, by SHA-512 first. A letter with an
 * accent is the same whether a keyboard sends it as one character or as two (RFC 8265, section 4.2.2: NFC).
 */
final class Passwords {
    private static final int COST = 12;
    private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2B;

    /** Of no password: compared with when nobody has the phone, so that it takes as long as a wrong password. */
    static final String NOBODYS = "$2b$12$C6UzMDM.H6dfI/f/IKcEeO7ZQ8PpTnoTnbqZrRQpAO4f2tBrP8u3K";

    private Passwords() {}

    static String hash(String password) {
        return BCrypt.with(VERSION, LongPasswordStrategies.hashSha512(VERSION)).hashToString(COST, composed(password));
    }

    /** Whether the password fits; without a hash it never does, after the same work. */
    static boolean fits(String password, Optional<String> hash) {
        boolean fits = BCrypt.verifyer(VERSION, LongPasswordStrategies.hashSha512(VERSION))
                .verify(composed(password), hash.orElse(NOBODYS))
                .verified;
        return fits && hash.isPresent();
    }

    private static char[] composed(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC).toCharArray();
    }
}
