package tg.ecom.local.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Phone;
import tg.ecom.ledger.PostingResult;
import tg.ecom.ledger.Verification;
import tg.ecom.local.aws.SmsOutbox;
import tg.ecom.local.gateway.ToolEndpoint;
import tg.ecom.local.gateway.ToolRequest;
import tg.ecom.states.StepFunctions;

/** The tools below {@code /_local}: what a developer looks at and turns by hand. None of it exists in the cloud. */
public final class LocalTools {
    private final JsonAnswers json = new JsonAnswers();
    private final Books books;
    private final ClockTool clock;
    private final Supplier<SmsOutbox> sms;
    private final Executions executions;
    private final Wallets wallets;
    private final BooleanSupplier ready;

    /** Tools over the parts; those that start late are asked when a tool is used. */
    public LocalTools(
            Books books,
            LedgerReader ledger,
            InstantSource clock,
            MovableTime time,
            Supplier<SmsOutbox> sms,
            Supplier<StepFunctions> interpreter,
            BooleanSupplier ready) {
        this.books = books;
        this.clock = new ClockTool(clock, time);
        this.sms = sms;
        this.executions = new Executions(interpreter);
        this.wallets = new Wallets(ledger, books, clock);
        this.ready = ready;
    }

    /** Every tool by its name. */
    public Map<String, ToolEndpoint> byName() {
        return Map.of(
                "health", this::health,
                "sms", json.tool("GET", this::texts),
                "executions", json.tool("GET", executions::answer),
                "clock", clock,
                "wallets", json.tool("GET", wallets::answer),
                "ledger/fund", json.tool("POST", this::fund),
                "ledger/verify", json.tool("POST", request -> verification()));
    }

    private tg.ecom.local.gateway.ToolAnswer health(ToolRequest request) {
        boolean up = ready.getAsBoolean();
        byte[] body = json.object()
                .put("status", up ? "ready" : "starting")
                .toString()
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new tg.ecom.local.gateway.ToolAnswer(up ? 200 : 503, "application/json", body);
    }

    private JsonNode texts(ToolRequest request) {
        Optional<String> phone =
                request.parameter("phone").map(LocalTools::phone).map(Phone::e164);
        ObjectNode answer = json.object();
        ArrayNode items = answer.putArray("items");
        for (SmsOutbox.Message message : sms.get().newest(phone)) {
            items.addObject()
                    .put("phone", message.phone())
                    .put("text", message.text())
                    .put("sent_at", message.sentAt().toString());
        }
        return answer;
    }

    private JsonNode fund(ToolRequest request) throws IOException {
        JsonNode body = json.body(request);
        Phone phone = phone(JsonAnswers.text(body, "phone"));
        long amount = JsonAnswers.integer(body, "amount");
        if (amount < 1 || amount > Money.AMOUNT_MAX) {
            throw new JsonAnswers.Refusal("\"amount\" must be 1 to " + Money.AMOUNT_MAX + " francs.");
        }
        PostingResult.Posted posted = books.fund(phone, new Money(amount));
        return json.object().put("transfer_id", posted.transfer().toString()).put("amount", amount);
    }

    private JsonNode verification() {
        Verification found = books.verify();
        ObjectNode answer = json.object()
                .put("ok", found.ok())
                .put("wallets", found.wallets())
                .put("transfers", found.transfers())
                .put("entries", found.entries())
                .put("sum", found.sum());
        ArrayNode differences = answer.putArray("differences");
        found.differences().forEach(difference -> differences.add(json.tree(difference)));
        return answer;
    }

    private static Phone phone(String text) {
        return Phone.parse(text.strip()).orElseThrow(() -> new JsonAnswers.Refusal("That is no phone number."));
    }
}
