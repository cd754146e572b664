package tg.ecom.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tg.ecom.testing.Together;

/** Many people who pay each other at once. Nothing is timed: what counts is that no franc is lost or made. */
final class LoadTest {
    private static final int PEOPLE = 50;
    private static final int THREADS = 16;
    private static final int CALLERS = 400;
    private static final int TRANSFERS = 2_000;
    private static final long FUNDS = 20_000;
    private static final int AMOUNT_MAX = 2_000;
    private static final long SEED = 20_260_101;

    @RegisterExtension
    final Scene scene = new Scene();

    @Test
    void transfersBetweenManyPeopleAtOnce_keepTheBooks() {
        List<Person> people = signUp();
        AtomicInteger next = new AtomicInteger();
        Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
        Together.call(THREADS, () -> {
            for (int number = next.getAndIncrement(); number < TRANSFERS; number = next.getAndIncrement()) {
                statuses.merge(transfer(people, number).status(), 1, Integer::sum);
            }
            return true;
        });
        assertTrue(Set.of(201, 422).containsAll(statuses.keySet()), statuses::toString);
        assertTrue(statuses.get(201) > TRANSFERS / 2, statuses::toString);
        assertEquals(PEOPLE * FUNDS, people.stream().mapToLong(Person::balance).sum());
        JsonNode verification = scene.cloud().verify();
        assertTrue(verification.path("ok").booleanValue(), verification::toString);
        assertEquals(0, verification.path("sum").longValue(), verification::toString);
    }

    /** More than PostgreSQL takes connections. */
    @Test
    void hundredsAtTheSameMoment_areAllAnswered() {
        Api api = scene.people().signUp().api();
        List<Integer> statuses =
                Together.call(CALLERS, () -> api.get("/api/wallet/balance").status());
        assertEquals(Collections.nCopies(CALLERS, 200), statuses);
    }

    private List<Person> signUp() {
        ConcurrentLinkedQueue<Person> people = new ConcurrentLinkedQueue<>();
        AtomicInteger left = new AtomicInteger(PEOPLE);
        Together.call(THREADS, () -> {
            while (left.getAndDecrement() > 0) {
                people.add(scene.people().signUpWith(FUNDS));
            }
            return true;
        });
        return List.copyOf(people);
    }

    /** Each transfer is the same in every run, whichever thread makes it. */
    private static Answer transfer(List<Person> people, int number) {
        Random random = new Random(SEED + number);
        int[] pair = random.ints(0, people.size()).distinct().limit(2).toArray();
        return people.get(pair[0]).send(1 + random.nextInt(AMOUNT_MAX), people.get(pair[1]));
    }
}
