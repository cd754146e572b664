package tg.ecom.local.lambda.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Fails at the first two events; asked {@code "tries"} it answers how many events there were. */
public final class Flaky implements RequestStreamHandler {
    private static final AtomicInteger TRIES = new AtomicInteger();

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        if (event.equals("\"tries\"")) {
            output.write(TRIES.toString().getBytes(StandardCharsets.UTF_8));
        } else if (TRIES.incrementAndGet() < 3) {
            throw new IllegalStateException("not yet");
        }
    }
}
