package tg.ecom.benchmarks;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import tg.ecom.benchmarks.Counts.Kind;
import tg.ecom.local.template.FunctionDefinition;

/** What charges used and cost, for people to read. */
final class ChargeReport {
    private static final int TRANSITIONS_MAX = 6;
    private static final int INVOCATIONS_MAX = 5;
    private static final double MB_PER_GB = 1_024;
    private static final double MS_PER_S = 1_000;
    private static final int GB_SECONDS_DECIMALS = 3;

    private final Map<String, FunctionDefinition> functions;
    private final List<Charge> charges;
    private final Counts whole;

    /** Of those charges, and of all that was counted from the first to the last, warming up included. */
    ChargeReport(Map<String, FunctionDefinition> functions, List<Charge> charges, Counts whole) {
        this.functions = functions;
        this.charges = charges;
        this.whole = whole;
    }

    /** A bar holds for each charge, not for the typical one. */
    List<Bar> bars() {
        return List.of(
                Bar.atMost("state transitions of a charge", transitions().highest(), TRANSITIONS_MAX),
                Bar.atMost("Lambda invocations of a charge", invocations().highest(), INVOCATIONS_MAX));
    }

    void print(PrintStream out) {
        out.printf(
                "A charge by YAS that goes well, its payer approving at once; the median of %d, each by itself:%n%n",
                charges.size());
        table().print(out, "a charge", "1,000 charges");
        out.println("\n  Of Lambda and PostgreSQL, by function:\n");
        byFunction(out);
        out.println("\n  Not of a charge, and not in its price:\n");
        apart(out);
        out.println("""

                  Prices: AWS's list, US East (N. Virginia), first tier, nothing free. State transitions are the
                  states executed, retries, and the start. Lambda's time is this machine's, with all else beside it.
                  Aurora Serverless is paid for by the hour of its capacity, not by the statement; logs, traffic, CloudFront,
                  text messages and the operator's fee are left out too.\
                """.stripTrailing());
    }

    private CostTable table() {
        return new CostTable()
                .add("Step Functions transitions", transitions(), Price.STATE_TRANSITION)
                .add("Lambda invocations", invocations(), Price.LAMBDA_REQUEST)
                .add("Lambda GB-seconds, arm64", each(this::gbSeconds), GB_SECONDS_DECIMALS, Price.LAMBDA_GB_SECOND)
                .add("API Gateway requests", each(this::apiRequests), Price.API_REQUEST)
                .add("SQS sends", calls("sqs Send"), Price.QUEUE_REQUEST)
                .add("SQS receives", calls("sqs ReceiveMessage"), Price.QUEUE_REQUEST)
                .add("SQS deletes", calls("sqs Delete"), Price.QUEUE_REQUEST)
                .add("SNS publishes", calls("sns Publish"), Price.TOPIC_REQUEST)
                .add("DynamoDB writes", calls("dynamodb Put", "dynamodb Update", "dynamodb Delete"), Price.TABLE_WRITE)
                .add("DynamoDB reads", calls("dynamodb Get", "dynamodb Query"), Price.TABLE_READ)
                .add("KMS requests", calls("kms "), Price.KEY_REQUEST)
                .add("Secrets Manager requests", calls("secretsmanager "), Price.SECRET_REQUEST)
                .addUnpriced("PostgreSQL round trips", each(this::roundTrips));
    }

    private void byFunction(PrintStream out) {
        CostTable.row(out, "", "invocations", "billed ms", "memory", "round trips");
        named(Cause.CHARGE).forEach(function -> {
            Rounds invoked = each(charge -> charge.counts().of(Kind.INVOCATION, function.name()));
            if (invoked.highest() > 0) {
                CostTable.row(
                        out,
                        function.logicalPath(),
                        invoked.told(0),
                        each(charge -> charge.counts().of(Kind.BILLED_MS, function.name()))
                                .told(0),
                        function.memoryMb() + " MB",
                        each(charge -> charge.counts().of(Kind.ROUND_TRIP, function.name()))
                                .told(0));
            }
        });
    }

    private void apart(PrintStream out) {
        named(Cause.CLOCK).forEach(function -> {
            long runs = whole.of(Kind.INVOCATION, function.name());
            if (runs > 0) {
                out.printf(
                        Locale.ROOT,
                        "  %-28s ran %d times by the clock, round trips %d%n",
                        function.logicalPath(),
                        runs,
                        whole.of(Kind.ROUND_TRIP, function.name()));
            }
        });
        named(Cause.READING).forEach(function -> {
            Rounds asked = each(charge -> charge.polling().of(Kind.INVOCATION, function.name()));
            if (asked.highest() > 0) {
                Rounds billed = each(charge -> charge.polling().of(Kind.BILLED_MS, function.name()));
                double dollars = Price.API_REQUEST.of(1)
                        + Price.LAMBDA_REQUEST.of(1)
                        + Price.LAMBDA_GB_SECOND.of(gbSeconds(function, billed.median()));
                out.printf(
                        Locale.ROOT,
                        "  %-28s each time the app asks: %s ms, round trips %s, $%.8f%n",
                        function.logicalPath(),
                        billed.told(0),
                        each(charge -> charge.polling().of(Kind.ROUND_TRIP, function.name()))
                                .told(0),
                        dollars);
            }
        });
        out.printf(
                Locale.ROOT,
                "  %-28s %d log-ins, %d receives that found nothing%n",
                "all, warming up included",
                whole.sum(Kind.LOG_IN, any -> true),
                whole.of(Kind.CALL, CloudMeter.EMPTY_RECEIVE));
    }

    private Rounds transitions() {
        return each(Charge::transitions);
    }

    private Rounds invocations() {
        return each(charge -> charge.counts().sum(Kind.INVOCATION, this::isOfCharge));
    }

    private long roundTrips(Charge charge) {
        return charge.counts().sum(Kind.ROUND_TRIP, this::isOfCharge);
    }

    private long apiRequests(Charge charge) {
        return charge.counts()
                .sum(
                        Kind.INVOCATION,
                        name -> isOfCharge(name)
                                && !Cause.routes(functions.get(name)).isEmpty());
    }

    private double gbSeconds(Charge charge) {
        return named(Cause.CHARGE)
                .mapToDouble(function ->
                        gbSeconds(function, (double) charge.counts().of(Kind.BILLED_MS, function.name())))
                .sum();
    }

    private static double gbSeconds(FunctionDefinition function, double billedMs) {
        return function.memoryMb() / MB_PER_GB * billedMs / MS_PER_S;
    }

    /** Of the operations whose names begin so, as in {@code sqs Send}. */
    private Rounds calls(String... beginnings) {
        return each(charge -> charge.counts()
                .sum(
                        Kind.CALL,
                        name -> !name.equals(CloudMeter.EMPTY_RECEIVE)
                                && !name.equals(CloudMeter.TEXT_MESSAGE)
                                && Stream.of(beginnings).anyMatch(name::startsWith)));
    }

    private Rounds each(ToDoubleFunction<Charge> figure) {
        return Rounds.of(charges.stream().mapToDouble(figure).boxed().toList());
    }

    private boolean isOfCharge(String name) {
        return Cause.of(functions.get(name)) == Cause.CHARGE;
    }

    private Stream<FunctionDefinition> named(Cause cause) {
        return functions.values().stream()
                .filter(function -> Cause.of(function) == cause)
                .sorted(Comparator.comparing(FunctionDefinition::logicalPath));
    }
}
