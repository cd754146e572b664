package tg.ecom.local.operators;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;

/** The tokens of those who logged in. They say until when they hold, so that a restart ends nobody's session. */
record YasTokens(InstantSource clock) {
    private static final String SCHEME = "Bearer ";
    private static final Duration LIFETIME = Duration.ofHours(1);

    String issue(String user) {
        String content = clock.instant().plus(LIFETIME) + " " + user;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether an Authorization header has a token that still holds. */
    boolean accepts(String authorization) {
        if (!authorization.startsWith(SCHEME)) {
            return false;
        }
        try {
            byte[] content = Base64.getUrlDecoder().decode(authorization.substring(SCHEME.length()));
            String expiry = new String(content, StandardCharsets.UTF_8).split(" ", 2)[0];
            return clock.instant().isBefore(Instant.parse(expiry));
        } catch (IllegalArgumentException | DateTimeException notOurs) {
            return false;
        }
    }
}
