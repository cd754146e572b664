package tg.ecom.platform;

/**
 * Which deployment this is.
 *
 * @param stage {@code dev}, {@code staging}, {@code prod} or {@code local}: for names and logs, never for a decision
 */
public record StageSettings(String stage) {}
