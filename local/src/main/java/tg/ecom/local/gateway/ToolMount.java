package tg.ecom.local.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /_local/**}: the tools by name; of two that begin a path the longer name is meant. */
final class ToolMount {
    static final String PREFIX = "/_local/";

    private static final Logger LOG = LoggerFactory.getLogger(ToolMount.class);

    private final Map<String, ToolEndpoint> tools;

    ToolMount(Map<String, ToolEndpoint> tools) {
        this.tools = Map.copyOf(tools);
    }

    HttpAnswer answer(HttpRequest request) {
        String path = request.path().substring(PREFIX.length());
        String name = path;
        while (!name.isEmpty() && !tools.containsKey(name)) {
            int slash = name.lastIndexOf('/');
            name = slash < 0 ? "" : name.substring(0, slash);
        }
        ToolEndpoint tool = tools.get(name);
        if (tool == null) {
            return HttpAnswer.message(404, "Not Found");
        }
        String rest = Routes.decoded(path.substring(name.length()));
        ToolRequest toolRequest = new ToolRequest(request.method(), rest, query(request.query()), request.body());
        try {
            ToolAnswer answer = tool.handle(toolRequest);
            return HttpAnswer.of(answer.status(), answer.contentType(), answer.body());
        } catch (RuntimeException e) {
            LOG.error("/_local/{} failed", name, e);
            return HttpAnswer.message(500, "Internal Server Error");
        }
    }

    /** The parameters of a query string, decoded; of repeated ones the first. */
    static Map<String, String> query(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            String[] halves = pair.split("=", 2);
            if (!halves[0].isEmpty()) {
                parameters.putIfAbsent(decoded(halves[0]), halves.length == 2 ? decoded(halves[1]) : "");
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
