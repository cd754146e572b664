package tg.ecom.local.lambda.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import tg.ecom.platform.FunctionRuntime;

/** Passes a failpoint, also after it was killed, and answers how many events this instance has had. */
public final class Mortal implements RequestStreamHandler, AutoCloseable {
    private final Consumer<String> failpoint = FunctionRuntime.current().failpoint();
    private int count;

    /** Opens what a killed instance drops. */
    public Mortal() {
        System.setProperty("mortal.connection", "open");
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        count++;
        try {
            failpoint.accept("commit.after");
        } finally {
            output.write(Integer.toString(count).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        System.setProperty("mortal.connection", "closed");
    }
}
