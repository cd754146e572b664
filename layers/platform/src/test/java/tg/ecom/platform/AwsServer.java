package tg.ecom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A server of the test that speaks AWS's JSON protocol, at the outer edge: what it answers is the test's to say. */
final class AwsServer implements AutoCloseable {
    private final HttpServer server;
    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private volatile Answering answering;

    interface Answering {
        /** What an action answers. A field {@code __type} makes it an error of that name. */
        ObjectNode answer(String action, JsonNode request);
    }

    AwsServer(Answering answering) throws IOException {
        this.answering = answering;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    void answering(Answering changed) {
        answering = changed;
    }

    /** The actions asked for, in order. */
    List<String> received() {
        return List.copyOf(received);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** An environment in which every service is here. */
    Map<String, String> environment() {
        return Map.of("AWS_ENDPOINT_URL", url());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String action = target.substring(target.indexOf('.') + 1);
            received.add(action);
            ObjectNode answer = answering.answer(action, Json.mapper().readTree(exchange.getRequestBody()));
            byte[] body = answer.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(answer.has("__type") ? 400 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
