package tg.ecom.auth;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import tg.ecom.kernel.SessionId;
import tg.ecom.platform.KeyedHash;

/**
 * A refresh token: the session's id, a nonce, and an HMAC over both, so that one that was never ours is told from one
 * that is spent. Its successor follows from it by an HMAC, so that asking twice gives the same one.
 *
 * @param session the session that it continues
 * @param text the token as the app keeps it
 */
record RefreshToken(SessionId session, String text) {
    private static final int NONCE_BYTES = 32;
    private static final int ID_BYTES = 16;
    private static final int MAC_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The first token of a session. */
    static RefreshToken first(SessionId session, KeyedHash hash) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return of(session, nonce, hash);
    }

    /** Reads a token. @return empty when it is none that was ever given out */
    static Optional<RefreshToken> parse(String text, KeyedHash hash) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length != ID_BYTES + NONCE_BYTES + MAC_BYTES) {
                return Optional.empty();
            }
            ByteBuffer in = ByteBuffer.wrap(bytes);
            SessionId session = new SessionId(new UUID(in.getLong(), in.getLong()));
            RefreshToken genuine = of(session, Arrays.copyOfRange(bytes, ID_BYTES, ID_BYTES + NONCE_BYTES), hash);
            boolean same = MessageDigest.isEqual(Base64.getUrlDecoder().decode(genuine.text), bytes);
            return same ? Optional.of(genuine) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** The token that follows this one. */
    RefreshToken successor(KeyedHash hash) {
        return of(session, hash.of("refresh-successor", text), hash);
    }

    /** What is stored of it. */
    byte[] hashed(KeyedHash hash) {
        return hash.of("refresh-token", text);
    }

    private static RefreshToken of(SessionId session, byte[] nonce, KeyedHash hash) {
        byte[] mac = hash.of("refresh-mac", session + "/" + HexFormat.of().formatHex(nonce));
        byte[] bytes = ByteBuffer.allocate(ID_BYTES + NONCE_BYTES + MAC_BYTES)
                .putLong(session.value().getMostSignificantBits())
                .putLong(session.value().getLeastSignificantBits())
                .put(nonce)
                .put(mac)
                .array();
        return new RefreshToken(session, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @Override
    public String toString() {
        return "refresh token of session " + session;
    }
}
