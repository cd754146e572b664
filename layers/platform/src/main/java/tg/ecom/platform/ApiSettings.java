package tg.ecom.platform;

import java.net.URI;

/**
 * What every function behind the API needs.
 *
 * @param publicBaseUrl the address that the outside knows; also the issuer of access tokens
 * @param originSecret what the entry point sends along to show that a request came through it
 * @param publicKeysSecret the secret with the public JWK set of access tokens
 */
public record ApiSettings(URI publicBaseUrl, String originSecret, String publicKeysSecret) {}
