package tg.ecom.soak;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tg.ecom.client.Ecom;
import tg.ecom.client.Tools;

/** What the one-machine cloud tells of itself: failpoints, executions, dead letters, the ledger. */
final class Cloud {
    private static final int OK = 200;
    private static final String SIGNED =
            "AWS4-HMAC-SHA256 Credential=soak/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=none";

    private final Ecom ecom;
    private final Tools tools;

    Cloud(Ecom ecom) {
        this.ecom = ecom;
        this.tools = ecom.tools();
    }

    /** A place and how often it was reached. */
    record Reached(String function, String point, int times) {}

    /** The words of all that YAS's simulator can play. */
    List<String> scenarios() {
        List<String> all = new ArrayList<>();
        tools.read("operators/yas").path("scenarios").forEach(word -> all.add(word.asText()));
        return all;
    }

    void play(String scenario, String phone) {
        tools.playYas(scenario, phone);
    }

    /** Counts places anew, and has what the faults say die at their places. */
    void plan(List<Fault> faults) {
        List<Map<String, Object>> kills = faults.stream()
                .map(each -> Map.<String, Object>of(
                        "function", each.function(),
                        "point", each.point(),
                        "nth", each.nth(),
                        "machine", each.victim() == Fault.Victim.MACHINE))
                .toList();
        tools.call("PUT", "faults", Map.of("kill", kills));
    }

    /** Has nothing die any more. */
    void spare() {
        tools.call("DELETE", "faults", Map.of());
    }

    /** The places that were reached since the last plan. */
    List<Reached> reached() {
        List<Reached> reached = new ArrayList<>();
        tools.read("faults")
                .path("points")
                .forEach(point -> reached.add(new Reached(
                        point.path("function").asText(),
                        point.path("point").asText(),
                        point.path("reached").asInt())));
        return reached;
    }

    /** Whether an instance died at that place since the last plan. */
    boolean killed(Fault fault) {
        for (JsonNode point : tools.read("faults").path("points")) {
            boolean isThere = point.path("function").asText().equals(fault.function())
                    && point.path("point").asText().equals(fault.point());
            if (isThere && point.path("killed").asInt() > 0) {
                return true;
            }
        }
        return false;
    }

    /** An execution's status; none when there is no such execution. */
    Optional<String> execution(String name) {
        return tools.execution(name).map(execution -> execution.path("status").asText());
    }

    JsonNode verification() {
        return tools.verification();
    }

    /** How many messages are in each dead-letter queue that has any. */
    Map<String, Integer> deadLetters() {
        Map<String, Integer> dead = new TreeMap<>();
        for (JsonNode url : sqs("ListQueues", Map.of()).path("QueueUrls")) {
            String name = url.asText().substring(url.asText().lastIndexOf('/') + 1);
            if (name.endsWith("-dead")) {
                int count = sqs(
                                "GetQueueAttributes",
                                Map.of(
                                        "QueueUrl",
                                        url.asText(),
                                        "AttributeNames",
                                        List.of("ApproximateNumberOfMessages")))
                        .at("/Attributes/ApproximateNumberOfMessages")
                        .asInt();
                if (count > 0) {
                    dead.put(name, count);
                }
            }
        }
        return dead;
    }

    private JsonNode sqs(String action, Map<String, ?> input) {
        Map<String, String> headers = Map.of(
                "authorization",
                SIGNED,
                "content-type",
                "application/x-amz-json-1.0",
                "x-amz-target",
                "AmazonSQS." + action);
        return ecom.post("/_aws/", headers, input).expect(OK);
    }
}
