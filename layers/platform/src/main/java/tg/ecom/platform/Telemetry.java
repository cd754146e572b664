package tg.ecom.platform;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.cloudwatchlogs.emf.config.EnvironmentConfigurationProvider;
import software.amazon.cloudwatchlogs.emf.environment.Environments;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;
import tg.ecom.kernel.UserId;

/**
 * A line in the log and a few metrics for each invocation: operation, request id, who called, status, how long. What a
 * caller got wrong is no error of ours and is logged as information.
 */
final class Telemetry {
    private static final Logger LOG = LoggerFactory.getLogger("tg.ecom.function");
    private static final String NAMESPACE = "Ecom";

    static {
        // Metrics are lines on standard output wherever this runs. Left to itself, the library looks over the network
        // for
        // EC2's metadata and for an agent where it does not see Lambda's environment variables.
        EnvironmentConfigurationProvider.getConfig().setEnvironmentOverride(Environments.Lambda);
    }

    private final String operation;

    Telemetry(String operation) {
        this.operation = operation;
    }

    /**
     * Runs the work of one invocation.
     *
     * @param status the HTTP status of what the work gave, or 200 and 500 for work that has none
     */
    <T> T observed(Context context, Supplier<T> work, ToIntFunction<T> status) {
        return PowertoolsLogging.withLogging(context, () -> {
            long start = System.nanoTime();
            MDC.put("operation", operation);
            MDC.put("request_id", context.getAwsRequestId());
            try {
                T result = work.get();
                long taken = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                LOG.info("{} {} in {} ms", operation, status.applyAsInt(result), taken);
                count(status.applyAsInt(result), taken);
                return result;
            } finally {
                MDC.remove("operation");
                MDC.remove("request_id");
                MDC.remove("caller");
            }
        });
    }

    void caller(UserId user) {
        MDC.put("caller", user.toString());
    }

    /** Something of ours is wrong, or of what a message holds, which is not shown. */
    void fault(RuntimeException fault) {
        LOG.error("{} failed", operation, QuotedJson.withheld(fault));
    }

    private void count(int status, long takenMillis) {
        MetricsFactory.getMetricsInstance().flushMetrics(metrics -> {
            metrics.setNamespace(NAMESPACE);
            metrics.setDefaultDimensions(DimensionSet.of("Operation", operation));
            metrics.addMetric("Latency", (double) takenMillis, MetricUnit.MILLISECONDS);
            metrics.addMetric("Refusals", status >= 400 && status < 500 ? 1 : 0, MetricUnit.COUNT);
            metrics.addMetric("Faults", status >= 500 ? 1 : 0, MetricUnit.COUNT);
        });
    }
}
