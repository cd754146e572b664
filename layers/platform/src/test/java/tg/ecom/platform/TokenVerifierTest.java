package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tg.ecom.kernel.ProblemException;
import tg.ecom.kernel.SessionId;
import tg.ecom.kernel.UserId;
import tg.ecom.platform.CommonProblem.Unauthorized;
import tg.ecom.platform.CommonProblem.Unauthorized.Reason;

class TokenVerifierTest {
    private static final String ISSUER = "https://ecom.test";
    private static final UUID USER = UUID.fromString("01980000-0000-7000-8000-000000000000");
    private static final UUID SESSION = UUID.fromString("01990000-0000-7000-8000-000000000000");
    private static final ECKey KEY = key("k1");
    private static final ECKey OTHER_KEY = key("k2");

    private final SettableClock clock = new SettableClock();
    private AwsServer aws;
    private TokenVerifier verifier;

    @BeforeEach
    void start() throws IOException {
        aws = new AwsServer((action, request) -> published(KEY));
        verifier = new TokenVerifier(
                new Secrets(new Aws(aws.environment()), clock),
                new ApiSettings(URI.create(ISSUER), "origin", "public-keys"),
                clock);
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void goodToken_isRead() {
        AccessToken token = verifier.accessToken(signed(claims().build()));
        assertEquals(new UserId(USER), token.user());
        assertEquals(new SessionId(SESSION), token.session());
        assertEquals(Set.of(Role.CLIENT, Role.STORE_OWNER), token.roles());
        assertEquals(3, token.epoch());
        assertEquals(clock.instant().plus(Duration.ofMinutes(15)), token.expiresAt());
    }

    @Test
    void token_livesUntilItsExpiryAndNotAMomentLonger() {
        String token = signed(claims().build());
        clock.advance(Duration.ofMinutes(15).minusMillis(1));
        verifier.accessToken(token);
        clock.advance(Duration.ofMillis(1));
        refused(Reason.TOKEN_EXPIRED, token);
    }

    @Test
    void rememberedToken_isNotVerifiedAgainForAMinute_andStillExpires() {
        String token = signed(claims().expirationTime(Date.from(clock.instant().plusSeconds(30)))
                .build());
        String longer = signed(claims().build());
        verifier.accessToken(token);
        verifier.accessToken(longer);
        aws.answering((action, request) -> published(OTHER_KEY));
        clock.advance(Duration.ofSeconds(29));
        verifier.accessToken(token);
        clock.advance(Duration.ofSeconds(1));
        refused(Reason.TOKEN_EXPIRED, token);
        clock.advance(Duration.ofSeconds(30));
        verifier.accessToken(longer);
        assertEquals(List.of("GetSecretValue"), aws.received());
    }

    @Test
    void keyThatIsWithdrawn_endsItsTokensOnceTheKeysAreReadAnew() {
        String token = signed(claims().build());
        verifier.accessToken(token);
        aws.answering((action, request) -> published(OTHER_KEY));
        clock.advance(Duration.ofMinutes(6));
        refused(Reason.TOKEN_INVALID, token);
    }

    @Test
    void everyAlteredCharacter_isNoticed() {
        String token = signed(claims().build());
        for (int i = 0; i < token.length() - 1; i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            refused(Reason.TOKEN_INVALID, token.substring(0, i) + other + token.substring(i + 1));
        }
        refused(Reason.TOKEN_INVALID, token.substring(0, token.length() - 1));
        refused(Reason.TOKEN_INVALID, token + "A");
        verifier.accessToken(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "....", "null", "é", "{}.{}.{}", "eyJhbGciOiJFUzI1NiJ9.e30.c2ln"})
    void junk_isNoToken(String junk) {
        refused(Reason.TOKEN_INVALID, junk);
    }

    @Test
    void tokenWithoutSignature_isRefused() {
        refused(Reason.TOKEN_INVALID, new PlainJWT(claims().build()).serialize());
        String header = "{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\"k1\"}";
        String payload = signed(claims().build()).split("\\.", -1)[1];
        refused(Reason.TOKEN_INVALID, base64(header) + "." + payload + ".");
    }

    @Test
    void publicKeyUsedAsAMacsKey_isRefused() throws JOSEException {
        for (String secret : List.of(
                KEY.toPublicJWK().toJSONString(),
                new String(KEY.toECPublicKey().getEncoded(), StandardCharsets.ISO_8859_1))) {
            refused(
                    Reason.TOKEN_INVALID,
                    signed(JWSAlgorithm.HS256, "k1", new MACSigner(secret.getBytes(StandardCharsets.ISO_8859_1))));
        }
    }

    @Test
    void otherAlgorithms_areRefusedEvenIfTheirKeyWerePublished() throws JOSEException {
        JWK rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        ECKey p384 = new ECKeyGenerator(Curve.P_384).keyID("p384").generate();
        aws.answering((action, request) -> published(KEY, rsa, p384));
        refused(Reason.TOKEN_INVALID, signed(JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa.toRSAKey())));
        refused(Reason.TOKEN_INVALID, signed(JWSAlgorithm.ES384, "p384", new ECDSASigner(p384)));
        refused(Reason.TOKEN_INVALID, signed(JWSAlgorithm.ES256, "rsa", new ECDSASigner(KEY)));
        refused(Reason.TOKEN_INVALID, signed(JWSAlgorithm.ES256, "p384", new ECDSASigner(KEY)));
    }

