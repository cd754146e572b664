package tg.ecom.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tg.ecom.client.Person.Newcomer;

/** What an app does when an answer is not the one that it hoped for. The API's words are prepared by each test. */
class PersonTest {
    private static final String TOKENS = """
            {"access_token": "a%1$s", "refresh_token": "r%1$s"}""";

    private final Deque<Prepared> answers = new ArrayDeque<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private Ecom ecom;

    /** An answer; one without a status is a connection that is cut. */
    private record Prepared(int status, String body) {}

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        ecom = new Ecom("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void tokenThatHasRunOut_isRefreshedAndTheRequestSentAgain() {
        Person person = signedIn();
        prepare(401, "{\"code\": \"token_expired\"}");
        prepare(200, TOKENS.formatted(2));
        prepare(200, "{\"balance\": 500}");

        assertEquals(
                500,
                person.get("/api/wallet/balance").expect(200).path("balance").asInt());
        assertEquals(
                List.of(
                        "POST /api/auth/login",
                        "GET /api/wallet/balance Bearer a1",
                        "POST /api/auth/refresh",
                        "GET /api/wallet/balance Bearer a2"),
                asked);
    }

    @Test
    void sessionThatHasEnded_isBegunAnewByThePassword() {
        Person person = signedIn();
        prepare(401, "{\"code\": \"token_expired\"}");
        prepare(401, "{\"code\": \"refresh_token_invalid\"}");
        prepare(200, TOKENS.formatted(3));
        prepare(200, "{}");

        person.get("/api/me").expect(200);
        assertEquals("GET /api/me Bearer a3", asked.getLast());
    }

    @Test
    void refusalOfSomethingElse_isTheCallersToSee() {
        Person person = signedIn();
        prepare(401, "{\"code\": \"token_invalid\"}");

        assertEquals("token_invalid", person.get("/api/me").problem());
        assertEquals(2, asked.size());
    }

    @Test
    void newcomerWhoseRegistrationWasNotAnswered_logsIn() {
        prepare(202, "{\"verification_id\": \"v\"}");
        prepare(200, "{\"items\": [{\"text\": \"Ecom: your code is 123456.\"}]}");
        prepare(200, "{\"verification_token\": \"t\"}");
        prepare(409, "{\"code\": \"phone_taken\"}");
        prepare(200, TOKENS.formatted(1));

        assertEquals(
                "r1",
                Person.signUp(ecom, Newcomer.client("90000001", "Afi", "Mensah"))
                        .refreshToken());
    }

    @Test
    void codeThatIsSpent_makesWayForAnother_whichTimeIsMovedFor() {
        prepare(202, "{\"verification_id\": \"v\"}");
        prepare(200, "{\"items\": [{\"text\": \"Ecom: your code is 123456.\"}]}");
        prepare(422, "{\"code\": \"code_expired\"}");
        prepare(429, "{\"code\": \"too_many_requests\"}");
        prepare(200, "{}");
        prepare(202, "{\"verification_id\": \"w\"}");
        prepare(200, "{\"items\": [{\"text\": \"Ecom: your code is 654321.\"}]}");
        prepare(200, "{\"verification_token\": \"t\"}");
        prepare(201, "{\"tokens\": %s}".formatted(TOKENS.formatted(1)));

        assertEquals(
                "r1",
                Person.signUp(ecom, Newcomer.client("90000001", "Afi", "Mensah"))
                        .refreshToken());
        assertEquals("POST /_local/clock", asked.get(4));
    }

    @Test
    void answerThatShouldBeAnother_saysWhatTheApiSays_ofEachField() {
        prepare(400, """
                {"detail": "Some fields are wrong.", "errors": [{"field": "price", "message": "is too small"}]}""");

        ClientException refused = assertThrows(
                ClientException.class,
                () -> ecom.post("/api/store/products?x=/y", Map.of(), Map.of()).expect(201));
        assertEquals("products refuses: Some fields are wrong. (price is too small)", refused.getMessage());
    }

    @Test
    void connectionThatIsCut_isAFailureUnlessSomebodyBringsTheOtherSideBack() {
        prepare(0, "");
        assertThrows(ClientException.class, () -> ecom.post("/api/auth/refresh", Map.of(), Map.of()));

        prepare(0, "");
        prepare(200, TOKENS.formatted(1));
        List<String> lost = new ArrayList<>();
        Ecom patient = new Ecom(ecom.address(), new Wire() {
            @Override
            public boolean again(IOException why) {
                lost.add(why.toString());
                return true;
            }
        });
        assertEquals("a1", patient.post("/api/auth/refresh", Map.of(), Map.of()).text("access_token"));
        assertEquals(1, lost.size());
    }

    private Person signedIn() {
        prepare(200, TOKENS.formatted(1));
        return Person.logIn(ecom, "90000001", Person.PASSWORD);
    }

    private synchronized void prepare(int status, String body) {
        answers.add(new Prepared(status, body));
    }

    private synchronized void answer(HttpExchange exchange) {
        List<String> authorization = exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
        asked.add(String.join(
                        " ",
                        exchange.getRequestMethod() + " "
                                + exchange.getRequestURI().getPath(),
                        String.join("", authorization))
                .strip());
        Prepared prepared = answers.remove();
        byte[] body = prepared.body().getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            if (prepared.status() > 0) {
                exchange.sendResponseHeaders(prepared.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
