package tg.ecom.local;

import java.time.Duration;
import java.util.Map;
import tg.ecom.local.aws.AwsRequest;
import tg.ecom.local.aws.AwsResponse;
import tg.ecom.local.template.FunctionDefinition;

/** Counts what is used of a one-machine cloud. It is called on the threads that use it, several at a time. */
public interface Meter {
    /** Counts nothing. */
    Meter NONE = new Meter() {};

    /** The settings that a function starts with; a meter may lead what they say past itself. */
    default Map<String, String> settings(FunctionDefinition function, Map<String, String> settings) {
        return settings;
    }

    /** A function was invoked, by whomever, and has ended. */
    default void invoked(FunctionDefinition function, Duration took) {}

    /**
     * A service of AWS was called, by a function or by another service.
     *
     * @param service its signing name, such as {@code sqs}
     */
    default void called(String service, AwsRequest request, AwsResponse response) {}
}
