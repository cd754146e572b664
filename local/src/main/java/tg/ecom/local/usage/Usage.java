package tg.ecom.local.usage;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import tg.ecom.local.template.FunctionDefinition;
import tg.ecom.local.usage.Counts.Kind;

/** What was used of AWS, as its bill lists it, and what that costs. */
public final class Usage {
    private static final Set<Item> BY_THE_CLOCK =
            Collections.unmodifiableSet(EnumSet.of(Item.INVOCATIONS, Item.GB_SECONDS, Item.EMPTY_RECEIVES));
    private static final Set<Item> CAUSED =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(Item.EMPTY_RECEIVES)));
    private static final double MB_PER_GB = 1_024;
    private static final double MS_PER_S = 1_000;

    private final Counts counts;
    private final List<FunctionDefinition> functions;
    private final Set<Item> items;

    private Usage(Counts counts, List<FunctionDefinition> functions, Set<Item> items) {
        this.counts = counts;
        this.functions = functions;
        this.items = items;
    }

    /** What somebody caused, of what was counted; all functions that there are say which invocations that are. */
    public static Usage caused(Counts counts, Collection<FunctionDefinition> all) {
        return new Usage(
                counts,
                all.stream().filter(function -> !function.runsByTheClock()).toList(),
                CAUSED);
    }

    /** What happens whether anybody does anything or not, of what was counted. */
    public static Usage byTheClock(Counts counts, Collection<FunctionDefinition> all) {
        return new Usage(
                counts, all.stream().filter(FunctionDefinition::runsByTheClock).toList(), BY_THE_CLOCK);
    }

    /** What it consists of, in the order in which it is listed. */
    public Set<Item> items() {
        return items;
    }

    /** How much of an item. */
    public double count(Item item) {
        return switch (item) {
            case STATE_TRANSITIONS -> counts.sum(Kind.TRANSITION, any -> true);
            case INVOCATIONS -> sum(functions.stream(), this::invocations);
            case GB_SECONDS -> sum(functions.stream(), this::millisByMegabytes) / MB_PER_GB / MS_PER_S;
            case API_REQUESTS -> sum(functions.stream().filter(FunctionDefinition::hasRoute), this::invocations);
            case QUEUE_SENDS -> calls("sqs Send");
            case QUEUE_RECEIVES -> counts.of(Kind.CALL, "sqs ReceiveMessage");
            case QUEUE_DELETES -> calls("sqs Delete");
            case TOPIC_PUBLISHES -> calls("sns Publish") - counts.of(Kind.CALL, Meter.TEXT_MESSAGE);
            case TEXT_MESSAGES -> counts.of(Kind.CALL, Meter.TEXT_MESSAGE);
            case TABLE_WRITES -> calls("dynamodb Put", "dynamodb Update", "dynamodb Delete");
            case TABLE_READS -> calls("dynamodb Get", "dynamodb Query");
            case KEY_REQUESTS -> calls("kms ");
            case SECRET_REQUESTS -> calls("secretsmanager ");
            case EMPTY_RECEIVES -> counts.of(Kind.CALL, Meter.EMPTY_RECEIVE);
        };
    }

    /** What an item costs, in US dollars; nothing where it has no price. */
    public double dollars(Item item) {
        return item.price().map(price -> price.of(count(item))).orElse(0.0);
    }

    /** What all items with a price cost, in US dollars. */
    public double dollars() {
        return items.stream().mapToDouble(this::dollars).sum();
    }

    private long invocations(FunctionDefinition function) {
        return counts.of(Kind.INVOCATION, function.name());
    }

    private long millisByMegabytes(FunctionDefinition function) {
        return counts.of(Kind.BILLED_MS, function.name()) * function.memoryMb();
    }

    private static long sum(Stream<FunctionDefinition> functions, ToLongFunction<FunctionDefinition> figure) {
        return functions.mapToLong(figure).sum();
    }

    /** Of the operations whose names begin so. */
    private long calls(String... beginnings) {
        return counts.sum(Kind.CALL, name -> Stream.of(beginnings).anyMatch(name::startsWith));
    }
}
