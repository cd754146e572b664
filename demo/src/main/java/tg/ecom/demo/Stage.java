package tg.ecom.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import tg.ecom.client.Ecom;
import tg.ecom.client.Person;
import tg.ecom.client.Tools;

/**
 * What every chapter is played on.
 *
 * @param ecom the Ecom that is played with
 * @param narrator who tells it
 * @param amidDeaths whether the machine dies on the way: an SMS that was being sent then is not sent again, since it
 *     may have arrived, and what was used is counted anew
 */
record Stage(Ecom ecom, Narrator narrator, boolean amidDeaths) {
    /** Real time for what goes on behind an answer. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration BETWEEN_MOVES = Duration.ofSeconds(5);
    private static final Duration MOVE = Duration.ofSeconds(50);

    /** Together less than a store has to answer an order. */
    private static final int MOVES_MAX = 8;

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int OK = 200;

    Tools tools() {
        return ecom.tools();
    }

    /** Tells what was looked at. @throws StoryException when it is not so */
    void holds(boolean isSo, String what) {
        if (!isSo) {
            throw new StoryException("It should be so, and is not: " + what + ".");
        }
        narrator.holds(what);
    }

    /** Looks at two that should be the same. @throws StoryException when they differ */
    static void same(Object expected, Object actual, String what) {
        if (!expected.equals(actual)) {
            throw new StoryException(what + " should be " + expected + ", and is " + actual + ".");
        }
    }

    /**
     * Asks again and again until there is an answer. Amid deaths time is moved meanwhile: what a death left undone is
     * done when a queue shows a message again, or by the relay of the next minute.
     *
     * @throws StoryException when none comes
     */
    <T> T await(String what, Supplier<Optional<T>> question) {
        long began = System.nanoTime();
        int moves = 0;
        Optional<T> answer = question.get();
        while (answer.isEmpty()) {
            Duration waited = Duration.ofNanos(System.nanoTime() - began);
            if (waited.compareTo(PATIENCE) > 0) {
                throw new StoryException("It was waited for in vain that " + what + ".");
            }
            if (amidDeaths && moves < MOVES_MAX && waited.compareTo(BETWEEN_MOVES.multipliedBy(moves + 1L)) > 0) {
                tools().advance(MOVE);
                moves++;
            }
            LockSupport.parkNanos(POLL.toNanos());
            answer = question.get();
        }
        return answer.get();
    }

    /** Lets time go by for everybody. */
    void timePasses(Duration time, String why) {
        tools().advance(time);
        narrator.timePasses(time, why);
    }

    /** What is in somebody's wallet. */
    static Wallet wallet(Person person) {
        JsonNode balance = person.get("/api/wallet/balance").expect(OK);
        return new Wallet(
                balance.path("balance").longValue(), balance.path("held").longValue());
    }

    /** Waits until somebody was told that of an order, in their inbox, and shows the SMS that came with it. */
    void awaitTold(String who, Person person, String kind, Order order) {
        await(who + " has " + kind + " of " + order.number() + " in the inbox", () -> told(person, kind, order));
        if (amidDeaths) {
            return;
        }
        String text = await(
                who + " has an SMS of " + order.number(),
                () -> tools().texts(person.phone()).stream()
                        .limit(1)
                        .filter(newest -> newest.contains(order.number()))
                        .findFirst());
        narrator.sms(who, text);
    }

    private static Optional<JsonNode> told(Person person, String kind, Order order) {
        for (JsonNode item : person.get("/api/notifications").expect(OK).path("items")) {
            if (item.path("kind").asText().equals(kind)
                    && item.path("order_id").asText().equals(order.id())) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }

    /**
     * In francs.
     *
     * @param held of the balance what is promised
     */
    record Wallet(long balance, long held) {}
}
