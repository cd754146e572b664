package tg.ecom.platform;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

/** A function with what stands around it in Lambda: settings, a clock, AWS, tokens of people. No database answers. */
final class FunctionScene implements AutoCloseable {
    static final UUID USER = UUID.fromString("01980000-0000-7000-8000-000000000000");
    static final String ORIGIN = "what-only-the-entry-point-knows";

    private static final ECKey KEY = key();

    final SettableClock clock = new SettableClock();
    final AwsServer aws;
    final Map<String, String> environment = new HashMap<>();

    FunctionScene() throws IOException {
        aws = new AwsServer(
                (action, request) -> AwsServer.object().put("SecretString", new JWKSet(KEY).toString(true)));
        environment.putAll(Map.of(
                "ECOM_STAGE", "local",
                "ECOM_PUBLIC_BASE_URL", "https://ecom.test",
                "ECOM_ORIGIN_SECRET", ORIGIN,
                "ECOM_PUBLIC_KEYS_SECRET", "public-keys",
                "ECOM_HASHING_KEY_SECRET", "hashing-key",
                "ECOM_DATABASE_HOST", "127.0.0.1",
                "ECOM_DATABASE_PORT", "1",
                "ECOM_DATABASE_NAME", "none",
                "ECOM_DATABASE_USER", "none",
                "ECOM_DATABASE_SSL_MODE", "disable"));
        environment.putAll(aws.environment());
    }

    <T> T made(Callable<T> constructor) throws Exception {
        return FunctionRuntime.within(environment, clock, constructor);
    }

    /** A request that came through the entry point. */
    static ObjectNode event() {
        ObjectNode event = AwsServer.object();
        event.putObject("headers")
                .put("x-ecom-origin", ORIGIN)
                .put("content-type", "application/json")
                .put("x-forwarded-for", "203.0.113.7, 198.51.100.4, 192.0.2.1")
                .put("user-agent", "app/1");
        return event;
    }

    static ObjectNode header(ObjectNode event, String name, String value) {
        event.withObject("/headers").put(name, value);
        return event;
    }

    ObjectNode signedIn(String... roles) {
        return header(event(), "authorization", "Bearer " + token(roles));
    }

    String token(String... roles) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer("https://ecom.test")
                .audience(AccessToken.AUDIENCE)
                .subject(USER.toString())
                .claim("roles", List.of(roles))
                .claim("sid", USER.toString())
                .claim("epoch", 3)
                .expirationTime(Date.from(clock.instant().plus(Duration.ofMinutes(15))))
                .build();
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(new JOSEObjectType(AccessToken.TYPE))
                            .keyID("k1")
                            .build(),
                    claims);
            token.sign(new ECDSASigner(KEY));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static JsonNode invoked(RequestStreamHandler function, JsonNode event) {
        try {
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            function.handleRequest(
                    new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)),
                    output,
                    new InvocationContext("request-1"));
            return Json.mapper().readTree(output.toByteArray());
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public void close() {
        aws.close();
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
