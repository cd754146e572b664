package tg.ecom.local.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tg.ecom.local.aws.AwsResponse;
import tg.ecom.local.aws.CloudDatabase;
import tg.ecom.local.gateway.Gateway;
import tg.ecom.local.gateway.Mounts;
import tg.ecom.local.lambda.Invoker;
import tg.ecom.local.parts.MovableClock;
import tg.ecom.local.parts.PostgresServer;
import tg.ecom.local.template.TemplateReader;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class YasOperatorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final MovableClock clock = new MovableClock();
    private final BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger next = new AtomicInteger(90_000_000);

    private PostgresServer postgres;
    private CloudDatabase database;
    private HttpServer webhook;
    private Operators operators;
    private Gateway gateway;
    private String token;
    private String phone;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        postgres = PostgresServer.start(directory.resolve("postgresql"), 0);
        database = CloudDatabase.open(postgres.dataSource(PostgresServer.CLOUD_DATABASE));
        webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/webhooks/yas", exchange -> {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            boolean refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            if (!refused) {
                told.add(body);
            }
            exchange.sendResponseHeaders(refused ? 500 : 200, -1);
            exchange.close();
        });
        webhook.start();
        operators = operators();
        operators.start();
        Path template = Files.writeString(directory.resolve("template.yaml"), "Resources: {}\n");
        Path contract = Files.writeString(directory.resolve("openapi.yaml"), "servers:\n  - url: /\npaths: {}\n");
        gateway = new Gateway(
                0,
                new TemplateReader(template, "ecom", Map.of(), reference -> Optional.empty()).read(),
                new Nobody(),
                new Mounts(
                        request -> new AwsResponse(404, Map.of(), new byte[0]),
                        Map.of(OperatorTools.TOOL, new OperatorTools(() -> operators)),
                        request -> operators.handle(request),
                        contract,
                        () -> ""));
    }

    @AfterAll
    void end() {
        operators.close();
        gateway.close();
        webhook.stop(0);
        database.close();
        postgres.close();
    }

    @BeforeEach
    void logIn() throws Exception {
        told.clear();
        phone = "228" + next.incrementAndGet();
        token = post("/_operators/yas/login", "{\"nomUtilisateur\": \"ecom\", \"motDePasse\": \"secret\"}")
                .path("data")
                .path("token")
                .asText();
    }

    @Test
    void paymentIsPaidWhenTheClockSaysSo_andTold() throws Exception {
        play("success");
        JsonNode answer = debit("success-1");
        assertEquals(2000, answer.path("code").asInt());
        assertEquals("success-1", answer.path("idRequete").asText());
        assertEquals("EN_COURS", question("success-1").path("statutRequete").asText());
        assertEquals("pending", statement().path(0).path("status").asText());
        advance(Duration.ofSeconds(2));
        JsonNode notice = told();
        assertEquals("SUCCES", notice.path("statutRequete").asText());
        assertEquals(20_000, notice.path("montant").asLong());
        assertEquals(phone, notice.path("numeroClient").asText());
        assertEquals("order-1", notice.path("refCommande").asText());
        assertEquals("DEBIT", notice.path("typeRequete").asText());
        JsonNode paid = question("success-1");
        assertEquals(2002, paid.path("code").asInt());
        assertEquals(notice.path("refTmoney").asText(), paid.path("refTmoney").asText());
        JsonNode item = statement().path(0);
        assertEquals("success-1", item.path("reference").asText());
        assertEquals("paid", item.path("status").asText());
        assertEquals(20_000, item.path("amount").asLong());
        assertEquals("+" + phone, item.path("phone").asText());
    }

    @Test
    void secondRequestWithTheSameIdIsAnsweredAsTheFirst_andPaidOnce() throws Exception {
        play("success");
        assertEquals(debit("same-1"), debit("same-1"));
        advance(Duration.ofSeconds(2));
        told();
        assertEquals(1, statement().size());
        assertNothingIsOwed();
    }

    @Test
    void refusedPaymentIsToldAsAFailure() throws Exception {
        play("refused");
        debit("refused-1");
        advance(Duration.ofSeconds(2));
        assertEquals("ECHEC", told().path("statutRequete").asText());
        assertEquals("ECHEC", question("refused-1").path("statutRequete").asText());
        assertEquals("refused", statement().path(0).path("status").asText());
    }

    @Test
    void silentOperatorPaysAndTellsNobody() throws Exception {
        play("silent");
        debit("silent-1");
        advance(Duration.ofHours(2));
        logIn();
        assertEquals("SUCCES", question("silent-1").path("statutRequete").asText());
        assertNothingIsOwed();
    }

    @Test
    void lateOnesArePaidAndToldLate() throws Exception {
        play("late");
        debit("late-1");
        play("after_expiry");
        debit("expired-1");
        advance(Duration.ofMinutes(4));
        assertEquals("EN_COURS", question("late-1").path("statutRequete").asText());
        advance(Duration.ofMinutes(1));
        assertEquals("late-1", told().path("idRequete").asText());
        assertEquals("EN_COURS", question("expired-1").path("statutRequete").asText());
        advance(Duration.ofMinutes(15));
        assertEquals("expired-1", told().path("idRequete").asText());
    }

    @Test
    void webhookComesTwice() throws Exception {
        play("webhook_twice");
        debit("twice-1");
        advance(Duration.ofSeconds(2));
        assertEquals(told(), told());
    }

    @Test
    void webhookComesBeforeTheAnswer() throws Exception {
        play("webhook_first");
        debit("first-1");
        assertTrue(told.stream()
                .anyMatch(notice -> notice.path("idRequete").asText().equals("first-1")));
        assertEquals("SUCCES", question("first-1").path("statutRequete").asText());
    }

    @Test
    void lessIsPaidThanWasAsked_andEveryAnswerSaysSo() throws Exception {
        play("wrong_amount");
        debit("wrong-1");
        advance(Duration.ofSeconds(2));
        assertEquals(19_900, told().path("montant").asLong());
        assertEquals(19_900, question("wrong-1").path("montant").asLong());
        assertEquals(19_900, statement().path(0).path("amount").asLong());
    }

    @Test
    void forgedWebhookSaysWhatTheOperatorDenies() throws Exception {
        play("forged_webhook");
        debit("forged-1");
        advance(Duration.ofSeconds(2));
        assertEquals("SUCCES", told().path("statutRequete").asText());
        assertEquals("EN_COURS", question("forged-1").path("statutRequete").asText());
        advance(Duration.ofMinutes(3));
        assertEquals("ECHEC", told().path("statutRequete").asText());
        assertEquals("ECHEC", question("forged-1").path("statutRequete").asText());
    }

    @Test
    void firstTwoRequestsFailAndRegisterNothing() throws Exception {
        play("server_errors");
        assertEquals(
                500,
                send("POST", "/_operators/yas/tmoney-middleware/debit", body("errors-1"))
                        .statusCode());
        assertEquals(0, statement().size());
        assertEquals(500, ask("errors-1").statusCode());
        assertEquals(404, ask("errors-1").statusCode());
        assertEquals(
                500,
                send("POST", "/_operators/yas/tmoney-middleware/debit", body("errors-1"))
                        .statusCode());
        assertEquals(2000, debit("errors-1").path("code").asInt());
        advance(Duration.ofSeconds(2));
        assertEquals("SUCCES", told().path("statutRequete").asText());
    }

    @Test
    void connectionIsCutBeforeTheAnswer_butThePaymentIsRegistered() throws Exception {
        play("cut");
        assertThrows(IOException.class, () -> debit("cut-1"));
        assertEquals("EN_COURS", question("cut-1").path("statutRequete").asText());
        assertEquals(2000, debit("cut-1").path("code").asInt());
    }

    @Test
    void slowAnswerComesTooLate_butThePaymentIsRegistered() throws Exception {
        play("slow");
        HttpRequest impatient = request("POST", "/_operators/yas/tmoney-middleware/debit", body("slow-1"))
                .timeout(Duration.ofMillis(300))
                .build();
        assertThrows(HttpTimeoutException.class, () -> CLIENT.send(impatient, HttpResponse.BodyHandlers.ofString()));
        assertEquals("EN_COURS", question("slow-1").path("statutRequete").asText());
    }

    @Test
    void webhookThatWasRefusedIsToldAgain() throws Exception {
        play("success");
        refusals.set(2);
        debit("again-1");
        advance(Duration.ofSeconds(2));
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (told.stream()
                    .noneMatch(notice -> notice.path("numeroClient").asText().equals(phone))) {
                advance(Duration.ofSeconds(5));
                Thread.onSpinWait();
            }
        });
        assertEquals("again-1", told().path("idRequete").asText());
    }

    @Test
    void whatWasOwedWhenTheProcessEndedIsToldByTheNext() throws Exception {
        play("late");
        debit("restart-1");
        operators.close();
        clock.advance(Duration.ofMinutes(6));
        operators = operators();
        operators.start();
        assertEquals("restart-1", told().path("idRequete").asText());
    }

    @Test
    void unknownScenarioIsRefusedWithTheList() throws Exception {
        HttpResponse<String> answer = send("PUT", "/_local/operators/yas", "{\"scenario\": \"generous\"}");
        assertEquals(400, answer.statusCode());
        assertEquals(
                "There is no scenario generous; there are success, refused, silent, late, after_expiry, webhook_twice,"
                        + " webhook_first, wrong_amount, forged_webhook, server_errors, slow, cut.",
                JSON.readTree(answer.body()).path("message").asText());
        assertEquals(
                400,
                send("PUT", "/_local/operators/orange", "{\"scenario\": \"cut\"}")
                        .statusCode());
        assertEquals(400, send("PUT", "/_local/operators/yas", "{}").statusCode());
    }

    @Test
    void scenarioOfOnePhoneLeavesTheOthersAlone() throws Exception {
        play("refused");
        JsonNode answer = JSON.readTree(send("GET", "/_local/operators/yas", "").body());
        assertEquals("success", answer.path("scenario").asText());
        assertEquals("refused", answer.path("phones").path("+" + phone).asText());
        assertEquals(12, answer.path("scenarios").size());
    }

    @Test
    void whoIsNotLoggedInOrAsksWronglyIsRefused() throws Exception {
        String debit = "/_operators/yas/tmoney-middleware/debit";
        assertEquals(400, send("POST", debit, "{\"idRequete\": \"x\"}").statusCode());
        assertEquals(400, send("POST", debit, body("an_underscore")).statusCode());
        assertEquals(404, ask("nobody-asked").statusCode());
        clock.advance(Duration.ofHours(2));
        assertEquals(401, send("POST", debit, body("expired-token")).statusCode());
        token = "nonsense";
        assertEquals(401, send("POST", debit, body("no-token")).statusCode());
    }

    private Operators operators() {
        return new Operators(
                database, "http://127.0.0.1:" + webhook.getAddress().getPort(), clock);
    }

    private void advance(Duration by) {
        clock.advance(by);
        operators.look();
    }

    /** The next that is told of this test's payer; those of other tests may be told meanwhile. */
    private JsonNode told() throws InterruptedException {
        JsonNode notice = told.poll(10, TimeUnit.SECONDS);
        while (notice != null && !notice.path("numeroClient").asText().equals(phone)) {
            notice = told.poll(10, TimeUnit.SECONDS);
        }
        assertTrue(notice != null, "nobody told anything");
        return notice;
    }

    private void assertNothingIsOwed() {
        String sql = "select count(*) from operators.notices where body like '%' || :phone || '%'";
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            while (database.jdbi()
                            .withHandle(handle -> handle.createQuery(sql)
                                    .bind("phone", phone)
                                    .mapTo(Integer.class)
                                    .one())
                    > 0) {
                Thread.onSpinWait();
            }
        });
        assertTrue(told.stream()
                .noneMatch(notice -> notice.path("numeroClient").asText().equals(phone)));
    }

    private void play(String scenario) throws Exception {
        HttpResponse<String> answer = send(
                "PUT", "/_local/operators/yas", "{\"scenario\": \"" + scenario + "\", \"phone\": \"+" + phone + "\"}");
        assertEquals(200, answer.statusCode(), answer.body());
    }

    private String body(String reference) {
        return """
                {"idRequete": "%s", "numeroClient": "%s", "montant": 20000, "refCommande": "order-1",
                 "dateHeureRequete": "2026-06-01 12:00:00", "description": "Recharge"}
                """.formatted(reference, phone);
    }

    private JsonNode debit(String reference) throws Exception {
        return post("/_operators/yas/tmoney-middleware/debit", body(reference));
    }

    private HttpResponse<String> ask(String reference) throws Exception {
        return send("GET", "/_operators/yas/tmoney-middleware/transactionid?idRequete=" + reference, "");
    }

    private JsonNode question(String reference) throws Exception {
        HttpResponse<String> answer = ask(reference);
        assertEquals(200, answer.statusCode(), answer.body());
        return JSON.readTree(answer.body());
    }

    private JsonNode statement() throws Exception {
        return JSON.readTree(send("GET", "/_local/operators/yas/statement?phone=" + phone.substring(3), "")
                        .body())
                .path("items");
    }

    private JsonNode post(String path, String body) throws Exception {
        HttpResponse<String> answer = send("POST", path, body);
        assertEquals(200, answer.statusCode(), answer.body());
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return CLIENT.send(request(method, path, body).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(gateway.address() + path))
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    private static final class Nobody implements Invoker {
        @Override
        public Result invoke(String function, byte[] payload) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void invokeEvent(String function, byte[] payload) {
            throw new UnsupportedOperationException();
        }
    }
}