    @Test
    void anotherKeyUnderAKnownKid_isRefused() throws JOSEException {
        refused(Reason.TOKEN_INVALID, signed(JWSAlgorithm.ES256, "k1", new ECDSASigner(OTHER_KEY)));
        refused(Reason.TOKEN_INVALID, signed(JWSAlgorithm.ES256, null, new ECDSASigner(KEY)));
    }

    @Test
    void keyThatTheTokenBringsAlong_isNotUsed() throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(AccessToken.TYPE))
                .keyID("k2")
                .jwk(OTHER_KEY.toPublicJWK())
                .build();
        refused(Reason.TOKEN_INVALID, signed(header, claims().build(), new ECDSASigner(OTHER_KEY)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "verification+jwt", ""})
    void tokenOfAnotherType_isRefused(String type) throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(type))
                .keyID("k1")
                .build();
        refused(Reason.TOKEN_INVALID, signed(header, claims().build(), new ECDSASigner(KEY)));
    }

    @Test
    void tokenForOthersOrFromOthers_isRefused() {
        refused(Reason.TOKEN_INVALID, signed(claims().audience("other").build()));
        refused(Reason.TOKEN_INVALID, signed(claims().audience((String) null).build()));
        refused(Reason.TOKEN_INVALID, signed(claims().issuer(ISSUER + ".evil").build()));
        refused(Reason.TOKEN_INVALID, signed(claims().issuer(null).build()));
    }

    @Test
    void tokenWithoutExpiry_isRefused() {
        refused(Reason.TOKEN_EXPIRED, signed(claims().expirationTime(null).build()));
    }

    @Test
    void tokenWithoutOneOfItsClaims_isRefused() {
        refused(Reason.TOKEN_INVALID, signed(claims().subject(null).build()));
        refused(Reason.TOKEN_INVALID, signed(claims().subject("x").build()));
        refused(Reason.TOKEN_INVALID, signed(claims().claim("roles", null).build()));
        refused(Reason.TOKEN_INVALID, signed(claims().claim("roles", "client").build()));
        refused(
                Reason.TOKEN_INVALID,
                signed(claims().claim("roles", List.of("king")).build()));
        refused(Reason.TOKEN_INVALID, signed(claims().claim("sid", null).build()));
        refused(Reason.TOKEN_INVALID, signed(claims().claim("epoch", null).build()));
        refused(Reason.TOKEN_INVALID, signed(claims().claim("epoch", "3").build()));
    }

    @Test
    void unknownKid_hasTheKeysReadAnewOnce() throws JOSEException {
        verifier.accessToken(signed(claims().build()));
        aws.answering((action, request) -> published(KEY, OTHER_KEY));
        clock.advance(Duration.ofSeconds(11));
        verifier.accessToken(signed(JWSAlgorithm.ES256, "k2", new ECDSASigner(OTHER_KEY)));
        assertEquals(2, aws.received().size());
        refused(Reason.TOKEN_INVALID, signed(JWSAlgorithm.ES256, "k3", new ECDSASigner(OTHER_KEY)));
        refused(Reason.TOKEN_INVALID, signed(JWSAlgorithm.ES256, "k4", new ECDSASigner(OTHER_KEY)));
        assertEquals(2, aws.received().size());
        verifier.accessToken(signed(claims().build()));
    }

    @Test
    void tokenOfAnotherKind_isReadByItsTypeAndAudienceOnly() throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("verification+jwt"))
                .keyID("k1")
                .build();
        String token = signed(header, claims().audience("register").build(), new ECDSASigner(KEY));
        assertEquals(
                USER.toString(),
                verifier.claims(token, "verification+jwt", "register").getSubject());
        assertThrows(ProblemException.class, () -> verifier.claims(token, "verification+jwt", "login"));
        assertThrows(ProblemException.class, () -> verifier.claims(token, AccessToken.TYPE, "register"));
    }

    private void refused(Reason reason, String token) {
        ProblemException refusal = assertThrows(ProblemException.class, () -> verifier.accessToken(token), token);
        Unauthorized problem = assertInstanceOf(Unauthorized.class, refusal.problem());
        assertEquals(reason, problem.reason());
        assertTrue(problem.members().isEmpty());
        assertFalse(problem.detail().english().contains("key"));
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AccessToken.AUDIENCE)
                .subject(USER.toString())
                .claim("roles", List.of("client", "store_owner"))
                .claim("sid", SESSION.toString())
                .claim("epoch", 3)
                .expirationTime(Date.from(clock.instant().plus(Duration.ofMinutes(15))));
    }

    private static String signed(JWTClaimsSet claims) {
        try {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                    .type(new JOSEObjectType(AccessToken.TYPE))
                    .keyID("k1")
                    .build();
            return signed(header, claims, new ECDSASigner(KEY));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String signed(JWSAlgorithm algorithm, String kid, JWSSigner signer) throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType(AccessToken.TYPE))
                .keyID(kid)
                .build();
        return signed(header, claims().build(), signer);
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode published(JWK... keys) {
        return AwsServer.object().put("SecretString", new JWKSet(List.of(keys)).toString(true));
    }

    private static ECKey key(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
