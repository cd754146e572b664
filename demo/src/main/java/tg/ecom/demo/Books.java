package tg.ecom.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** The end: whether all books agree, and what the story would have cost at AWS. */
final class Books {
    private static final int DECIMALS = 6;

    private final Stage stage;
    private final Optional<JsonNode> usedBefore;

    /** Reads what was used before the story begins. */
    Books(Stage stage) {
        this.stage = stage;
        this.usedBefore = stage.amidDeaths()
                ? Optional.empty()
                : Optional.of(stage.tools().read("usage"));
    }

    void play() {
        stage.narrator().chapter(10, "The books");
        JsonNode verified = stage.tools().verification();
        stage.narrator()
                .say("%,d transfers of %,d entries in %,d wallets, each hash, seal, sum and balance computed anew"
                        .formatted(
                                verified.path("transfers").longValue(),
                                verified.path("entries").longValue(),
                                verified.path("wallets").longValue()));
        Stage.same(0L, verified.path("sum").longValue(), "the sum of all entries");
        Stage.same(0, verified.path("differences").size(), "the number of differences");
        stage.holds(verified.path("ok").booleanValue(), "no franc was lost or made");
        usedBefore.ifPresent(this::tellCost);
    }

    private void tellCost(JsonNode before) {
        stage.narrator().chapter(11, "What this would have cost at AWS");
        JsonNode after = stage.tools().read("usage");
        BigDecimal sum = BigDecimal.ZERO;
        for (int index = 0; index < after.path("items").size(); index++) {
            JsonNode item = after.path("items").path(index);
            BigDecimal count = more(item, before.path("items").path(index), "count");
            BigDecimal cost = more(item, before.path("items").path(index), "cost_usd");
            sum = sum.add(cost);
            if (count.signum() > 0) {
                stage.narrator()
                        .row(
                                item.path("name").asText(),
                                count.setScale(Math.min(count.scale(), 2), RoundingMode.HALF_UP)
                                        .toPlainString(),
                                item.has("list_price") ? dollars(cost) : "—");
            }
        }
        stage.narrator().row("all of it", "", dollars(sum));
        stage.narrator().say(after.path("prices").asText() + "; Aurora, CloudFront and text messages left out.");
    }

    private static BigDecimal more(JsonNode after, JsonNode before, String field) {
        Stage.same(before.path("name").asText(), after.path("name").asText(), "the item of the reading before");
        return after.path(field).decimalValue().subtract(before.path(field).decimalValue());
    }

    private static String dollars(BigDecimal amount) {
        return "$" + amount.setScale(DECIMALS, RoundingMode.HALF_UP).toPlainString();
    }
}
