package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Phone;

class PrimingTest {
    record Payment(Phone toPhone, Money amount, Optional<String> note) {}

    /** POST /api/wallet/transfer, as far as a test needs it. */
    static final class Transfer extends ApiFunction<Payment, NoContent> {
        private final Work work;

        interface Work {
            void run(Transfer function, Payment request);
        }

        Transfer(Work work) {
            super(Access.SIGNED_IN);
            this.work = work;
        }

        @Override
        protected NoContent handle(Caller caller, Payment request) {
            work.run(this, request);
            return new NoContent();
        }
    }

    private final List<Payment> handled = new ArrayList<>();
    private FunctionScene scene;

    @BeforeEach
    void start() throws IOException {
        scene = new FunctionScene();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void beforeASnapshot_theContractsExampleIsHandledManyTimes() throws Exception {
        Transfer transfer = transfer((function, request) -> handled.add(request));
        transfer.surroundings().priming().beforeCheckpoint(null);
        assertEquals(200, handled.size());
        assertEquals(
                new Payment(Phone.of("+22890000002"), new Money(500), Optional.of("le déjeuner")), handled.getFirst());
        assertEquals(List.of(), scene.aws.received());
        assertFalse(Rehearsal.isOn());
    }

    @Test
    void whatAFunctionAsksOfAws_isNotSent() throws Exception {
        Transfer transfer = transfer((function, request) -> {
            handled.add(request);
            function.surroundings().keyedHash().of("phone", "+22890000001");
        });
        transfer.surroundings().priming().beforeCheckpoint(null);
        assertEquals(200, handled.size());
        assertEquals(List.of(), scene.aws.received());
    }

    @Test
    void absentNetworkAndFaults_doNotFailTheSnapshot() throws Exception {
        scene.aws.close();
        Transfer unreachable = transfer((function, request) -> {
            handled.add(request);
            function.database().call(sql -> sql.execute("select 1"));
        });
        unreachable.surroundings().priming().beforeCheckpoint(null);
        Transfer faulty = transfer((function, request) -> {
            handled.add(request);
            throw new IllegalStateException("a fault of the test");
        });
        faulty.surroundings().priming().beforeCheckpoint(null);
        assertEquals(400, handled.size());
    }

    @Test
    void networkThatDoesNotAnswer_doesNotHoldTheSnapshotUp() throws Exception {
        Transfer slow = transfer((function, request) -> {
            handled.add(request);
            scene.clock.advance(Duration.ofSeconds(3));
        });
        slow.surroundings().priming().beforeCheckpoint(null);
        assertEquals(10, handled.size());
    }

    @Test
    void rehearsedFunction_servesAsUsualAfterwards() throws Exception {
        Transfer transfer = transfer((function, request) -> {
            handled.add(request);
            function.surroundings().secrets().value("one");
        });
        transfer.surroundings().priming().beforeCheckpoint(null);
        transfer.surroundings().priming().afterRestore(null);
        handled.clear();
        assertEquals(
                201,
                FunctionScene.invoked(
                                transfer,
                                FunctionScene.header(scene.signedIn("client"), "idempotency-key", "k1")
                                        .put("body", "{\"to_phone\":\"90123456\",\"amount\":1}"))
                        .path("statusCode")
                        .intValue());
        assertEquals(1, handled.size());
        assertEquals(List.of("GetSecretValue", "GetSecretValue"), scene.aws.received());
    }

    @Test
    void restoredFunction_asksForItsSecretsAnew() throws Exception {
        Transfer transfer = transfer((function, request) -> {});
        assertNotNull(transfer.surroundings().secrets().value("one"));
        transfer.surroundings().priming().afterRestore(null);
        assertNotNull(transfer.surroundings().secrets().value("one"));
        assertEquals(2, scene.aws.received().size());
    }

    private Transfer transfer(Transfer.Work work) throws Exception {
        return scene.made(() -> new Transfer(work));
    }
}
