package tg.ecom.local.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tg.ecom.local.gateway.ToolAnswer;
import tg.ecom.local.gateway.ToolEndpoint;
import tg.ecom.local.gateway.ToolRequest;
import tg.ecom.local.lambda.Failpoints;
import tg.ecom.local.lambda.LambdaService;

/**
 * {@code /_local/faults}: has instances of functions, or the whole machine, die at failpoints, and tells which were
 * reached.
 */
public final class FaultTool implements ToolEndpoint {
    /** The tool's name. */
    public static final String TOOL = "faults";

    private final JsonAnswers json = new JsonAnswers();
    private final LambdaService lambda;

    /** Over those functions. */
    public FaultTool(LambdaService lambda) {
        this.lambda = lambda;
    }

    @Override
    public ToolAnswer handle(ToolRequest request) {
        return switch (request.method()) {
            case "PUT" -> json.tool("PUT", this::plan).handle(request);
            case "DELETE" -> json.tool("DELETE", each -> spare()).handle(request);
            default -> json.tool("GET", each -> told()).handle(request);
        };
    }

    private JsonNode plan(ToolRequest request) throws IOException {
        JsonNode body = json.body(request);
        if (body.path("kill").isArray()) {
            List<Failpoints.Kill> kills = new ArrayList<>();
            body.path("kill").forEach(kill -> kills.add(kill(kill)));
            lambda.failpoints().kill(kills);
        } else {
            JsonNode rate = body.path("rate");
            if (!rate.isNumber() || rate.doubleValue() < 0 || rate.doubleValue() > 1) {
                throw new JsonAnswers.Refusal("\"rate\" must be a number from 0 to 1, or \"kill\" a list of places.");
            }
            lambda.failpoints().kill(JsonAnswers.integer(body, "seed"), rate.doubleValue());
        }
        return told();
    }

    private Failpoints.Kill kill(JsonNode kill) {
        String function = JsonAnswers.text(kill, "function");
        if (lambda.functions().stream().noneMatch(each -> each.name().equals(function))) {
            throw new JsonAnswers.Refusal("There is no function " + function + ".");
        }
        long nth = kill.has("nth") ? JsonAnswers.integer(kill, "nth") : 1;
        if (nth < 1 || nth > Integer.MAX_VALUE) {
            throw new JsonAnswers.Refusal("\"nth\" counts from 1.");
        }
        Failpoints.Victim victim =
                kill.path("machine").asBoolean() ? Failpoints.Victim.MACHINE : Failpoints.Victim.INSTANCE;
        return new Failpoints.Kill(new Failpoints.Place(function, JsonAnswers.text(kill, "point")), (int) nth, victim);
    }

    private JsonNode spare() {
        lambda.failpoints().spare();
        return told();
    }

    private JsonNode told() {
        ObjectNode answer = json.object();
        ArrayNode points = answer.putArray("points");
        lambda.failpoints()
                .counts()
                .forEach((place, count) -> points.addObject()
                        .put("function", place.function())
                        .put("point", place.point())
                        .put("reached", count.reached())
                        .put("killed", count.killed()));
        return answer;
    }
}
