package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SignatureVectorsTest {
    @TestFactory
    Stream<DynamicTest> ecdsa_acceptsWhatIsValidAndNothingElse() {
        return Vectors.of("ecdsa_secp256r1_sha256_p1363_test.json", (group, vector, valid) -> {
            byte[] point = Vectors.bytes(group.at("/publicKey/uncompressed"));
            ECKey key = new ECKey.Builder(Curve.P_256, coordinate(point, 1), coordinate(point, 33)).build();
            assertEquals(
                    valid,
                    new ECDSAVerifier(key)
                            .verify(
                                    new JWSHeader(JWSAlgorithm.ES256),
                                    Vectors.bytes(vector.path("msg")),
                                    Base64URL.encode(Vectors.bytes(vector.path("sig")))));
        });
    }

    @TestFactory
    Stream<DynamicTest> jws_acceptsWhatIsValidByEs256AndNothingElse() {
        return Vectors.of("json_web_signature_test.json", (group, vector, valid) -> {
            JsonNode key = group.has("public") ? group.path("public") : group.path("private");
            boolean es256 = key.path("alg").asText().equals("ES256");
            assertEquals(valid && es256, accepts(key, vector.path("jws")));
        });
    }

    private static boolean accepts(JsonNode key, JsonNode jws) throws JOSEException {
        try {
            return TokenVerifier.isSigned(SignedJWT.parse(jws.asText()), JWK.parse(key.toString()));
        } catch (ParseException | IllegalArgumentException noJws) {
            return false;
        }
    }

    private static Base64URL coordinate(byte[] point, int from) {
        return Base64URL.encode(Arrays.copyOfRange(point, from, from + 32));
    }
}
