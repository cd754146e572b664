package tg.ecom.local.tools;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import tg.ecom.local.gateway.ToolAnswer;
import tg.ecom.local.gateway.ToolEndpoint;
import tg.ecom.local.gateway.ToolRequest;

/** {@code /_local/clock}: what time it is for functions and sagas, and moves it forward. */
final class ClockTool implements ToolEndpoint {
    private static final long ADVANCE_MAX_S = Duration.ofDays(400).toSeconds();

    private final JsonAnswers json = new JsonAnswers();
    private final InstantSource clock;
    private final MovableTime time;

    ClockTool(InstantSource clock, MovableTime time) {
        this.clock = clock;
        this.time = time;
    }

    @Override
    public ToolAnswer handle(ToolRequest request) {
        return request.method().equals("GET")
                ? json.tool("GET", each -> told(clock.instant())).handle(request)
                : json.tool("POST", this::advance).handle(request);
    }

    private JsonNode advance(ToolRequest request) throws IOException {
        long seconds = JsonAnswers.integer(json.body(request), "advance_s");
        if (seconds < 0 || seconds > ADVANCE_MAX_S) {
            throw new JsonAnswers.Refusal("\"advance_s\" must be 0 to " + ADVANCE_MAX_S + ": time does not go back.");
        }
        return told(time.advance(Duration.ofSeconds(seconds)));
    }

    private JsonNode told(Instant now) {
        return json.object().put("now", now.toString());
    }
}
