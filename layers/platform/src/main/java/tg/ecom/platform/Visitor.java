package tg.ecom.platform;

import tg.ecom.kernel.Language;

/**
 * Whoever sent a request, signed in or not.
 *
 * @param language in which to answer
 * @param ip the address from which the entry point was called
 * @param device what the app says of itself (User-Agent), at most 200 characters
 */
public record Visitor(Language language, String ip, String device) {}
