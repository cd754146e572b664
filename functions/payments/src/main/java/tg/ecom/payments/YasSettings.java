package tg.ecom.payments;

import java.net.URI;

/**
 * How to reach YAS.
 *
 * @param yasBaseUrl the address of its middleware, without a slash at its end
 * @param yasSecret the secret with our account there, {@code {"username": …, "password": …}}
 */
public record YasSettings(URI yasBaseUrl, String yasSecret) {}
