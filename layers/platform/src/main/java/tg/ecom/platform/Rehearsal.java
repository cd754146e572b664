package tg.ecom.platform;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.UUID;
import tg.ecom.kernel.SessionId;
import tg.ecom.kernel.UserId;

/**
 * Whether this thread only rehearses: before a SnapStart snapshot each function runs its real path many times, so that
 * the snapshot holds loaded classes and compiled code. A rehearsal writes nothing: transactions are rolled back,
 * requests to AWS stop before they leave.
 */
final class Rehearsal {
    private static final ScopedValue<Boolean> ON = ScopedValue.newInstance();

    private Rehearsal() {}

    static boolean isOn() {
        return ON.isBound();
    }

    static void run(Runnable work) {
        ScopedValue.where(ON, true).run(work);
    }

    /** Somebody who does not exist, with every role. */
    static AccessToken token(InstantSource clock) {
        UUID nobody = new UUID(0, 0);
        return new AccessToken(
                new UserId(nobody), EnumSet.allOf(Role.class), new SessionId(nobody), 0, clock.instant());
    }

    /** Ends a rehearsal where the outside would begin. */
    static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stop() {
            super("a rehearsal stops here", null, false, false);
        }
    }
}
