package tg.ecom.auth;

import java.time.Duration;

/** What an app gets when somebody is signed in. */
public record TokenPair(
        String accessToken, String tokenType, int expiresInS, String refreshToken, int refreshExpiresInS) {
    static final Duration ACCESS_LIFE = Duration.ofMinutes(15);
    static final Duration REFRESH_LIFE = Duration.ofDays(7);

    static TokenPair of(String access, RefreshToken refresh) {
        return new TokenPair(
                access, "Bearer", (int) ACCESS_LIFE.toSeconds(), refresh.text(), (int) REFRESH_LIFE.toSeconds());
    }

    @Override
    public String toString() {
        return "token pair";
    }
}
