package tg.ecom.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tg.ecom.local.parts.PostgresServer;

/** How fast the interpreter of Step Functions is by itself, beside the server that it keeps everything in. */
final class StatesBenchmark implements Benchmark {
    private static final int ROUNDS = 9;
    private static final int WARM_UPS = 3;
    private static final int CALLERS = 8;
    private static final int EXECUTIONS_A_CALLER = 60;
    private static final int TASKS = 50;
    private static final Duration COMMITTING = Duration.ofSeconds(1);
    private static final Duration COMMITTING_ALONE = Duration.ofMillis(500);
    private static final double MS_PER_S = 1_000;

    private static final double EXECUTIONS_A_SECOND_MIN = 300;
    private static final double TASK_MS_MAX = 5;
    private static final double HALF = 0.5;

    /** What a round found. */
    private record Round(double commits, double executions, double commitMs, double taskMs) {}

    @Override
    public String name() {
        return "states";
    }

    @Override
    public String summary() {
        return "how fast the interpreter of Step Functions is, beside bare commits on the same server";
    }

    @Override
    public List<Bar> run(Terminal terminal) {
        terminal.begin("Starting PostgreSQL (fsync on) and the interpreter");
        try (TemporaryPostgres postgres = TemporaryPostgres.start(Map.of());
                Interpreter interpreter = new Interpreter(postgres.server(), TASKS);
                Callers callers = new Callers(CALLERS);
                Callers single = new Callers(1)) {
            CommitLoop bare = new CommitLoop(postgres.server().dataSource(PostgresServer.PRODUCT_DATABASE));
            terminal.begin("Measuring");
            List<Round> rounds = new ArrayList<>();
            for (int done = 0; done < WARM_UPS + ROUNDS; done++) {
                terminal.progress("round", done + 1, WARM_UPS + ROUNDS);
                Round round = new Round(
                        bare.commitsPerSecond(callers, COMMITTING),
                        interpreter.executionsPerSecond(callers, EXECUTIONS_A_CALLER),
                        MS_PER_S / bare.commitsPerSecond(single, COMMITTING_ALONE),
                        Rounds.percentile(interpreter.millisBetweenCalls(), HALF));
                if (done >= WARM_UPS) {
                    rounds.add(round);
                }
            }
            terminal.end();
            return told(rounds, terminal.out());
        }
    }

    private static List<Bar> told(List<Round> rounds, PrintStream out) {
        Rounds commits = Rounds.of(rounds.stream().map(Round::commits).toList());
        Rounds executions = Rounds.of(rounds.stream().map(Round::executions).toList());
        Rounds commitMs = Rounds.of(rounds.stream().map(Round::commitMs).toList());
        Rounds taskMs = Rounds.of(rounds.stream().map(Round::taskMs).toList());
        out.printf(
                "The interpreter, %d callers at a time, in the median of %d rounds (lowest to highest):%n%n",
                CALLERS, ROUNDS);
        row(out, "Pass, Choice, Pass", executions.told(0), "executions a second");
        row(out, "bare INSERT and commit", commits.told(0), "a second, on the same server in the same rounds");
        row(out, "so one execution costs", commits.by(executions).told(1), "bare commits");
        row(out, "lambda:invoke, p50", taskMs.told(2), "ms a state, over the function's own time, one at a time");
        row(out, "so one state costs", taskMs.by(commitMs).told(1), "bare commits of one caller");
        Conditions.print(out);
        return List.of(
                Bar.atLeast("executions of Pass, Choice, Pass a second", executions.median(), EXECUTIONS_A_SECOND_MIN),
                Bar.atMost("p50 of a lambda:invoke state over its function, ms", taskMs.median(), TASK_MS_MAX));
    }

    private static void row(PrintStream out, String what, String figure, String unit) {
        out.printf("  %-24s %24s  %s%n", what, figure, unit);
    }
}
