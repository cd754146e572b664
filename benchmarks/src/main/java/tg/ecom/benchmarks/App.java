package tg.ecom.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import tg.ecom.client.Answer;
import tg.ecom.client.Ecom;
import tg.ecom.client.Person;
import tg.ecom.client.Person.Newcomer;

/** People with their app, whose every request succeeds, and the tools of the one-machine cloud beside them. */
final class App {
    private static final int ERROR_STATUS = 300;

    private final Ecom ecom;
    private int people;

    /** Talks to {@code http://HOST:PORT}. */
    App(String address) {
        this.ecom = new Ecom(address);
    }

    /** Signs somebody up with the next phone, as a {@code client} or a {@code store_owner}. */
    Person signUp(String type) {
        String phone = String.format(Locale.ROOT, "90%06d", ++people);
        return Person.signUp(ecom, new Newcomer(phone, "Afi", "Mensah", Person.PASSWORD, type));
    }

    /** Waits until the execution of that name has ended. */
    void awaitEnd(String execution) {
        Waiting.until(
                "the execution ended",
                () -> ecom.tools()
                        .execution(execution)
                        .filter(found -> !found.path("status").asText().equals("RUNNING"))
                        .isPresent());
    }

    /** Moves the time that everything sees. */
    void advance(Duration by) {
        ecom.tools().advance(by);
    }

    /** Reads what anybody may. */
    JsonNode get(String path) {
        return body(ecom.get(path, Map.of()));
    }

    /** Posts what anybody may. */
    JsonNode post(String path, Map<String, ?> body) {
        return body(ecom.post(path, Map.of(), body));
    }

    /** Reads something as somebody. */
    JsonNode get(Person person, String path) {
        return body(person.get(path));
    }

    /** Posts something as somebody, under a new idempotency key. */
    JsonNode post(Person person, String path, Map<String, ?> body) {
        return body(person.post(path, UUID.randomUUID().toString(), body));
    }

    /** Puts something as somebody. */
    JsonNode put(Person person, String path, Map<String, ?> body) {
        return body(person.put(path, body));
    }

    private static JsonNode body(Answer answer) {
        if (answer.status() >= ERROR_STATUS) {
            throw new BenchmarkFailure(answer.call() + " answered " + answer.status() + " " + answer.body() + ".");
        }
        return answer.body();
    }
}
