package tg.ecom.local.operators;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an operator and its payer do with a payment, from its request on. */
public enum Scenario {
    /** Paid, and told. */
    SUCCESS(true, Times.SOON, List.of(Notice.settled(Times.SOON))),
    /** The payer refuses, and we are told. */
    REFUSED(false, Times.SOON, List.of(Notice.settled(Times.SOON))),
    /** Paid, and nobody tells us. */
    SILENT(true, Times.SOON, List.of()),
    /** Paid and told after five minutes. */
    LATE(true, Times.LATE, List.of(Notice.settled(Times.LATE))),
    /** Paid and told after twenty minutes, when nobody waits any more. */
    AFTER_EXPIRY(true, Times.AFTER_EXPIRY, List.of(Notice.settled(Times.AFTER_EXPIRY))),
    /** Paid, and told twice. */
    WEBHOOK_TWICE(true, Times.SOON, List.of(Notice.settled(Times.SOON), Notice.settled(Times.SOON))),
    /** Paid at once, and told before the request is answered. */
    WEBHOOK_FIRST(true, Duration.ZERO, List.of(Notice.settled(Duration.ZERO))),
    /** Less is paid than was asked. */
    WRONG_AMOUNT(true, Times.SOON, List.of(Notice.settled(Times.SOON))),
    /** Somebody else tells us that it was paid; it is refused in the end. */
    FORGED_WEBHOOK(false, Times.FORGED_FAILS, List.of(Notice.forged(Times.SOON), Notice.settled(Times.FORGED_FAILS))),
    /** The first requests, and a question, are answered with an error. */
    SERVER_ERRORS(true, Times.SOON, List.of(Notice.settled(Times.SOON))),
    /** Paid, but the request is answered later than anybody waits. */
    SLOW(true, Times.SOON, List.of(Notice.settled(Times.SOON))),
    /** Paid, but the connection is cut before the answer. */
    CUT(true, Times.SOON, List.of(Notice.settled(Times.SOON)));

    /** Francs that a payer pays too little. */
    static final long MISSING_FRANCS = 100;

    private final boolean paid;
    private final Duration settlesAfter;
    private final List<Notice> notices;

    /**
     * A message to our webhook.
     *
     * @param after how long after the request
     * @param forged whether it comes from somebody else and is not true
     */
    record Notice(Duration after, boolean forged) {
        static Notice settled(Duration after) {
            return new Notice(after, false);
        }

        static Notice forged(Duration after) {
            return new Notice(after, true);
        }
    }

    private static final class Times {
        private static final Duration SOON = Duration.ofSeconds(2);
        private static final Duration FORGED_FAILS = Duration.ofMinutes(3);
        private static final Duration LATE = Duration.ofMinutes(5);
        private static final Duration AFTER_EXPIRY = Duration.ofMinutes(20);
    }

    Scenario(boolean paid, Duration settlesAfter, List<Notice> notices) {
        this.paid = paid;
        this.settlesAfter = settlesAfter;
        this.notices = notices;
    }

    /** The scenario of that name in small letters, such as {@code webhook_twice}. */
    public static Optional<Scenario> named(String name) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.word().equals(name))
                .findFirst();
    }

    /** Its name in small letters. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is paid in the end. */
    boolean paid() {
        return paid;
    }

    /** How long after the request it is paid or refused. */
    Duration settlesAfter() {
        return settlesAfter;
    }

    /** Who tells us what, in order. */
    List<Notice> notices() {
        return notices;
    }
}
