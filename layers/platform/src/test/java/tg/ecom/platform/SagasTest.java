package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.ProblemException;

/** Where a task that waits and its news meet, on real PostgreSQL. */
class SagasTest {
    private static final int MEETINGS = 1_000;
    private static final String WAIT = "charge";

    /** What a task ends with here. */
    record Ended(int number) {}

    private final QueueScene scene = new QueueScene();
    private final Instance parker = instance();
    private final Instance bringer = instance();

    @Test
    void newsInTheMomentOfParking_wakeTheTaskOnce_whoeverIsFirst() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        int wokenByParker = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int meeting = 0; meeting < MEETINGS; meeting++) {
                UUID subject = new UUID(7, meeting);
                String token = "token " + meeting;
                Outcome outcome = Outcome.success(new Ended(meeting));
                Future<Optional<Sagas.Wake>> parked = threads.submit(() -> {
                    together.await();
                    return parker.park(subject, token);
                });
                Future<Optional<Sagas.Wake>> told = threads.submit(() -> {
                    together.await();
                    return bringer.tell(subject, outcome);
                });
                List<Sagas.Wake> wakes = Stream.of(parked.get(), told.get())
                        .flatMap(Optional::stream)
                        .toList();
                assertEquals(
                        List.of(new Sagas.Wake(
                                subject, WAIT, token, "{\"number\": " + meeting + "}", Optional.empty())),
                        wakes,
                        "meeting " + meeting);
                wokenByParker += parked.get().isPresent() ? 1 : 0;
            }
        }
        assertTrue(wokenByParker > 0 && wokenByParker < MEETINGS, wokenByParker + " news came before the task");
    }

    @Test
    void newsThatComeAgain_doNotReplaceTheFirst() {
        UUID subject = new UUID(8, 1);
        assertEquals(Optional.empty(), bringer.tell(subject, Outcome.failure("Expired", "not_approved")));
        assertEquals(Optional.empty(), bringer.tell(subject, Outcome.success(new Ended(2))));
        assertEquals(
                Optional.of(new Sagas.Wake(subject, WAIT, "token", "not_approved", Optional.of("Expired"))),
                parker.park(subject, "token"));
    }

    @Test
    void taskThatIsTriedAgain_isWokenByItsFreshToken() {
        UUID subject = new UUID(9, 1);
        assertEquals(Optional.empty(), parker.park(subject, "first"));
        assertEquals(Optional.empty(), parker.park(subject, "second"));
        assertEquals(
                "second",
                bringer.tell(subject, Outcome.success(new Ended(1)))
                        .orElseThrow()
                        .token());
    }

    @Test
    void newsOfARolledBackTransaction_wakeNobody() {
        UUID subject = new UUID(10, 1);
        assertThrows(
                ProblemException.class,
                () -> bringer.around.database().transact(transaction -> {
                    bringer.around.sagas().news(transaction, subject, WAIT, Outcome.success(new Ended(1)));
                    throw new CommonProblem.NotFound().asException();
                }));
        assertEquals(Optional.empty(), parker.park(subject, "token"));
    }

    private Instance instance() {
        try {
            return new Instance(FunctionRuntime.within(
                    QueueScene.environment(),
                    scene.clock,
                    () -> new Surroundings(List.of(StageSettings.class, DatabaseSettings.class))));
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** An instance of a function, with a connection of its own. */
    private record Instance(Surroundings around) {
        Optional<Sagas.Wake> park(UUID subject, String token) {
            return around.database().call(handle -> around.sagas().park(handle, subject, WAIT, token));
        }

        Optional<Sagas.Wake> tell(UUID subject, Outcome outcome) {
            return around.database().transact(transaction -> around.sagas().news(transaction, subject, WAIT, outcome));
        }
    }
}
