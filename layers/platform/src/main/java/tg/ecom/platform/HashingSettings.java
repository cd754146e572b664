package tg.ecom.platform;

/**
 * For functions that hash by key, see {@link KeyedHash}.
 *
 * @param hashingKeySecret the secret from which keyed hashes are derived
 */
public record HashingSettings(String hashingKeySecret) {}
