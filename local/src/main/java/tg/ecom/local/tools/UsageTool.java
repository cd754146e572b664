package tg.ecom.local.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import tg.ecom.local.gateway.ToolEndpoint;
import tg.ecom.local.template.FunctionDefinition;
import tg.ecom.local.usage.Counts;
import tg.ecom.local.usage.Item;
import tg.ecom.local.usage.Meter;
import tg.ecom.local.usage.Usage;

/**
 * {@code /_local/usage}: what was used of AWS since this machine's start, at AWS's list prices. Two readings have the
 * same items in the same order, so that one can be taken from the other; what runs by the clock stands apart.
 */
public final class UsageTool {
    /** The tool's name. */
    public static final String TOOL = "usage";

    private static final String PRICES = "AWS's list, US East (N. Virginia), first tier, nothing free";

    /** As many as the finest list price has. */
    private static final int DECIMALS = 10;

    private final JsonAnswers json = new JsonAnswers();
    private final Meter meter;
    private final List<FunctionDefinition> functions;

    /** Over all functions that there are. */
    public UsageTool(Meter meter, List<FunctionDefinition> functions) {
        this.meter = meter;
        this.functions = functions;
    }

    /** Takes GET. */
    public ToolEndpoint endpoint() {
        return json.tool("GET", request -> told());
    }

    private JsonNode told() {
        Counts counts = meter.counts();
        ObjectNode answer = told(Usage.caused(counts, functions));
        answer.set("by_the_clock", told(Usage.byTheClock(counts, functions)));
        return answer.put("prices", PRICES);
    }

    private ObjectNode told(Usage usage) {
        ObjectNode answer = json.object();
        ArrayNode items = answer.putArray("items");
        for (Item item : usage.items()) {
            ObjectNode told = items.addObject().put("name", item.title());
            told.set("count", figure(usage.count(item)));
            told.put("unit", item.unit());
            item.price()
                    .ifPresentOrElse(
                            price ->
                                    told.put("list_price", price.listed()).set("cost_usd", figure(usage.dollars(item))),
                            () -> told.put("unpriced", item.whyUnpriced()));
        }
        answer.set("cost_usd", figure(usage.dollars()));
        return answer;
    }

    /** A whole number without a point, another one with no more decimals than it can have. */
    private static ValueNode figure(double value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return value == Math.rint(value)
                ? nodes.numberNode((long) value)
                : nodes.numberNode(BigDecimal.valueOf(value)
                        .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                        .doubleValue());
    }
}
