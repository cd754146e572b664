package tg.ecom.local.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is sent back.
 *
 * @param status the HTTP status
 * @param headers names and values in order; a name may come again
 * @param body the whole body
 */
record HttpAnswer(int status, List<Map.Entry<String, String>> headers, byte[] body) {
    /** One of the gateway's own answers. */
    static HttpAnswer message(int status, String message) {
        String body = "{\"message\":\"" + message + "\"}";
        return of(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    static HttpAnswer of(int status, String contentType, byte[] body) {
        return new HttpAnswer(status, List.of(Map.entry("content-type", contentType)), body);
    }

    HttpAnswer with(List<Map.Entry<String, String>> more) {
        List<Map.Entry<String, String>> all = new ArrayList<>(headers);
        all.addAll(more);
        return new HttpAnswer(status, all, body);
    }
}
