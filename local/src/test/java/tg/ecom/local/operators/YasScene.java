package tg.ecom.local.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tg.ecom.testing.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

/** The simulated YAS behind a gateway, a webhook that listens to it, and a payer for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class YasScene {
    static final ObjectMapper JSON = new ObjectMapper();
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    final MovableClock clock = new MovableClock();
    final BlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();
    final AtomicInteger refusals = new AtomicInteger();
    final AtomicInteger next = new AtomicInteger(90_000_000);

    PostgresServer postgres;
    CloudDatabase database;
    HttpServer webhook;
    Operators operators;
    Gateway gateway;
    String token;
    String phone;

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

    Operators operators() {
        return new Operators(
                database, "http://127.0.0.1:" + webhook.getAddress().getPort(), clock);
    }

    void advance(Duration by) {
        clock.advance(by);
        operators.look();
    }

    /** The next that is told of this test's payer; those of other tests may be told meanwhile. */
    JsonNode told() throws InterruptedException {
        JsonNode notice = told.poll(10, TimeUnit.SECONDS);
        while (notice != null && !notice.path("numeroClient").asText().equals(phone)) {
            notice = told.poll(10, TimeUnit.SECONDS);
        }
        assertTrue(notice != null, "nobody told anything");
        return notice;
    }

    void assertNothingIsOwed() {
        String sql = "select count(*) from operators.notices where body like '%' || :phone || '%'";
        eventually(
                "nothing is owed",
                () -> database.jdbi()
                                .withHandle(handle -> handle.createQuery(sql)
                                        .bind("phone", phone)
                                        .mapTo(Integer.class)
                                        .one())
                        == 0);
        assertTrue(told.stream()
                .noneMatch(notice -> notice.path("numeroClient").asText().equals(phone)));
    }

    void play(String scenario) throws Exception {
        HttpResponse<String> answer = send(
                "PUT", "/_local/operators/yas", "{\"scenario\": \"" + scenario + "\", \"phone\": \"+" + phone + "\"}");
        assertEquals(200, answer.statusCode(), answer.body());
    }

    String body(String reference) {
        return """
                {"idRequete": "%s", "numeroClient": "%s", "montant": 20000, "refCommande": "order-1",
                 "dateHeureRequete": "2026-06-01 12:00:00", "description": "Recharge"}
                """.formatted(reference, phone);
    }

    JsonNode debit(String reference) throws Exception {
        return post("/_operators/yas/tmoney-middleware/debit", body(reference));
    }

    HttpResponse<String> ask(String reference) throws Exception {
        return send("GET", "/_operators/yas/tmoney-middleware/transactionid?idRequete=" + reference, "");
    }

    JsonNode question(String reference) throws Exception {
        HttpResponse<String> answer = ask(reference);
        assertEquals(200, answer.statusCode(), answer.body());
        return JSON.readTree(answer.body());
    }

    JsonNode statement() throws Exception {
        return JSON.readTree(send("GET", "/_local/operators/yas/statement?phone=" + phone.substring(3), "")
                        .body())
                .path("items");
    }

    JsonNode post(String path, String body) throws Exception {
        HttpResponse<String> answer = send("POST", path, body);
        assertEquals(200, answer.statusCode(), answer.body());
        return JSON.readTree(answer.body());
    }

    HttpResponse<String> send(String method, String path, String body) throws Exception {
        return CLIENT.send(request(method, path, body).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpRequest.Builder request(String method, String path, String body) {
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
