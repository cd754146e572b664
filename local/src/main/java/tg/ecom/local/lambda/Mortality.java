package tg.ecom.local.lambda;

import java.util.function.Consumer;

/**
 * What one instance calls at its failpoints. Where it is to die, its connection is dropped, so that the database sees a
 * crash and no rollback, and whatever else it tries fails too.
 */
final class Mortality implements Consumer<String> {
    /** The end of an instance; an error, so that a handler does not take it for a failure of its own work. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed(String point) {
            super("killed at " + point, null, false, false);
        }
    }

    private static final int STATUS_OF_SIGKILL = 137;

    private final Failpoints failpoints;
    private final String function;
    private volatile Runnable lastRites = () -> {};
    private volatile boolean dead;

    Mortality(Failpoints failpoints, String function) {
        this.failpoints = failpoints;
        this.function = function;
    }

    /** Has that done first when it dies. */
    void beforeDeath(Runnable rites) {
        lastRites = rites;
    }

    boolean dead() {
        return dead;
    }

    @Override
    public void accept(String point) {
        if (dead) {
            throw new Killed(point);
        }
        failpoints.reached(new Failpoints.Place(function, point)).ifPresent(victim -> die(victim, point));
    }

    private void die(Failpoints.Victim victim, String point) {
        switch (victim) {
            case MACHINE -> Runtime.getRuntime().halt(STATUS_OF_SIGKILL);
            case INSTANCE -> {
                dead = true;
                lastRites.run();
                throw new Killed(point);
            }
        }
    }
}
