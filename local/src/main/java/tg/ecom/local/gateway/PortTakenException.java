package tg.ecom.local.gateway;

/** Another program listens on the port. */
public final class PortTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what to do about it. */
    public PortTakenException(int port) {
        super("Port " + port
                + " of 127.0.0.1 is taken by another program: end that one, or choose another with --port.");
    }
}
