package tg.ecom.local.lambda;

import tg.ecom.states.LambdaFault;
import tg.ecom.states.LambdaFunctions;

/** The functions of the templates as state machines call them, and Lambda's refusals by the names that they match. */
public final class StateFunctions implements LambdaFunctions {
    private final LambdaService lambda;

    /** Calls functions there. */
    public StateFunctions(LambdaService lambda) {
        this.lambda = lambda;
    }

    @Override
    public Answer invoke(String function, byte[] payload) throws LambdaFault {
        try {
            String version = Invocation.version(lambda.function(function));
            Invoker.Result result = lambda.invoke(function, payload);
            return new Answer(result.payload(), result.functionError(), version);
        } catch (UnknownFunctionException unknown) {
            throw new LambdaFault("Lambda.ResourceNotFoundException", unknown.getMessage());
        } catch (TooManyRequestsException throttled) {
            throw new LambdaFault("Lambda.TooManyRequestsException", throttled.getMessage());
        } catch (RequestTooLargeException tooLarge) {
            throw new LambdaFault("Lambda.RequestTooLargeException", tooLarge.getMessage());
        }
    }
}
