package tg.ecom.local.lambda.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;

/** Can't be constructed. */
public final class Unmakeable implements RequestStreamHandler {
    public Unmakeable() {
        throw new IllegalArgumentException("ECOM_STAGE is missing");
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) {}
}
