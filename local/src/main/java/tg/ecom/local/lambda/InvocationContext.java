package tg.ecom.local.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** What a handler is told of its invocation. Remaining time is real time, whatever the functions' clock says. */
final class InvocationContext implements Context {
    private final Invocation invocation;
    private final long deadlineNanos;

    /** The deadline by {@link System#nanoTime}. */
    InvocationContext(Invocation invocation, long deadlineNanos) {
        this.invocation = invocation;
        this.deadlineNanos = deadlineNanos;
    }

    @Override
    public String getAwsRequestId() {
        return invocation.requestId();
    }

    @Override
    public String getLogGroupName() {
        return "/aws/lambda/" + getFunctionName();
    }

    @Override
    public String getLogStreamName() {
        return FunctionEnvironment.LOG_STREAM;
    }

    @Override
    public String getFunctionName() {
        return invocation.function().name();
    }

    @Override
    public String getFunctionVersion() {
        return Invocation.version(invocation.function());
    }

    @Override
    public String getInvokedFunctionArn() {
        return Invocation.arn(invocation.function());
    }

    @Override
    public CognitoIdentity getIdentity() {
        return null;
    }

    @Override
    public ClientContext getClientContext() {
        return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
        long remaining = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        return (int) Math.max(0, remaining);
    }

    @Override
    public int getMemoryLimitInMB() {
        return invocation.function().memoryMb();
    }

    @Override
    public LambdaLogger getLogger() {
        return new StandardOutput();
    }

    private static final class StandardOutput implements LambdaLogger {
        @Override
        public void log(String message) {
            System.out.println(message.stripTrailing());
        }

        @Override
        public void log(byte[] message) {
            log(new String(message, StandardCharsets.UTF_8));
        }
    }
}
