package tg.ecom.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a developer looks at and turns by hand in a one-machine cloud. */
public final class Tools {
    static final int OK = 200;
    private static final int UNDER_WAY = 202;

    private final Ecom ecom;

    Tools(Ecom ecom) {
        this.ecom = ecom;
    }

    /** What the tool of a name answers. @throws ClientException when it refuses */
    public JsonNode call(String method, String name, Object body) {
        Answer answer = method.equals("GET")
                ? ecom.get("/_local/" + name, Map.of())
                : ecom.send(method, "/_local/" + name, Map.of(), body);
        return answer.expect(OK);
    }

    /** What the tool of a name tells. @throws ClientException when it refuses */
    public JsonNode read(String name) {
        return call("GET", name, Map.of());
    }

    /** Loads the small Lomé, what of it is missing. It is asked again while that goes on. */
    public JsonNode loadTown() {
        Answer answer = ecom.post("/_local/demo", Map.of(), Map.of());
        while (answer.status() == UNDER_WAY) {
            answer = ecom.post("/_local/demo", Map.of(), Map.of());
        }
        return answer.expect(OK);
    }

    /** Moves everybody's time. */
    public void advance(Duration by) {
        call("POST", "clock", Map.of("advance_s", by.toSeconds()));
    }

    /** The text messages to a phone, the newest first. */
    public List<String> texts(String phone) {
        List<String> texts = new ArrayList<>();
        read("sms?phone=" + phone.replace("+", ""))
                .path("items")
                .forEach(item -> texts.add(item.path("text").asText()));
        return texts;
    }

    /** Has the simulated YAS play a scenario with a phone. */
    public void playYas(String scenario, String phone) {
        call("PUT", "operators/yas", Map.of("scenario", scenario, "phone", phone));
    }

    /** What YAS has in its own books of a phone. */
    public List<JsonNode> yasStatement(String phone) {
        return items("operators/yas/statement?phone=" + phone.replace("+", ""));
    }

    /** The execution of a name; none when there is no such execution. */
    public Optional<JsonNode> execution(String name) {
        Answer answer = ecom.get("/_local/executions/" + name, Map.of());
        return answer.status() == OK ? Optional.of(answer.body()) : Optional.empty();
    }

    /** What the ledger's verifier finds. */
    public JsonNode verification() {
        return call("POST", "ledger/verify", Map.of());
    }

    /** The items of a tool's list. */
    public List<JsonNode> items(String name) {
        List<JsonNode> items = new ArrayList<>();
        read(name).path("items").forEach(items::add);
        return items;
    }
}
