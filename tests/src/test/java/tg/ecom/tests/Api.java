package tg.ecom.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tg.ecom.platform.Json;

/** The API as an app calls it. Every answer is held against openapi.yaml. */
final class Api {
    private static final String JSON = "application/json";
    private static final ContractCheck CONTRACT = new ContractCheck();
    private static final Http HTTP = new Http();

    private final Cloud cloud;
    private final Secrets secrets;
    private final Map<String, String> headers;

    private Api(Cloud cloud, Secrets secrets, Map<String, String> headers) {
        this.cloud = cloud;
        this.secrets = secrets;
        this.headers = Map.copyOf(headers);
    }

    static Api of(Cloud cloud, Secrets secrets) {
        return new Api(cloud, secrets, Map.of());
    }

    /** With an access token. */
    Api signedIn(String accessToken) {
        return with("authorization", "Bearer " + accessToken);
    }

    /** With that Accept-Language. */
    Api speaking(String language) {
        return with("accept-language", language);
    }

    /** With that Idempotency-Key. */
    Api withKey(String key) {
        return with("idempotency-key", key);
    }

    /** With one header more, or another value of it. */
    Api with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Api(cloud, secrets, more);
    }

    /** GET, with names and values of query parameters in turn. */
    Answer get(String path, Object... query) {
        return send("GET", path + queryString(query), Map.of(), new byte[0]);
    }

    /** POST of a JSON object made of names and values in turn. */
    Answer post(String path, Object... fields) {
        return postText(path, object(fields).toString());
    }

    /** POST of what is called JSON and may be none. */
    Answer postText(String path, String text) {
        return postAs(path, JSON, text.getBytes(StandardCharsets.UTF_8));
    }

    /** POST of any body. */
    Answer postAs(String path, String contentType, byte[] body) {
        return send("POST", path, Map.of("content-type", contentType), body);
    }

    /** POST without a body. */
    Answer postNothing(String path) {
        return send("POST", path, Map.of(), new byte[0]);
    }

    /** PUT without a body. */
    Answer put(String path) {
        return send("PUT", path, Map.of(), new byte[0]);
    }

    /** PUT of a JSON object. */
    Answer put(String path, ObjectNode body) {
        return send("PUT", path, Map.of("content-type", JSON), body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** PATCH of a JSON object made of names and values in turn. */
    Answer patch(String path, Object... fields) {
        return send(
                "PATCH",
                path,
                Map.of("content-type", JSON),
                object(fields).toString().getBytes(StandardCharsets.UTF_8));
    }

    private Answer send(String method, String path, Map<String, String> ofBody, byte[] body) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        ofBody.forEach(all::putIfAbsent);
        Http.Response response = HTTP.send(URI.create(cloud.address() + path), method, all, body);
        CONTRACT.check(method, path, response);
        Answer answer = Answer.of(method + " " + path.split("\\?", -1)[0], response);
        keepSecrets(answer.body());
        return answer;
    }

    private void keepSecrets(JsonNode body) {
        for (String name : new String[] {"access_token", "refresh_token", "verification_token"}) {
            body.findValues(name).forEach(value -> secrets.add(value.asText()));
        }
    }

    /** A JSON object of names and values in turn. */
    static ObjectNode object(Object... fields) {
        ObjectNode object = Json.mapper().createObjectNode();
        for (int index = 0; index < fields.length; index += 2) {
            object.set((String) fields[index], Json.mapper().valueToTree(fields[index + 1]));
        }
        return object;
    }

    private static String queryString(Object... query) {
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < query.length; index += 2) {
            text.append(index == 0 ? '?' : '&')
                    .append(query[index])
                    .append('=')
                    .append(URLEncoder.encode(query[index + 1].toString(), StandardCharsets.UTF_8));
        }
        return text.toString();
    }
}
