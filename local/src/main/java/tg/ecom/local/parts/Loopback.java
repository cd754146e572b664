package tg.ecom.local.parts;

import tg.ecom.client.FreePorts;

/** The only address that parts listen on. */
final class Loopback {
    /** The address in digits: names may resolve to IPv6 first, where nobody listens. */
    static final String HOST = "127.0.0.1";

    private Loopback() {}

    /** The port itself, or a free one if it is 0. */
    static int choosePort(int port) {
        return port == 0 ? FreePorts.one() : port;
    }
}
