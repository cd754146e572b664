package tg.ecom.soak;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import tg.ecom.client.Answer;
import tg.ecom.client.Machine;

/** One recharge from its request to its end, during which something may die. */
final class Run {
    /** From seconds, in which most things end, to hours, after which an operator is asked for the last time. */
    private static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(3),
            Duration.ofSeconds(14),
            Duration.ofSeconds(60),
            Duration.ofSeconds(240),
            Duration.ofSeconds(300),
            Duration.ofSeconds(300),
            Duration.ofSeconds(420),
            Duration.ofSeconds(420),
            Duration.ofSeconds(420),
            Duration.ofSeconds(1_800),
            Duration.ofSeconds(1_800),
            Duration.ofSeconds(3_600),
            Duration.ofSeconds(7_200),
            Duration.ofSeconds(21_600),
            Duration.ofSeconds(21_600));

    /** Real time for what a moved clock sets off. */
    private static final Duration STEP_MAX = Duration.ofMillis(1_500);

    private static final Duration LAST_STEP_MAX = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(40);
    private static final String BEGINNING = "-payments-recharge";
    private static final int ACCEPTED = 202;
    private static final int SERVER_ERROR = 500;

    private final Machine machine;
    private final Cloud cloud;
    private final Payer payer;
    private final String scenario;
    private final Optional<Fault> fault;
    private final List<Fault> before;
    private final long amount;
    private final List<String> differences = new ArrayList<>();

    /** {@code before} are deaths on the way to the fault. */
    Run(Machine machine, Payer payer, String scenario, Optional<Fault> fault, List<Fault> before, long amount) {
        this.machine = machine;
        this.cloud = new Cloud(machine.ecom());
        this.payer = payer;
        this.scenario = scenario;
        this.fault = fault;
        this.before = before;
        this.amount = amount;
    }

    /** Where the recharge, the wallet and YAS's books stand. */
    private record Standing(String state, boolean hasReason, long credited, List<JsonNode> statement) {
        /** Whether YAS is still to decide, or the recharge to end. */
        private boolean isOpen() {
            return state.equals("pending")
                    || statement.stream()
                            .anyMatch(item -> item.path("status").asText().equals("pending"));
        }

        private long paid() {
            return statement.stream()
                    .filter(item -> item.path("status").asText().equals("paid"))
                    .mapToLong(item -> item.path("amount").longValue())
                    .sum();
        }

        private boolean agrees(long amount) {
            if (isOpen() || statement.size() > 1) {
                return false;
            }
            return switch (state) {
                case "succeeded" -> credited == amount && paid() == amount;
                case "review" -> credited == 0 && hasReason;
                case "failed", "expired" -> credited == 0 && paid() == 0;
                default -> false;
            };
        }
    }

    Ending ended() {
        long began = System.nanoTime();
        int deaths = machine.deaths();
        cloud.play(scenario, payer.phone());
        payer.audit().ifPresent(differences::add);
        long balance = payer.balance();
        Set<String> references = payer.references();
        Map<String, Integer> deadBefore = cloud.deadLetters();
        machine.allowDeaths(
                fault.filter(each -> each.victim() == Fault.Victim.MACHINE).isPresent() ? 1 : 0);
        cloud.plan(Stream.concat(before.stream(), fault.stream()).toList());
        String id = begun();
        Standing standing = settled(id, balance, references);
        boolean killed = fault.filter(cloud::killed).isPresent();
        // A relay or a sweeper may come to the place only now, amid what is looked at next.
        fault.ifPresent(each -> cloud.spare());
        payer.credited(standing.credited());
        judge(id, standing, deadBefore);
        boolean struck = killed || machine.deaths() > deaths;
        machine.allowDeaths(0);
        return new Ending(
                scenario,
                fault,
                struck,
                standing.state(),
                List.copyOf(differences),
                Duration.ofNanos(System.nanoTime() - began));
    }

    /** Asks until it has begun, with one key, and once more: it is one recharge. */
    private String begun() {
        String key = UUID.randomUUID().toString();
        Answer first = payer.recharge(key, amount);
        long mayFail = Stream.concat(before.stream(), fault.stream())
                .filter(each -> each.function().endsWith(BEGINNING))
                .count();
        for (; mayFail > 0 && first.status() >= SERVER_ERROR; mayFail--) {
            first = payer.recharge(key, amount);
        }
        String id = first.expect(ACCEPTED).path("recharge_id").asText();
        String again =
                payer.recharge(key, amount).expect(ACCEPTED).path("recharge_id").asText();
        if (!again.equals(id)) {
            differences.add("one key began two recharges, " + id + " and " + again);
        }
        return id;
    }

    private Standing settled(String id, long balance, Set<String> references) {
        Standing standing = standing(id, balance, references);
        for (int step = 0; step < STEPS.size() && !isOver(id, standing); step++) {
            payer.advance(STEPS.get(step));
            Duration max = step == STEPS.size() - 1 ? LAST_STEP_MAX : STEP_MAX;
            long end = System.nanoTime() + max.toNanos();
            standing = standing(id, balance, references);
            while (!isOver(id, standing) && System.nanoTime() < end) {
                LockSupport.parkNanos(POLL.toNanos());
                standing = standing(id, balance, references);
            }
        }
        return standing;
    }

    private boolean isOver(String id, Standing standing) {
        return standing.agrees(amount)
                && cloud.execution(id)
                        .filter(status -> !status.equals("RUNNING"))
                        .isPresent();
    }

    private Standing standing(String id, long balance, Set<String> references) {
        JsonNode recharge = payer.rechargeById(id);
        boolean hasReason = !recharge.path("reason").asText("").isEmpty();
        List<JsonNode> statement = payer.statementSince(references);
        return new Standing(recharge.path("status").asText(), hasReason, payer.balance() - balance, statement);
    }

    private void judge(String id, Standing standing, Map<String, Integer> deadBefore) {
        if (!standing.agrees(amount)) {
            differences.add("recharge %s of %d is %s, credited %d, in YAS's books %s"
                    .formatted(id, amount, standing.state(), standing.credited(), standing.statement()));
        }
        String execution = cloud.execution(id).orElse("missing");
        if (execution.equals("RUNNING") || execution.equals("missing")) {
            differences.add("the execution of " + id + " is " + execution);
        }
        JsonNode books = cloud.verification();
        if (!books.path("ok").booleanValue()) {
            differences.add("the ledger's books differ: " + books);
        }
        Map<String, Integer> dead = cloud.deadLetters();
        if (!dead.equals(deadBefore)) {
            differences.add("dead letters were " + deadBefore + " and are " + dead);
        }
    }
}
