package tg.ecom.platform;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import tg.ecom.kernel.SessionId;
import tg.ecom.kernel.UserId;
import tg.ecom.platform.CommonProblem.Unauthorized;
import tg.ecom.platform.CommonProblem.Unauthorized.Reason;

/**
 * Verifies tokens that auth signed: ES256 only, by a key of the public JWK set chosen by {@code kid}. A verified access
 * token is remembered, by its hash, for a minute.
 */
public final class TokenVerifier {
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);
    private static final int REMEMBERED_MAX = 1_000;

    private final Secrets secrets;
    private final String keysSecret;
    private final String issuer;
    private final InstantSource clock;
    private final Map<String, Remembered> remembered =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
                    return size() > REMEMBERED_MAX;
                }
            });

    /** Verifies by the public keys and for the issuer of the settings. */
    public TokenVerifier(Secrets secrets, ApiSettings settings, InstantSource clock) {
        this.secrets = secrets;
        this.keysSecret = settings.publicKeysSecret();
        this.issuer = settings.publicBaseUrl().toString();
        this.clock = clock;
    }

    /**
     * Reads an access token.
     *
     * @throws tg.ecom.kernel.ProblemException {@link Unauthorized} when it is altered, expired, or no access token of
     *     this issuer
     */
    public AccessToken accessToken(String compact) {
        String hash = hash(compact);
        Instant now = clock.instant();
        Remembered known = remembered.get(hash);
        if (known == null || known.at.plus(REMEMBERED_FOR).isBefore(now) || known.at.isAfter(now)) {
            known = new Remembered(read(claims(compact, AccessToken.TYPE, AccessToken.AUDIENCE)), now);
            remembered.put(hash, known);
        }
        if (!now.isBefore(known.token.expiresAt())) {
            throw new Unauthorized(Reason.TOKEN_EXPIRED).asException();
        }
        return known.token;
    }

    /**
     * Verifies a token of any type of this issuer and gives its claims.
     *
     * @param type the header's {@code typ} that it must have
     * @param audience the {@code aud} that it must have
     * @throws tg.ecom.kernel.ProblemException {@link Unauthorized}
     */
    public JWTClaimsSet claims(String compact, String type, String audience) {
        try {
            SignedJWT token = SignedJWT.parse(compact);
            if (!new JOSEObjectType(type).equals(token.getHeader().getType())
                    || !isSigned(token, key(token.getHeader().getKeyID()))) {
                throw new Unauthorized(Reason.TOKEN_INVALID).asException();
            }
            JWTClaimsSet claims = token.getJWTClaimsSet();
            if (!issuer.equals(claims.getIssuer()) || !claims.getAudience().contains(audience)) {
                throw new Unauthorized(Reason.TOKEN_INVALID).asException();
            }
            Date expiry = claims.getExpirationTime();
            if (expiry == null || !clock.instant().isBefore(expiry.toInstant())) {
                throw new Unauthorized(Reason.TOKEN_EXPIRED).asException();
            }
            return claims;
        } catch (ParseException | JOSEException | IllegalArgumentException altered) {
            throw new Unauthorized(Reason.TOKEN_INVALID).asException();
        }
    }

    /** Whether that key, which must be for signatures by ES256 (RFC 7517 §4.2, §4.3), made the token's. */
    static boolean isSigned(SignedJWT token, JWK key) throws JOSEException {
        return JWSAlgorithm.ES256.equals(token.getHeader().getAlgorithm())
                && (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
                && (key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY))
                && key instanceof ECKey ellipticCurveKey
                && token.verify(new ECDSAVerifier(ellipticCurveKey));
    }

    private JWK key(String kid) throws ParseException {
        JWK key = kid == null ? null : JWKSet.parse(secrets.value(keysSecret)).getKeyByKeyId(kid);
        if (key == null && kid != null) {
            key = JWKSet.parse(secrets.refreshed(keysSecret)).getKeyByKeyId(kid);
        }
        if (key == null) {
            throw new Unauthorized(Reason.TOKEN_INVALID).asException();
        }
        return key;
    }

    private static AccessToken read(JWTClaimsSet claims) {
        try {
            Set<Role> roles =
                    claims.getStringListClaim("roles").stream().map(Role::of).collect(Collectors.toSet());
            return new AccessToken(
                    new UserId(UUID.fromString(claims.getSubject())),
                    roles,
                    new SessionId(UUID.fromString(claims.getStringClaim("sid"))),
                    claims.getIntegerClaim("epoch"),
                    claims.getExpirationTime().toInstant());
        } catch (ParseException | IllegalArgumentException | NullPointerException incomplete) {
            throw new Unauthorized(Reason.TOKEN_INVALID).asException();
        }
    }

    private static String hash(String compact) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(compact.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private record Remembered(AccessToken token, Instant at) {}
}
