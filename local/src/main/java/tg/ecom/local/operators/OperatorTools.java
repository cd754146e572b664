package tg.ecom.local.operators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tg.ecom.kernel.Phone;
import tg.ecom.local.gateway.ToolAnswer;
import tg.ecom.local.gateway.ToolEndpoint;
import tg.ecom.local.gateway.ToolRequest;
import tg.ecom.local.tools.JsonAnswers;

/** {@code /_local/operators}: who there is; below it by name: which scenario one plays, and its statement. */
public final class OperatorTools implements ToolEndpoint {
    /** The tool's name. */
    public static final String TOOL = "operators";

    private static final String STATEMENT = "/statement";

    private final JsonAnswers json = new JsonAnswers();
    private final Supplier<Operators> operators;

    /** Tools of operators that start later. */
    public OperatorTools(Supplier<Operators> operators) {
        this.operators = operators;
    }

    @Override
    public ToolAnswer handle(ToolRequest request) {
        if (request.path().isEmpty()) {
            return json.tool("GET", all -> names()).handle(request);
        }
        if (request.path().endsWith(STATEMENT)) {
            return json.tool("GET", this::statement).handle(request);
        }
        return request.method().equals("PUT")
                ? json.tool("PUT", this::play).handle(request)
                : json.tool("GET", each -> scenarios(operator(each))).handle(request);
    }

    private JsonNode names() {
        ObjectNode answer = json.object();
        operators.get().names().forEach(answer.putArray("items")::add);
        return answer;
    }

    private JsonNode play(ToolRequest request) throws IOException {
        Operator operator = operator(request);
        JsonNode body = json.body(request);
        String word = JsonAnswers.text(body, "scenario");
        Scenario scenario = Scenario.named(word)
                .orElseThrow(() -> new JsonAnswers.Refusal("There is no scenario " + word + "; there are "
                        + Arrays.stream(Scenario.values()).map(Scenario::word).collect(Collectors.joining(", "))
                        + "."));
        Optional<Phone> phone =
                body.hasNonNull("phone") ? Optional.of(phone(JsonAnswers.text(body, "phone"))) : Optional.empty();
        operator.books().play(scenario, phone.map(Phone::e164));
        return scenarios(operator);
    }

    private JsonNode scenarios(Operator operator) {
        ObjectNode answer =
                json.object().put("scenario", operator.books().scenario().word());
        ObjectNode phones = answer.putObject("phones");
        operator.books().scenariosOfPhones().forEach(phones::put);
        ArrayNode all = answer.putArray("scenarios");
        Arrays.stream(Scenario.values()).map(Scenario::word).forEach(all::add);
        return answer;
    }

    private JsonNode statement(ToolRequest request) {
        Operator operator = operator(request);
        Optional<String> phone =
                request.parameter("phone").map(text -> phone(text).e164());
        ObjectNode answer = json.object();
        ArrayNode items = answer.putArray("items");
        for (Payment payment : operator.books().statement(phone)) {
            Payment.Status status = payment.status(operators.get().clock().instant());
            items.addObject()
                    .put("reference", payment.reference())
                    .put("amount", status == Payment.Status.PAID ? payment.settledAmount() : payment.amount())
                    .put("status", status.name().toLowerCase(Locale.ROOT))
                    .put("phone", payment.phone())
                    .put("at", payment.registeredAt().toString())
                    .put("webhooks_taken", payment.webhooksTaken());
        }
        return answer;
    }

    private Operator operator(ToolRequest request) {
        String name = request.path()
                .replace(STATEMENT, "")
                .substring(Math.min(1, request.path().length()));
        return operators
                .get()
                .named(name)
                .orElseThrow(() -> new JsonAnswers.Refusal("There is no operator " + name + "."));
    }

    private static Phone phone(String text) {
        return Phone.parse(text.strip()).orElseThrow(() -> new JsonAnswers.Refusal("That is no phone number."));
    }
}
