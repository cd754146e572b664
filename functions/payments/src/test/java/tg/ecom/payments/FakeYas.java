package tg.ecom.payments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import tg.ecom.platform.Json;
import tg.ecom.testing.EdgeServer;

/** YAS's middleware over HTTP, with debits that a test decides. */
final class FakeYas implements AutoCloseable {
    private final EdgeServer server;
    private final Map<String, ObjectNode> debits = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> mishaps = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile String token = "token-0";

    FakeYas() {
        server = new EdgeServer(this::serve);
    }

    String url() {
        return server.url();
    }

    /** What happens to the next request after a log-in: {@code cut}, {@code hang}, or a status and a body. */
    void mishap(String what) {
        mishaps.add(what);
    }

    /** Tokens given so far are dead. */
    void forgetTokens() {
        token = "token-" + logins.incrementAndGet();
    }

    int logins() {
        return logins.get();
    }

    /** How often somebody queried. */
    int queries() {
        return asked.get();
    }

    int debits() {
        return debits.size();
    }

    /** A debit as it was asked for, with what has become of it. */
    Optional<ObjectNode> debit(Reference reference) {
        return Optional.ofNullable(debits.get(reference.text()));
    }

    /** The payer decides. */
    void decide(Reference reference, int code, String state) {
        debits.computeIfPresent(
                reference.text(),
                (id, debit) ->
                        debit.put("code", code).put("statutRequete", state).put("refTmoney", "T" + id));
    }

    void pay(Reference reference) {
        decide(reference, 2002, "SUCCES");
    }

    void refuse(Reference reference) {
        decide(reference, 2003, "ECHEC");
    }

    @Override
    public void close() {
        closing.countDown();
        server.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        JsonNode body = Json.mapper().readTree(exchange.getRequestBody());
        if (path.equals("/login")) {
            logins.incrementAndGet();
            answer(exchange, 200, "{\"data\":{\"token\":\"" + token + "\"}}");
        } else if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{\"code\":4001}");
        } else if (!hadMishap(exchange)) {
            answer(exchange, path, body);
        }
    }

    private void answer(HttpExchange exchange, String path, JsonNode body) throws IOException {
        if (path.endsWith("/debit")) {
            ObjectNode debit = debits.computeIfAbsent(
                    body.path("idRequete").asText(),
                    id -> body.<ObjectNode>deepCopy().put("code", 2000).put("statutRequete", "EN_COURS"));
            answer(exchange, 200, debit.toString());
            return;
        }
        asked.incrementAndGet();
        ObjectNode found = debits.get(exchange.getRequestURI().getQuery().replace("idRequete=", ""));
        answer(
                exchange,
                found == null ? 404 : 200,
                found == null
                        ? JsonNodeFactory.instance
                                .objectNode()
                                .put("code", 4004)
                                .toString()
                        : found.toString());
    }

    private boolean hadMishap(HttpExchange exchange) throws IOException {
        String mishap = mishaps.poll();
        if (mishap == null) {
            return false;
        } else if (mishap.equals("hang")) {
            awaitClosing();
        } else if (!mishap.equals("cut")) {
            int space = mishap.indexOf(' ');
            answer(exchange, Integer.parseInt(mishap.substring(0, space)), mishap.substring(space + 1));
        }
        return true;
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        EdgeServer.answer(exchange, "application/json", status, body);
    }
}
