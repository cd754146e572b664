package tg.ecom.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.auth.Refusals.refused;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.SessionId;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.Uuid7;
import tg.ecom.platform.AccessToken;
import tg.ecom.platform.ApiSettings;
import tg.ecom.platform.Database;
import tg.ecom.platform.Surroundings;
import tg.ecom.platform.TokenVerifier;
import tg.ecom.testing.Together;

/** What tokens say, and what they are good for. */
class TokensTest {
    private static final Phone PHONE = Phone.of("+22890000001");
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(5);

    private static final int USES = 8;

    private final Scene scene = new Scene();
    private final Surroundings around = scene.surroundings();
    private final AccessTokens tokens = new AccessTokens(around);
    private final TokenVerifier verifier =
            new TokenVerifier(around.secrets(), around.settings(ApiSettings.class), scene.clock());

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void accessToken_saysWhatItShould() throws ParseException {
        AccessToken token = accessToken();
        Instant now = scene.clock().instant();
        SignedJWT signed = SignedJWT.parse(tokens.access(token, now));
        assertEquals("at+jwt", signed.getHeader().getType().getType());
        assertEquals("ES256", signed.getHeader().getAlgorithm().getName());
        JWTClaimsSet claims = signed.getJWTClaimsSet();
        assertEquals("https://ecom.test", claims.getIssuer());
        assertEquals(List.of("ecom"), claims.getAudience());
        assertEquals(token.user().toString(), claims.getSubject());
        assertEquals(List.of("client", "driver"), claims.getStringListClaim("roles"));
        assertEquals(token.session().toString(), claims.getStringClaim("sid"));
        assertEquals(3, claims.getIntegerClaim("epoch"));
        assertEquals(Date.from(now), claims.getIssueTime());
        assertEquals(Date.from(now.plus(TokenPair.ACCESS_LIFE)), claims.getExpirationTime());
        assertNotEquals(
                claims.getJWTID(),
                SignedJWT.parse(tokens.access(token, now)).getJWTClaimsSet().getJWTID());
    }

    @Test
    void accessToken_isReadBackAsItWasMade() {
        AccessToken token = accessToken();
        assertEquals(
                token, verifier.accessToken(tokens.access(token, scene.clock().instant())));
    }

    @Test
    void newestKeySigns_onceTheOldOneIsNotRememberedAnyMore() throws ParseException {
        String before = kid(tokens.access(accessToken(), scene.clock().instant()));
        JWKSet next = RotateSigningKeys.next(
                Optional.of(scene.cloud().secrets().current("signing-keys")),
                scene.clock().instant());
        scene.cloud().secrets().set("signing-keys", next.toString(false));
        assertEquals(before, kid(tokens.access(accessToken(), scene.clock().instant())));
        scene.clock().advance(REMEMBERED_FOR.plusSeconds(1));
        assertEquals(
                next.getKeys().getFirst().getKeyID(),
                kid(tokens.access(accessToken(), scene.clock().instant())));
    }

    @Test
    void unreadableKeys_areAFault_thatDoesNotShowThem() {
        scene.cloud().secrets().set("signing-keys", "{\"keys\": [{\"kty\": \"EC\", \"d\": \"the-private-key\"}]}");
        IllegalStateException fault = assertThrows(
                IllegalStateException.class,
                () -> tokens.access(accessToken(), scene.clock().instant()));
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            assertTrue(!cause.toString().contains("the-private-key"), cause.toString());
        }
    }

    @Test
    void verificationToken_saysWhichPhoneWasVerified() {
        assertEquals(
                PHONE,
                read(issued(VerificationType.REGISTRATION), VerificationType.REGISTRATION)
                        .phone());
    }

    @Test
    void verificationToken_isGoodForItsPurposeOnly() {
        String token = issued(VerificationType.PASSWORD_RESET);
        refused("verification_token_invalid", () -> read(token, VerificationType.REGISTRATION));
    }

    @Test
    void verificationToken_diesAfterTenMinutes() {
        String token = issued(VerificationType.REGISTRATION);
        scene.clock().advance(Duration.ofMinutes(10).minusSeconds(1));
        read(token, VerificationType.REGISTRATION);
        scene.clock().advance(Duration.ofSeconds(1));
        refused("verification_token_invalid", () -> read(token, VerificationType.REGISTRATION));
    }

    @Test
    void noTokenPassesForOneOfAnotherKind() {
        String access = tokens.access(accessToken(), scene.clock().instant());
        refused("verification_token_invalid", () -> read(access, VerificationType.REGISTRATION));
        refused("verification_token_invalid", () -> read("junk", VerificationType.REGISTRATION));
        String verification = issued(VerificationType.REGISTRATION);
        refused("token_invalid", () -> verifier.accessToken(verification));
    }

    @Test
    void verificationToken_isUsedOnce_andNotAtAllByWhatIsRolledBack() {
        VerificationTokens.Verified verified = verified();
        Database database = around.database();
        assertThrows(
                IllegalStateException.class,
                () -> database.transact(transaction -> {
                    verified.use(transaction, scene.clock().instant());
                    throw new IllegalStateException("something after it failed");
                }));
        use(database, verified);
        refused("verification_token_invalid", () -> use(database, verified));
    }

    @Test
    void usedVerificationTokens_areForgottenTenAtOnce_whenTheyAreLongDead() {
        Database database = around.database();
        for (int count = 0; count < 12; count++) {
            use(database, verified());
        }
        scene.clock().advance(Duration.ofMinutes(20));
        VerificationTokens.Verified young = verified();
        use(database, young);
        assertEquals(13, scene.count("auth.used_verification_tokens"));
        scene.clock().advance(Duration.ofSeconds(1));
        use(database, verified());
        assertEquals(4, scene.count("auth.used_verification_tokens"));
        refused("verification_token_invalid", () -> use(database, young));
    }

    @Test
    void parallelUsesOfOneVerificationToken_areOneUse() {
        VerificationTokens.Verified verified = verified();
        long used =
                Together.succeeded(USES, () -> scene.surroundings().database(), database -> use(database, verified));
        assertEquals(1, used);
    }

    private boolean use(Database database, VerificationTokens.Verified verified) {
        return database.transact(transaction -> {
            verified.use(transaction, scene.clock().instant());
            return true;
        });
    }

    private VerificationTokens.Verified verified() {
        return read(issued(VerificationType.REGISTRATION), VerificationType.REGISTRATION);
    }

    private VerificationTokens.Verified read(String token, VerificationType type) {
        return VerificationTokens.read(verifier, token, type);
    }

    private String issued(VerificationType type) {
        return VerificationTokens.issue(tokens, PHONE, type, scene.clock());
    }

    private AccessToken accessToken() {
        return new AccessToken(
                new UserId(Uuid7.next(scene.clock())),
                UserType.DRIVER.roles(),
                new SessionId(Uuid7.next(scene.clock())),
                3,
                scene.clock().instant().plus(TokenPair.ACCESS_LIFE));
    }

    private static String kid(String token) throws ParseException {
        return SignedJWT.parse(token).getHeader().getKeyID();
    }
}
