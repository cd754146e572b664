package tg.ecom.local.lambda;

import java.time.Duration;
import java.util.UUID;
import tg.ecom.local.template.FunctionDefinition;

/**
 * One call of a function.
 *
 * @param function what is called
 * @param requestId the invocation's id
 * @param payload the event
 */
record Invocation(FunctionDefinition function, String requestId, byte[] payload) {
    static Invocation of(FunctionDefinition function, byte[] payload) {
        return new Invocation(function, UUID.randomUUID().toString(), payload);
    }

    Duration timeout() {
        return function.timeout();
    }

    /** The version that callers reach: the one behind the alias, otherwise the unpublished one. */
    static String version(FunctionDefinition function) {
        return function.alias().isPresent() ? "1" : "$LATEST";
    }

    /** The ARN that callers use, with the alias where there is one. */
    static String arn(FunctionDefinition function) {
        return function.alias().map(alias -> function.arn() + ":" + alias).orElse(function.arn());
    }
}
