package tg.ecom.kernel;

import java.util.UUID;

/**
 * Names one thing of one kind. Each kind has a type of its own, so that a wallet's id can't be handed over as a
 * person's.
 */
public interface Id {
    /** The id as it is stored: a UUID of version 7 (RFC 9562 §5.7), so that ids grow with time and index well. */
    UUID value();
}
