package tg.ecom.local.template;

/** An expression of a template that has no value; the message is the reason, without place. */
final class UnresolvableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnresolvableException(String reason) {
        super(reason);
    }
}
