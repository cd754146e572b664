package tg.ecom.auth;

/**
 * For functions that sign tokens.
 *
 * @param signingKeysSecret the secret with the private JWK set, the signing key first
 */
public record SigningSettings(String signingKeysSecret) {}
