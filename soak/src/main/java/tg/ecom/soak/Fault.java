package tg.ecom.soak;

import java.util.Arrays;
import java.util.Locale;

/**
 * What dies, and where.
 *
 * @param function the function's name
 * @param point its failpoint, such as {@code commit.before}
 * @param nth at which time that it is reached, counted from 1
 * @param victim what dies there
 */
public record Fault(String function, String point, int nth, Victim victim) {
    /** What dies. */
    public enum Victim {
        /** The instance of the function. */
        INSTANCE,
        /** The whole one-machine cloud, by SIGKILL. */
        MACHINE;

        /**
         * {@code instance} or {@code machine}.
         *
         * @throws IllegalArgumentException when it is neither
         */
        public static Victim parse(String word) {
            return Arrays.stream(values())
                    .filter(victim -> victim.toString().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(word + " is neither instance nor machine."));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int WORDS = 4;

    /**
     * As {@link #toString} writes it.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Fault parse(String text) {
        String[] words = text.strip().split("\\s+", -1);
        if (words.length != WORDS || !words[2].matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException("\"" + text + "\" is not \"FUNCTION POINT NTH instance|machine\".");
        }
        return new Fault(words[0], words[1], Integer.parseInt(words[2]), Victim.parse(words[WORDS - 1]));
    }

    /** The death of an instance of the same function, so that the next one is new. */
    public Fault ofTheFirstCommit() {
        return new Fault(function, "commit.before", 1, Victim.INSTANCE);
    }

    @Override
    public String toString() {
        return function + " " + point + " " + nth + " " + victim;
    }
}
