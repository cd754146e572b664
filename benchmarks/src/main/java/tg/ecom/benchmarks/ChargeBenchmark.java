package tg.ecom.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import tg.ecom.benchmarks.App.Person;
import tg.ecom.benchmarks.Counts.Kind;
import tg.ecom.local.LocalCloud;
import tg.ecom.local.UpOptions;
import tg.ecom.local.template.FunctionDefinition;
import tg.ecom.local.template.Stack;

/** What a charge that goes well uses of the cloud, and costs there. */
final class ChargeBenchmark implements Benchmark {
    private static final int WARM_UPS = 5;
    private static final int CHARGES = 20;

    /** So many, since an access token lives for 15 minutes and each charge moves the clock. */
    private static final int CHARGES_A_PERSON = 8;

    private static final long AMOUNT = 500;

    /** By then the payer has approved. */
    private static final Duration APPROVED = Duration.ofSeconds(3);

    /** By then the question that was asked at the beginning, should no webhook come, is due. */
    private static final Duration QUESTION_DUE = Duration.ofSeconds(16);

    /** Small beside the minute after which functions run by the clock again. */
    private static final Duration STEP = Duration.ofSeconds(10);

    /** In that time a function that runs by the clock has begun and ended, or there was none. */
    private static final Duration STEP_PAUSE = Duration.ofMillis(300);

    /** The relay looks four times a second for what happened: in that time an event has arrived wherever it is told. */
    private static final Duration QUIET = Duration.ofMillis(900);

    @Override
    public String name() {
        return "charge";
    }

    @Override
    public String summary() {
        return "what a recharge by YAS that goes well uses of the cloud, priced at AWS's list";
    }

    @Override
    public List<Bar> run(Terminal terminal) {
        terminal.begin("Starting a one-machine cloud of its own");
        try (TemporaryDirectory data = TemporaryDirectory.make();
                CloudMeter meter = new CloudMeter();
                LocalCloud cloud = LocalCloud.start(
                        new UpOptions(freePort(), data.path(), false, Set.of()), (part, took) -> {}, meter)) {
            Map<String, FunctionDefinition> functions = cloud.stack().all(Stack::functions).stream()
                    .collect(Collectors.toMap(FunctionDefinition::name, Function.identity()));
            App app = new App(cloud.address());
            terminal.begin("Charging");
            Counts before = meter.counts();
            List<Charge> charges = charges(terminal, app, meter, functions);
            ChargeReport report =
                    new ChargeReport(functions, charges, meter.counts().since(before));
            report.print(terminal.out());
            return report.bars();
        }
    }

    private static List<Charge> charges(
            Terminal terminal, App app, CloudMeter meter, Map<String, FunctionDefinition> functions) {
        List<Charge> charges = new ArrayList<>();
        Person person = app.signUp();
        for (int done = 0; done < WARM_UPS + CHARGES; done++) {
            terminal.progress("charge", done + 1, WARM_UPS + CHARGES);
            if (done > 0 && done % CHARGES_A_PERSON == 0) {
                person = app.signUp();
            }
            Charge charge = charge(app, person, meter, functions);
            if (done >= WARM_UPS) {
                charges.add(charge);
            }
        }
        terminal.end();
        return charges;
    }

    /** One charge from the request until nothing of it is underway any more; the clock is moved where it would wait. */
    private static Charge charge(App app, Person person, CloudMeter meter, Map<String, FunctionDefinition> functions) {
        Runnable quiet = () -> Waiting.untilQuiet(
                () -> meter.counts().sum(Kind.INVOCATION, name -> Cause.of(functions.get(name)) != Cause.CLOCK), QUIET);
        passTheMinute(app, meter, functions);
        quiet.run();
        int payments = app.paymentsInBooks(person.phone());
        Counts before = meter.counts();
        String id = app.recharge(person, AMOUNT);
        Waiting.until("YAS was asked", () -> app.paymentsInBooks(person.phone()) > payments);
        quiet.run();
        app.advance(APPROVED);
        Waiting.until("the charge ended", () -> !status(app.execution(id)).equals("RUNNING"));
        // Else what is being told of it would be taken for lost, and told again.
        quiet.run();
        app.advance(QUESTION_DUE);
        Waiting.until("all messages were consumed", () -> meter.messagesUnderway() == 0);
        quiet.run();
        Counts after = meter.counts();
        if (!app.statusOf(person, id).equals("succeeded")) {
            throw new BenchmarkFailure("The charge " + id + " did not go well.");
        }
        Counts polled = meter.counts();
        return new Charge(
                after.since(before),
                polled.since(after),
                Charge.transitions(app.execution(id).path("history")));
    }

    /**
     * Moves the clock until what runs each minute has just run, so that it does not run amid a charge: a relay that
     * takes over from another tells again what the other was telling.
     */
    private static void passTheMinute(App app, CloudMeter meter, Map<String, FunctionDefinition> functions) {
        LongSupplier runs =
                () -> meter.counts().sum(Kind.INVOCATION, name -> Cause.of(functions.get(name)) == Cause.CLOCK);
        long before = runs.getAsLong();
        while (runs.getAsLong() == before) {
            app.advance(STEP);
            Waiting.atMost(STEP_PAUSE, () -> runs.getAsLong() > before);
        }
    }

    private static String status(JsonNode execution) {
        return execution.path("status").asText();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
