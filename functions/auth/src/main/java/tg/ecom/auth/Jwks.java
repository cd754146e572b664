package tg.ecom.auth;

import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import tg.ecom.platform.ApiSettings;
import tg.ecom.platform.PublicFunction;
import tg.ecom.platform.Visitor;

/** GET /.well-known/jwks.json: the public keys by which anybody can verify access tokens (RFC 7517 §5). */
public final class Jwks extends PublicFunction<Jwks.Request, Jwks.Keys> {
    private static final int CACHEABLE_S = 300;

    /** Nothing is asked. */
    public record Request() {}

    /** A JWK set. */
    public record Keys(List<Map<String, Object>> keys) {}

    /** Needs nothing beyond what every API function has. */
    public Jwks() {}

    @Override
    protected int cacheableSeconds() {
        return CACHEABLE_S;
    }

    @Override
    protected Keys handle(Visitor visitor, Request request) {
        String set = surroundings()
                .secrets()
                .value(surroundings().settings(ApiSettings.class).publicKeysSecret());
        try {
            return new Keys(JWKSet.parse(set).toPublicJWKSet().getKeys().stream()
                    .map(key -> key.toJSONObject())
                    .toList());
        } catch (ParseException broken) {
            throw new IllegalStateException("the public keys can't be read", broken);
        }
    }
}
