package tg.ecom.local.lambda;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import tg.ecom.local.template.DynamicReferences;
import tg.ecom.local.template.DynamicReferences.SecretReference;
import tg.ecom.local.template.FunctionDefinition;
import tg.ecom.local.template.ResourceNames;

/** The environment variables of a function: its template's, resolved, and those that Lambda itself sets. */
public final class FunctionEnvironment {
    static final String LOG_STREAM = "local";

    private final Map<String, String> common;
    private final Function<SecretReference, String> secrets;
    private final BiFunction<FunctionDefinition, Map<String, String>, Map<String, String>> last;

    /**
     * Prepares environments.
     *
     * @param common what every function gets of this machine, such as {@code AWS_ENDPOINT_URL}
     * @param secrets the value of a secret that a template refers to, asked when a function starts
     */
    public FunctionEnvironment(Map<String, String> common, Function<SecretReference, String> secrets) {
        this(common, secrets, (function, environment) -> environment);
    }

    /** As the other, with somebody who has the last word on each function's environment. */
    public FunctionEnvironment(
            Map<String, String> common,
            Function<SecretReference, String> secrets,
            BiFunction<FunctionDefinition, Map<String, String>, Map<String, String>> last) {
        this.common = Map.copyOf(common);
        this.secrets = secrets;
        this.last = last;
    }

    /** The whole environment of a function. */
    public Map<String, String> of(FunctionDefinition function) {
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_REGION", ResourceNames.REGION);
        environment.put("AWS_DEFAULT_REGION", ResourceNames.REGION);
        environment.put("AWS_ACCESS_KEY_ID", "local");
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
        environment.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMb()));
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", Invocation.version(function));
        environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name());
        environment.put("AWS_LAMBDA_LOG_STREAM_NAME", LOG_STREAM);
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        environment.put("_HANDLER", function.handler());
        environment.put("TZ", ":UTC");
        environment.putAll(common);
        environment.putAll(DynamicReferences.resolve(function.environment(), secrets));
        return Map.copyOf(last.apply(function, environment));
    }
}
