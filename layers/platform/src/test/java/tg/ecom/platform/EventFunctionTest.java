package tg.ecom.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EventFunctionTest {
    record Tick(String scheduleName) {}

    /** A function that a schedule calls. */
    static final class Ticking extends EventFunction<Tick> {
        private final Consumer<Tick> work;

        Ticking(Consumer<Tick> work) {
            this.work = work;
        }

        @Override
        protected void handle(Tick event) {
            work.accept(event);
        }

        InstantSource time() {
            return clock();
        }
    }

    private static final JsonNode EVENT =
            AwsServer.object().put("schedule_name", "each-minute").put("unnamed", 1);

    private final SettableClock clock = new SettableClock();
    private final List<Tick> handled = new ArrayList<>();

    @Test
    void event_isHandledAndWhatItDoesNotNamePassedOver() throws Exception {
        Ticking function = made(handled::add);
        assertEquals(AwsServer.object(), FunctionScene.invoked(function, EVENT));
        assertEquals(List.of(new Tick("each-minute")), handled);
        assertEquals(clock.instant(), function.time().instant());
    }

    @Test
    void workThatThrows_failsTheInvocationAndIsLoggedOnce() throws Exception {
        Ticking function = made(event -> {
            throw new IllegalStateException("a fault of the test");
        });
        try (LogLines log = LogLines.open()) {
            assertThrows(IllegalStateException.class, () -> FunctionScene.invoked(function, EVENT));
            assertEquals(1, log.alarms().size());
        }
    }

    @Test
    void eventThatDoesNotFit_isNotQuoted() throws Exception {
        Ticking function = made(handled::add);
        JsonNode unfit =
                AwsServer.object().set("schedule_name", AwsServer.object().put("phone", "+22890123456"));
        try (LogLines log = LogLines.open()) {
            RuntimeException refused =
                    assertThrows(RuntimeException.class, () -> FunctionScene.invoked(function, unfit));
            assertFalse(refused.toString().contains("90123456"), refused::toString);
            assertNull(refused.getCause());
            assertEquals(1, log.alarms().size());
        }
        assertEquals(List.of(), handled);
    }

    @Test
    void settingThatItDidNotDeclare_keepsItFromStarting() {
        Map<String, String> environment = Map.of("ECOM_STAGE", "local", "ECOM_ORIGIN_SECRET", "x");
        assertThrows(
                IllegalStateException.class,
                () -> FunctionRuntime.within(environment, clock, () -> new Ticking(handled::add)));
        assertEquals(List.of(), handled);
    }

    private Ticking made(Consumer<Tick> work) throws Exception {
        return FunctionRuntime.within(Map.of("ECOM_STAGE", "local"), clock, () -> new Ticking(work));
    }
}
