package tg.ecom.auth;

/** What a code by SMS is for. */
public enum VerificationType {
    REGISTRATION,
    LOGIN,
    PASSWORD_RESET
}
