package tg.ecom.local.lambda.handlers;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tg.ecom.platform.FunctionRuntime;

/** Answers what it sees: settings, clock, context, and whether a class of local's own is in sight. */
public final class Surroundings implements RequestStreamHandler {
    private final FunctionRuntime runtime = FunctionRuntime.current();

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String answer = "{\"setting\":\"" + runtime.environment().get("ECOM_STAGE")
                + "\",\"name\":\"" + runtime.environment().get("AWS_LAMBDA_FUNCTION_NAME")
                + "\",\"time\":\"" + runtime.clock().instant()
                + "\",\"arn\":\"" + context.getInvokedFunctionArn()
                + "\",\"memory\":" + context.getMemoryLimitInMB()
                + ",\"has_time\":" + (context.getRemainingTimeInMillis() > 0)
                + ",\"sees_local\":" + sees("com.fasterxml.jackson.databind.ObjectMapper")
                + ",\"process\":" + ProcessHandle.current().pid() + "}";
        output.write(answer.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean sees(String className) {
        try {
            Class.forName(className);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
