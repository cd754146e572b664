package tg.ecom.client;

import java.io.IOException;

/** Is told of what goes over the wire, and decides what a lost connection means. */
public interface Wire {
    /** Nobody listens, and what had no answer is not sent again. */
    Wire PLAIN = new Wire() {};

    /** A request is about to be sent. */
    default void sending(String call) {}

    /** A request had no answer; whoever can bring the other side back does so. @return whether to send it again */
    default boolean again(IOException why) {
        return false;
    }
}
