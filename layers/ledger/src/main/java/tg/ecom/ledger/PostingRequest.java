package tg.ecom.ledger;

import java.time.InstantSource;
import java.util.Optional;
import tg.ecom.platform.Caller;

/**
 * A posting that somebody asks for.
 *
 * @param posting what is to be made
 * @param text the same under a new transfer id, as PostgreSQL reads it
 * @param caller who asks; none when Ecom itself does
 */
record PostingRequest(Posting posting, String text, Optional<Caller> caller) {
    static PostingRequest of(Posting posting, Optional<Caller> caller, InstantSource clock) {
        return new PostingRequest(posting, PostingText.of(posting, clock), caller);
    }
}
