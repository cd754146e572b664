package tg.ecom.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import tg.ecom.platform.AccessToken;
import tg.ecom.platform.ApiSettings;
import tg.ecom.platform.Role;
import tg.ecom.platform.Secrets;
import tg.ecom.platform.Surroundings;

/** Signs tokens with the newest of the signing keys. */
final class AccessTokens {
    private final Secrets secrets;
    private final String keysSecret;
    private final String issuer;

    AccessTokens(Surroundings surroundings) {
        this.secrets = surroundings.secrets();
        this.keysSecret = surroundings.settings(SigningSettings.class).signingKeysSecret();
        this.issuer = surroundings.settings(ApiSettings.class).publicBaseUrl().toString();
    }

    /** An access token (RFC 9068) that says what is given. */
    String access(AccessToken token, Instant now) {
        return sign(
                AccessToken.TYPE,
                claims(AccessToken.AUDIENCE, now, token.expiresAt())
                        .subject(token.user().toString())
                        .claim(
                                "roles",
                                token.roles().stream().map(Role::code).sorted().toList())
                        .claim("sid", token.session().toString())
                        .claim("epoch", token.epoch())
                        .jwtID(UUID.randomUUID().toString())
                        .build());
    }

    JWTClaimsSet.Builder claims(String audience, Instant now, Instant expiresAt) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expiresAt));
    }

    String sign(String type, JWTClaimsSet claims) {
        try {
            ECKey key =
                    JWKSet.parse(secrets.value(keysSecret)).getKeys().getFirst().toECKey();
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                    .type(new JOSEObjectType(type))
                    .keyID(key.getKeyID())
                    .build();
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (ParseException | JOSEException broken) {
            throw new IllegalStateException("the signing keys can't be used", broken);
        }
    }
}
