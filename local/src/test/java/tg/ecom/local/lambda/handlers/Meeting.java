package tg.ecom.local.lambda.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

/** Answers once two invocations are there at the same time, with the identity of its instance. */
public final class Meeting implements RequestStreamHandler {
    private static final CyclicBarrier BOTH = new CyclicBarrier(2);

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        try {
            BOTH.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IOException(e);
        }
        output.write(Integer.toString(System.identityHashCode(this)).getBytes(StandardCharsets.UTF_8));
    }
}
