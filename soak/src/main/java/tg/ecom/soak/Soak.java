package tg.ecom.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import tg.ecom.client.ClientException;
import tg.ecom.client.Machine;

/** The plan of faults on one machine: which there are, in an order by seed, and each of them run. */
public final class Soak implements AutoCloseable {
    /** What a recharge passes through; people's own reading and signing in is not in question. */
    private static final List<String> DOMAINS = List.of("-payments-", "-events-", "-notifications-");

    private static final String READING = "-read-recharge";

    /** What runs by the clock passes the same places again and again. */
    private static final int NTH_MAX = 3;

    /** A first tier's caps on what comes in are not in question, nor how often an hour it is asked for in vain. */
    private static final int RUNS_BY_PAYER = 8;

    /** After which nothing more is to come of a recharge that has ended. */
    private static final Duration LATER = Duration.ofHours(1);

    /** Real time for what the moved clock sets off. */
    private static final Duration LATER_REAL = Duration.ofSeconds(1);

    private static final long AMOUNT_MIN = 1_000;
    private static final int AMOUNTS = 500;
    private static final int PHONE_FIRST = 90_000_001;

    private final Machine machine;
    private Optional<Payer> payer = Optional.empty();
    private int runs;
    private volatile boolean isClosed;

    private Soak(Machine machine) {
        this.machine = machine;
    }

    /**
     * On a machine of its own, of the project folder {@code root}, with what it keeps below {@code directory}.
     *
     * @throws ClientException when the machine does not start
     */
    public static Soak start(Path root, Path directory) {
        return new Soak(Machine.start(Machine.Settings.below(directory, root)));
    }

    /** The words of all that YAS's simulator can play. */
    public List<String> scenarios() {
        return new Cloud(machine.ecom()).scenarios();
    }

    /** What the machine said. */
    public Path log() {
        return machine.log();
    }

    /**
     * A recharge during which nothing dies, which finds the places that it passes; then each of them can be a fault.
     */
    public List<Fault> discover(String scenario, long seed) {
        Ending clean = run(scenario, Optional.empty(), List.of());
        if (!clean.differences().isEmpty()) {
            throw new ClientException("a run of " + scenario + " without a fault differs: " + clean.differences());
        }
        List<Fault> faults = new ArrayList<>();
        for (Cloud.Reached place : new Cloud(machine.ecom()).reached()) {
            boolean counts = DOMAINS.stream().anyMatch(place.function()::contains)
                    && !place.function().endsWith(READING);
            for (int nth = 1; counts && nth <= Math.min(place.times(), NTH_MAX); nth++) {
                for (Fault.Victim victim : Fault.Victim.values()) {
                    faults.add(new Fault(place.function(), place.point(), nth, victim));
                }
            }
        }
        Collections.shuffle(faults, new Random(seed * 31 + scenario.hashCode()));
        return faults;
    }

    /** One recharge under a fault, to its end. What keeps it from ending is a difference too. */
    public Ending run(String scenario, Fault fault) {
        return run(scenario, Optional.of(fault), List.of());
    }

    /** The same, where only a new instance passes the place: the one that is there dies first, at its first commit. */
    public Ending runInNewInstance(String scenario, Fault fault) {
        return run(scenario, Optional.of(fault), List.of(fault.ofTheFirstCommit()));
    }

    /**
     * Lets some time pass and looks at the wallet once more: whether anything was credited after its recharge had
     * ended.
     *
     * @return what is wrong; empty when nothing is
     */
    public Optional<String> audit() {
        return payer.flatMap(each -> {
            each.advance(LATER);
            LockSupport.parkNanos(LATER_REAL.toNanos());
            return each.audit();
        });
    }

    private Ending run(String scenario, Optional<Fault> fault, List<Fault> before) {
        Optional<String> late = Optional.empty();
        if (runs % RUNS_BY_PAYER == 0 || payer.isEmpty()) {
            late = audit();
            String phone = String.format(Locale.ROOT, "%d", PHONE_FIRST + runs);
            payer = Optional.of(Payer.signUp(machine.ecom(), phone));
        }
        runs++;
        try {
            Ending ending =
                    new Run(machine, payer.orElseThrow(), scenario, fault, before, AMOUNT_MIN + runs % AMOUNTS).ended();
            return late.map(ending::and).orElse(ending);
        } catch (ClientException unforeseen) {
            if (isClosed) {
                throw unforeseen;
            }
            return new Ending(scenario, fault, true, "unknown", List.of(unforeseen.getMessage()), Duration.ZERO);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        machine.close();
    }
}
