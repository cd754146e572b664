package tg.ecom.local.lambda.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers how many invocations this class and this instance have had: {@code [3,1]}. */
public final class Counter implements RequestStreamHandler {
    private static final AtomicInteger TOTAL = new AtomicInteger();

    private int own;

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        own++;
        output.write(("[" + TOTAL.incrementAndGet() + "," + own + "]").getBytes(StandardCharsets.UTF_8));
    }
}
