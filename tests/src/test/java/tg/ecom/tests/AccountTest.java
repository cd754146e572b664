package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The person signed in, and the tokens by which they are. */
final class AccountTest {
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(15);

    @RegisterExtension
    final Scene scene = new Scene();

    @Test
    void newNameAndLanguage_areSeenAtOnce_byOthersToo() {
        Person person = scene.people().signUp();
        Person other = scene.people().signUp();
        JsonNode changed = person.api()
                .patch("/api/me", "first_name", "Ama", "language", "en")
                .expect(200)
                .body();
        assertEquals("Ama", changed.path("first_name").textValue());
        assertEquals("Mensah", changed.path("last_name").textValue());
        assertEquals("en", changed.path("language").textValue());
        assertEquals(changed, person.api().get("/api/me").expect(200).body());
        assertEquals(
                "Ama M.",
                other.api()
                        .get("/api/wallet/recipients", "phone", person.phone())
                        .expect(200)
                        .text("name"));
    }

    @Test
    void changeOfNothing_isRefused() {
        scene.people().signUp().api().patch("/api/me").refused(400, "invalid_request");
    }

    @Test
    void accessToken_verifiesByThePublishedKeys() throws ParseException, JOSEException, JsonProcessingException {
        Person person = scene.people().signUp();
        Answer published = scene.api().get("/.well-known/jwks.json").expect(200);
        assertTrue(published.header("cache-control").startsWith("public"), published.header("cache-control"));
        SignedJWT token = SignedJWT.parse(person.accessToken());
        JWKSet keys = JWKSet.parse(published.body().toString());
        assertTrue(keys.getKeys().stream().noneMatch(key -> key.isPrivate()));
        assertTrue(token.verify(new ECDSAVerifier(
                keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey())));
        assertEquals(person.id(), token.getJWTClaimsSet().getSubject());
        assertEquals(scene.cloud().address().toString(), token.getJWTClaimsSet().getIssuer());
    }

    @Test
    void noToken_isRefusedAndSaysHowToSignIn() {
        Answer refused = scene.api().get("/api/me").refused(401, "token_missing");
        assertTrue(refused.header("www-authenticate").startsWith("Bearer"));
    }

    @Test
    void expiredToken_isRefused() {
        Person person = scene.people().signUp();
        person.api().get("/api/me").expect(200);
        scene.cloud().advance(TOKEN_LIFE.plusSeconds(1));
        person.api().get("/api/me").refused(401, "token_expired");
        person.api().get("/api/wallet/balance").refused(401, "token_expired");
    }

    @Test
    void alteredTokens_areRefused() {
        Person person = scene.people().signUp();
        String[] parts = person.accessToken().split("\\.", -1);
        String unsigned = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0." + parts[1] + ".";
        String otherClaims = parts[0] + "." + parts[1].substring(0, parts[1].length() - 4) + "AAAA." + parts[2];
        String otherSignature = parts[0] + "." + parts[1] + "." + flipped(parts[2]);
        for (String altered : new String[] {unsigned, otherClaims, otherSignature, "junk", "a.b.c", parts[0]}) {
            scene.api().signedIn(altered).get("/api/me").refused(401, "token_invalid");
        }
    }

    @Test
    void refreshTokenAndVerificationToken_areNoAccessTokens() {
        Person person = scene.people().signUp();
        String verification = scene.people().verificationToken(scene.people().newPhone());
        for (String wrong : new String[] {person.refreshToken(), verification}) {
            scene.api().signedIn(wrong).get("/api/me").refused(401, "token_invalid");
        }
    }

    private static String flipped(String signature) {
        return (signature.charAt(0) == 'A' ? 'B' : 'A') + signature.substring(1);
    }
}
